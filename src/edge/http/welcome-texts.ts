/**
 * The words of the first page. `{order}` and its like are filled in; `backticks` become code.
 */
export type WelcomeLanguage = 'en' | 'zh-CN';

export interface WelcomeTexts {
  readonly title: string;
  readonly motto: string;
  readonly lead: string;
  readonly languages: string;
  readonly skip: string;
  readonly engine: { readonly pglite: string; readonly postgres: string };
  readonly trial: string;
  readonly demo: string;
  readonly tryIt: string;
  readonly copyHint: string;
  readonly before: string;
  readonly command: string;
  readonly orCommandLine: string;
  readonly beneath: string;
  readonly answer: string;
  readonly wholeAnswer: string;
  readonly notRun: string;
  readonly keyOf: { readonly support: string; readonly officer: string; readonly nobody: string };
  readonly steps: Readonly<Record<'find' | 'open' | 'erase' | 'verify', WelcomeStepTexts>>;
  readonly columns: {
    readonly field: string;
    readonly state: string;
    readonly value: string;
    readonly because: string;
  };
  readonly states: Readonly<Record<'revealed' | 'masked' | 'withheld', string>>;
  readonly connect: string;
  readonly connectWhy: string;
  readonly connectAfter: string;
  readonly begin: string;
  readonly beginWhy: string;
  readonly beginSteps: readonly [key: string, send: string, find: string];
  readonly next: string;
  readonly links: {
    readonly shop: string;
    readonly console: string;
    readonly docs: string;
    readonly openapi: string;
    readonly checkpoint: string;
  };
}

export interface WelcomeStepTexts {
  readonly title: string;
  readonly why: string;
}

export const ENGLISH: WelcomeTexts = {
  title: 'Bailee: what to try',
  motto: 'The customer data platform that asks first',
  lead: 'Bailee keeps what customers entrust to a shop sealed, opens it only for a purpose that the law and the customer allow, and records every opening where outsiders can check it.',
  languages: 'Language',
  skip: 'Skip to what to try',
  engine: { pglite: 'trial database', postgres: 'PostgreSQL' },
  trial:
    'This is a trial: the built-in database does not wait for the disk. For real data, set `DATABASE_URL` to a PostgreSQL.',
  demo: 'You are looking at the demo shop “{store}”. All its people are invented. Its keys stand on this page, so it answers on this machine alone.',
  tryIt: 'Four things to try',
  copyHint:
    'Click a command to select it, copy it, and run it in a terminal. Below it is what it answered here.',
  before: 'First support writes the request down: nobody erases alone',
  command: 'Command',
  orCommandLine: 'Or, inside the clone',
  beneath: 'The signed checkpoint that it checks, for any other tool',
  answer: 'Answer',
  wholeAnswer: 'The whole answer',
  notRun: 'Not run yet, because it is final. Run it, then try the first two again: they find nothing.',
  keyOf: {
    support: 'with the support key',
    officer: 'with the privacy officer’s key',
    nobody: 'needs no key',
  },
  steps: {
    find: {
      title: 'Find',
      why: 'A customer writes about order {order}. Support looks them up and names ticket {ticket} as the reason. The answer is masked: {name}.',
    },
    open: {
      title: 'Open',
      why: 'Customer service needs a little more. Each field comes back revealed, masked or withheld, with the rule that made it so. The opening is in the ledger before the answer leaves.',
    },
    erase: {
      title: 'Erase',
      why: 'The customer asks to be forgotten. Their keys are destroyed, and what the keys sealed is gone with them. What the law still asks for stays for that duty alone. The answer is a signed receipt.',
    },
    verify: {
      title: 'Verify',
      why: 'Has anyone rewritten the record? Check the whole ledger, with code that shares nothing with the code that wrote it.',
    },
  },
  columns: { field: 'Field', state: 'State', value: 'Shown', because: 'Because' },
  states: { revealed: 'revealed', masked: 'masked', withheld: 'withheld' },
  connect: 'Connect your shop',
  connectWhy: 'Keep the client you have. Point `host` at this address and use the server write key.',
  connectAfter:
    'What orders and customer service need is kept. The rest is stored only where `context.consent`, or a choice made later, allows it.',
  begin: 'This store is yours',
  beginWhy:
    '`bailee init` printed its keys once. They are kept as hashes only, so no page can show them again.',
  beginSteps: [
    'Put the server write key into `BAILEE_WRITE_KEY`, where your shop’s backend runs.',
    'Send a first customer and a first order in the language of your shop’s backend; this is Node.js.',
    'Put the support key into `BAILEE_API_KEY` and find the customer. The answer is masked, and the ledger holds one more entry.',
  ],
  next: 'Where to go next',
  links: {
    shop: 'Visit the demo shop: banner, basket, checkout',
    console: 'Open the console as one of the shop’s people',
    docs: 'Guides',
    openapi: 'The HTTP API, as OpenAPI',
    checkpoint: 'The ledger’s signed checkpoint',
  },
};

