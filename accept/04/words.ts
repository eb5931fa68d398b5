/** What stands on the pages, as somebody reads it there. */
export interface Words {
  readonly language: string;
  readonly home: string;
  readonly find: string;
  readonly findWhat: string;
  readonly findDo: string;
  readonly open: string;
  readonly reveal: string;
  readonly revealWhy: string;
  readonly revealDo: string;
  readonly phone: string;
  readonly cases: string;
  readonly casesPage: string;
  readonly answerText: string;
  readonly send: string;
  readonly log: string;
  readonly whichOrder: string;
  readonly next: string;
  readonly kind: string;
  readonly complaint: string;
  readonly subject: string;
  readonly text: string;
  readonly assignee: string;
  readonly looked: string;
  readonly purpose: string;
}

export const WORDS: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    language: 'English',
    home: 'Home',
    find: 'Find a customer',
    findWhat: 'Order, case, e-mail or phone',
    findDo: 'Find',
    open: 'Open',
    reveal: 'Reveal…',
    revealWhy: 'Why are these needed?',
    revealDo: 'Reveal',
    phone: 'Phone',
    cases: 'Cases',
    casesPage: 'Cases',
    answerText: 'Your answer to the customer',
    send: 'Send the answer',
    log: 'Log a case',
    whichOrder: 'Order number',
    next: 'Continue',
    kind: 'Kind',
    complaint: 'Complaint',
    subject: 'In a few words',
    text: 'What did the customer say?',
    assignee: 'Assigned to',
    looked: 'Who looked',
    purpose: 'Customer service',
  },
  zh: {
    language: '简体中文',
    home: '首页',
    find: '查找客户',
    findWhat: '订单号、工单号、邮箱或电话',
    findDo: '查找',
    open: '打开',
    reveal: '显示…',
    revealWhy: '为什么需要？',
    revealDo: '显示',
    phone: '电话',
    cases: '工单',
    casesPage: '工单',
    answerText: '给客户的回复',
    send: '发送回复',
    log: '记录工单',
    whichOrder: '订单号',
    next: '继续',
    kind: '类别',
    complaint: '投诉',
    subject: '简要说明',
    text: '客户说了什么？',
    assignee: '处理人',
    looked: '谁看过',
    purpose: '客户服务',
  },
};
