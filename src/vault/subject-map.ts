/**
 * The subject map: where each record about a customer lives, what it is in plain words, how an access package shows it,
 * and what an erasure does with it. Erasing, sweeping and erasing again after a restore are made from it; the access
 * package and the dumps are checked against it. A table that names a customer and is not here fails a test.
 */
import type { RetentionClass } from '../../contract/names.ts';

/** Sections of an access package. */
export const SECTIONS = [
  'about',
  'values',
  'identifiers',
  'orders',
  'cases',
  'events',
  'choices',
  'tags',
  'openings',
  'requests',
  'quarantined',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What an erasure does with the rows of a customer. Keys of the erased classes are destroyed before anything of this. */
export type WhenErased =
  /** Unreadable at once, since its key is gone; rows deleted by the sweep. `row` names a row, `classed`: rows carry their class. */
  | { readonly does: 'sweep'; readonly row: string; readonly classed: boolean }
  /** Deleted at once, since it needs no key to be read; `row` as above, for what comes in between. */
  | { readonly does: 'delete'; readonly row: string }
  /** The row is about what somebody of the shop did, and stays; that it was this customer goes. */
  | { readonly does: 'forget'; readonly also: readonly string[] }
  /** Has steps of its own in `erase.ts`. */
  | { readonly does: 'own'; readonly step: string }
  | { readonly does: 'keep'; readonly because: string };

export interface SubjectRecord {
  /** Where it is not `bailee`. */
  readonly schema?: 'keys';
  readonly table: string;
  /** Columns that name the customer: by id, by several ids, or by a keyed token of an identifier. */
  readonly names: readonly string[];
  /** In plain words. */
  readonly holds: { readonly en: string; readonly zh: string };
  /** Whose key seals it; `row`: a key of its own; null: nothing of it is sealed. `by-row`: as the row or the field says. */
  readonly sealed: RetentionClass | 'row' | 'by-row' | null;
  /** Where the access package shows it, or why it does not. */
  readonly access: { readonly section: Section } | { readonly because: string };
  readonly erased: WhenErased;
  /** How it survives a restore: in the data, in the keys file (sealed under the epoch), built again, or not at all. */
  readonly backup: 'data' | 'keys-file' | 'rebuilt' | 'none';
}

const BY_ID = ['customer_id'] as const;
const SHOWN_ELSEWHERE = 'A keyed hash of an identifier that the package shows as it was given.';

export const SUBJECT_MAP: readonly SubjectRecord[] = [
  {
    table: 'customer',
    names: ['id'],
    holds: {
      en: 'that you are known, since when, and where you live',
      zh: '您在本店有记录、自何时起、居住地区',
    },
    sealed: null,
    access: { section: 'about' },
    erased: { does: 'own', step: 'marked as erased, so that nothing is written to it again' },
    backup: 'data',
  },
  {
    table: 'customer_link',
    names: ['child', 'root'],
    holds: { en: 'which of your accounts and devices belong together', zh: '您的哪些账户和设备属于同一人' },
    sealed: null,
    access: { section: 'about' },
    erased: { does: 'own', step: 'closed' },
    backup: 'data',
  },
  {
    table: 'field_value',
    names: BY_ID,
    holds: { en: 'values of your profile', zh: '您的资料' },
    sealed: 'by-row',
    access: { section: 'values' },
    erased: { does: 'sweep', row: 'customer_id, field_id, source', classed: false },
    backup: 'data',
  },
  {
    table: 'event',
    names: BY_ID,
    holds: { en: 'what you did in the shop', zh: '您在商店中的活动' },
    sealed: 'by-row',
    access: { section: 'events' },
    erased: { does: 'sweep', row: 'customer_id, received_at, id', classed: true },
    backup: 'data',
  },
  {
    table: 'cases',
    names: BY_ID,
    holds: { en: 'your questions and complaints', zh: '您的咨询与投诉' },
    sealed: 'service',
    access: { section: 'cases' },
    erased: { does: 'delete', row: 'customer_id, id' },
    backup: 'data',
  },
  {
    table: 'case_message',
    names: BY_ID,
    holds: { en: 'what was written in them', zh: '其中的往来文字' },
    sealed: 'service',
    access: { section: 'cases' },
    erased: { does: 'sweep', row: 'customer_id, case_id, id', classed: false },
    backup: 'data',
  },
  {
    table: 'case_attachment',
    names: BY_ID,
    holds: { en: 'files that came with them', zh: '随附的文件' },
    sealed: 'service',
    access: { section: 'cases' },
    erased: { does: 'sweep', row: 'customer_id, case_id, id', classed: false },
    backup: 'data',
  },
  {
    table: 'case_mail',
    names: BY_ID,
    holds: { en: 'that an answer waits to be sent', zh: '有待发送的回复' },
    sealed: null,
    access: { because: 'Ids and times of an answer that the package shows in its case.' },
    erased: { does: 'sweep', row: 'customer_id, message_id', classed: false },
    backup: 'data',
  },
  {
    table: 'retention_warning',
    names: BY_ID,
    holds: { en: 'that you must be told before your data goes', zh: '删除您的数据前须先通知您' },
    sealed: null,
    access: { because: 'A day by which the shop must tell you; it holds nothing about you.' },
    erased: { does: 'sweep', row: 'customer_id', classed: false },
    backup: 'data',
  },
  {
    table: 'choice',
    names: BY_ID,
    holds: { en: 'what you agreed to and refused', zh: '您同意和拒绝的事项' },
    sealed: null,
    access: { section: 'choices' },
    erased: { does: 'sweep', row: 'customer_id, id', classed: false },
    backup: 'data',
  },
  {
    table: 'opening',
    names: BY_ID,
    holds: { en: 'who looked at your data, when and for what', zh: '何人何时因何查看过您的数据' },
    sealed: 'by-row',
    access: { section: 'openings' },
    erased: { does: 'sweep', row: 'customer_id, id', classed: true },
    backup: 'data',
  },
  {
    table: 'approval',
    names: BY_ID,
    holds: { en: 'that somebody asked to see your most delicate data', zh: '有人申请查看您最敏感的数据' },
    sealed: 'service',
    access: {
      because: 'Each step of it is an entry among those who looked. The reason is in the words of staff.',
    },
    erased: { does: 'sweep', row: 'customer_id, id', classed: false },
    backup: 'data',
  },
  {
    table: 'caller_check',
    names: BY_ID,
    holds: { en: 'questions that you were asked on the phone', zh: '电话中向您核对的问题' },
    sealed: 'service',
    access: {
      because: 'Each check is an entry among those who looked; right answers lie there only while awaited.',
    },
    erased: { does: 'sweep', row: 'customer_id, id', classed: false },
    backup: 'data',
  },
  {
    table: 'customer_tag',
    names: BY_ID,
    holds: { en: 'tags that the shop gave you', zh: '商店给您的标签' },
    sealed: null,
    access: { section: 'tags' },
    erased: { does: 'delete', row: 'customer_id, tag_id' },
    backup: 'data',
  },
  {
    table: 'orders',
    names: BY_ID,
    holds: { en: 'your orders and who pays them', zh: '您的订单和付款方' },
    sealed: 'commerce',
    access: { section: 'orders' },
    erased: { does: 'keep', because: 'Tax and commercial law asks for orders and invoices, for years.' },
    backup: 'data',
  },
  {
    table: 'order_line',
    names: BY_ID,
    holds: { en: 'what you bought', zh: '您购买的商品' },
    sealed: 'commerce',
    access: { section: 'orders' },
    erased: { does: 'keep', because: 'Tax and commercial law asks for orders and invoices, for years.' },
    backup: 'data',
  },
  {
    table: 'customer_identifier',
    names: BY_ID,
    holds: {
      en: 'what you are found by: account, address, number, device',
      zh: '用于识别您的账户、地址、号码和设备',
    },
    sealed: 'by-row',
    access: { section: 'identifiers' },
    erased: { does: 'own', step: 'deleted by the sweep, but for numbers of orders that are kept' },
    backup: 'data',
  },
  {
    table: 'identifier',
    names: ['customer_id', 'token'],
    holds: { en: 'keyed hashes to find you by', zh: '用于查找您的密钥哈希' },
    sealed: null,
    access: { because: SHOWN_ELSEWHERE },
    erased: { does: 'own', step: 'deleted at once, but for numbers of orders; a tombstone stays' },
    backup: 'rebuilt',
  },
  {
    table: 'tombstone',
    names: ['token'],
    holds: { en: 'keyed hashes that keep erased data from coming back', zh: '防止已删除数据恢复的密钥哈希' },
    sealed: null,
    access: { because: 'Only of customers who were erased: nobody is left to be found by them.' },
    erased: { does: 'keep', because: 'It keeps what was erased from coming back, and expires by itself.' },
    backup: 'keys-file',
  },
  {
    table: 'quarantine',
    names: ['tokens'],
    holds: {
      en: 'messages of the shop about you that could not be understood',
      zh: '商店发来的、未能识别的有关您的消息',
    },
    sealed: 'row',
    access: { section: 'quarantined' },
    erased: { does: 'own', step: 'deleted at once, with the keys of the rows' },
    backup: 'data',
  },
  {
    table: 'request',
    names: BY_ID,
    holds: { en: 'what you asked of us about your data, and by when', zh: '您就个人信息提出的请求及期限' },
    sealed: null,
    access: { section: 'requests' },
    erased: { does: 'keep', because: 'It shows that the shop answered, with kinds, days and ids alone.' },
    backup: 'data',
  },
  {
    table: 'request_step',
    names: BY_ID,
    holds: { en: 'what was done about it, in order', zh: '处理该请求的各个步骤' },
    sealed: null,
    access: { because: 'Names of steps and reasons, and days; where the request stands is shown.' },
    erased: { does: 'keep', because: 'It shows that the shop answered, with kinds, days and ids alone.' },
    backup: 'data',
  },
  {
    table: 'center_session',
    names: BY_ID,
    holds: { en: 'that you are signed in to the privacy center', zh: '您已登录隐私中心' },
    sealed: null,
    access: { because: 'A sign-in that ends within hours; each is an entry in the ledger.' },
    erased: { does: 'delete', row: 'id' },
    backup: 'none',
  },
  {
    table: 'center_code',
    names: ['address'],
    holds: { en: 'a code that was asked for with an address', zh: '用某个地址申请的验证码' },
    sealed: null,
    access: { because: 'It is over after ten minutes, and there is one whether anybody is known or not.' },
    erased: { does: 'keep', because: 'It is over after ten minutes, and lets nobody in who is not known.' },
    backup: 'none',
  },
  {
    table: 'recipient_delivery',
    names: ['sealed'],
    holds: {
      en: 'what those who got your data must still be told',
      zh: '尚须通知已获得您数据的各方的内容',
    },
    sealed: 'row',
    access: { because: 'A copy of an identifier that the package shows, until its recipient was told.' },
    erased: {
      does: 'keep',
      because:
        'Recipients must hear of the erasure. What names you goes once they did, in five days at most.',
    },
    backup: 'data',
  },
  {
    table: 'break_glass',
    names: BY_ID,
    holds: { en: 'that somebody looked in an emergency', zh: '有人在紧急情况下查看' },
    sealed: 'service',
    access: {
      because: 'Each step of it is an entry among those who looked. The reason is in the words of staff.',
    },
    erased: { does: 'forget', also: ['sealed'] },
    backup: 'data',
  },
  {
    table: 'alert',
    names: BY_ID,
    holds: { en: 'that a look at your data was reported', zh: '对您数据的某次查看被上报' },
    sealed: null,
    access: { because: 'What it reports is an entry among those who looked; the rest is about staff.' },
    erased: { does: 'forget', also: [] },
    backup: 'data',
  },
  {
    table: 'known_person',
    names: ['token'],
    holds: { en: 'keyed hashes by which staff said whom they know', zh: '员工声明其熟人所用的密钥哈希' },
    sealed: null,
    access: { because: 'It is about a person of the staff, and joins to no customer.' },
    erased: {
      does: 'keep',
      because: 'It keeps staff from looking up people they know, and ends with their work here.',
    },
    backup: 'keys-file',
  },
  {
    table: 'message',
    names: ['token'],
    holds: { en: 'keyed hashes of message numbers', zh: '消息编号的密钥哈希' },
    sealed: null,
    access: { because: 'A random number of the sender that names no one.' },
    erased: { does: 'keep', because: 'It names no one, and goes after 90 days.' },
    backup: 'data',
  },
  {
    table: 'erasure',
    names: ['customers', 'tombstones'],
    holds: { en: 'that you were erased, by number alone', zh: '您已被删除（仅编号）' },
    sealed: null,
    access: {
      because: 'Only of customers who were erased: their number, and nothing that it could be joined to.',
    },
    erased: { does: 'keep', because: 'A restore of an older backup must erase again.' },
    backup: 'data',
  },
  {
    table: 'ledger_queue',
    names: BY_ID,
    holds: { en: 'entries that wait a second for their place in the ledger', zh: '等待写入账本的条目' },
    sealed: null,
    access: { because: 'Each is an entry among those who looked; the row is gone within a second.' },
    erased: {
      does: 'keep',
      because: 'The log must hold what was committed to; the row is gone within a second.',
    },
    backup: 'data',
  },
  {
    table: 'outbox',
    names: ['payload'],
    holds: { en: 'that something is still to be done, by number alone', zh: '尚待处理的事项（仅编号）' },
    sealed: null,
    access: { because: 'Ids of work that waits, such as an answer to be sent.' },
    erased: { does: 'keep', because: 'Ids alone, of work that is done or finds nobody any more.' },
    backup: 'data',
  },
  {
    schema: 'keys',
    table: 'data_key',
    names: BY_ID,
    holds: { en: 'the keys that your data is sealed with', zh: '加密您数据的密钥' },
    sealed: null,
    access: { because: 'A key says nothing of anybody.' },
    erased: { does: 'own', step: 'destroyed; the empty row stays, so that no one makes it again' },
    backup: 'keys-file',
  },
];

type Does<Kind extends WhenErased['does']> = SubjectRecord & {
  readonly erased: Extract<WhenErased, { readonly does: Kind }>;
};

/** The records with which an erasure does this. */
export function erasedBy<Kind extends WhenErased['does']>(...kinds: readonly Kind[]): readonly Does<Kind>[] {
  return SUBJECT_MAP.filter((each): each is Does<Kind> =>
    (kinds as readonly string[]).includes(each.erased.does),
  );
}