export const CHINESE: WelcomeTexts = {
  title: 'Bailee：从这里开始',
  motto: '先征得同意的客户数据平台',
  lead: 'Bailee 把顾客托付给商店的数据加密封存，只在法律和顾客允许的目的下打开，并把每一次打开都记入外人可以核查的账本。',
  languages: '语言',
  skip: '跳到试用步骤',
  engine: { pglite: '试用数据库', postgres: 'PostgreSQL' },
  trial: '这是试用：内置数据库不会等待数据写入磁盘。存放真实数据时，请把 `DATABASE_URL` 设为 PostgreSQL。',
  demo: '这是演示商店“{store}”，其中的人都是虚构的。页面上列出了它的密钥，所以它只在本机上应答。',
  tryIt: '试一试这四步',
  copyHint: '点击命令即可全选，复制后在终端里运行。命令下方是它在这里得到的回答。',
  before: '先由客服登记请求：任何人都不能独自删除',
  command: '命令',
  orCommandLine: '或者，在代码目录里',
  beneath: '它所核查的签名检查点，也可交给其他工具核查',
  answer: '回答',
  wholeAnswer: '完整回答',
  notRun: '还没有运行，因为它无法撤销。运行之后，再试前两步：什么也找不到了。',
  keyOf: { support: '使用客服密钥', officer: '使用隐私官密钥', nobody: '不需要密钥' },
  steps: {
    find: {
      title: '查找',
      why: '一位顾客来信询问订单 {order}。客服以工单 {ticket} 为理由查找这位顾客。得到的是遮盖后的结果：{name}。',
    },
    open: {
      title: '打开',
      why: '客服需要多看一点。每个字段或显示、或遮盖、或不提供，并附上所依据的规则。回答发出之前，这次打开已经记入账本。',
    },
    erase: {
      title: '删除',
      why: '顾客要求被遗忘。密钥被销毁，用它封存的内容也随之消失。法律仍要求保留的部分，只用于履行该义务。回答是一份签名回执。',
    },
    verify: {
      title: '核查',
      why: '有人改写过记录吗？用与写入程序毫无共用的代码核查整个账本。',
    },
  },
  columns: { field: '字段', state: '状态', value: '所见', because: '依据' },
  states: { revealed: '显示', masked: '遮盖', withheld: '不提供' },
  connect: '接入您的商店',
  connectWhy: '继续使用现有的客户端。把 `host` 指向本地址，并使用服务器写入密钥。',
  connectAfter:
    '订单和客服所需的数据会保留。其余数据只有在 `context.consent` 或顾客之后的选择允许时才会存储。',
  begin: '这是您自己的商店',
  beginWhy: '`bailee init` 已经打印过一次密钥。这里只保存密钥的哈希值，任何页面都无法再次显示。',
  beginSteps: [
    '在商店后端所在的环境里，把服务器写入密钥放进 `BAILEE_WRITE_KEY`。',
    '用您后端的语言发送第一位顾客和第一笔订单，下面以 Node.js 为例。',
    '把客服密钥放进 `BAILEE_API_KEY`，再查找这位顾客。结果是遮盖的，账本里会多一条记录。',
  ],
  next: '接下来',
  links: {
    shop: '逛逛演示商店：隐私提示、购物篮、结算',
    console: '以商店员工的身份打开控制台',
    docs: '使用指南',
    openapi: 'HTTP 接口（OpenAPI）',
    checkpoint: '账本的签名检查点',
  },
};
