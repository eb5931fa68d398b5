/**
 * The closed list of what a policy pack can say. Each topic has one kind, and the kind fixes the shape
 * of its facts, the question that they answer, and how the facts of several regimes combine.
 * `of` names the thing within the topic (a right, an act, a record), so that one regime can say several.
 */
export const KINDS = {
  clock: 'Something must be done within a time. Several regimes: the earliest.',
  age: 'Below this age a parent decides. Several regimes: the highest; a national rule goes before its frame.',
  permission: 'Under which condition a use is open. Several regimes: all must allow.',
  prohibition: 'What is forbidden, and unless what. Several regimes: one is enough.',
  duty: 'What must be done, and when. Several regimes: duties add up.',
  formality: 'What an act must have to count. Several regimes: formalities add up.',
  list: 'Names that belong to a closed list. Several regimes: the union.',
  maximum: 'The most that a breach can cost. Several regimes: the highest.',
  threshold: 'From which size a rule bites. Several regimes: one is enough.',
  least: 'A time that something lasts at least: duties to keep, claims, warranties. The longest.',
  most: 'A time that something lasts at most. Several regimes: the shortest.',
  hours: 'Hours at which a channel is closed. Several regimes: one is enough.',
  'in-force': 'Since when, or whether, a text is law.',
} as const;
export type Kind = keyof typeof KINDS;

export const TOPICS = {
  'rights.clock': ['clock', 'Answering a request of a customer'],
  'complaint.clock': ['clock', 'Answering a complaint or appeal'],
  'marketing.clock': ['clock', 'Honoring an unsubscribe or withdrawal'],
  'breach.clock': ['clock', 'Telling of a breach'],
  'transfer.clock': ['clock', 'Filing a transfer'],
  'erasure.clock': ['clock', 'Destroying, or warning before destroying'],
  'enforcement.cure': ['clock', 'Mending a breach before a penalty'],
  'age.consent': ['age', 'Consent of a child'],
  use: ['permission', 'Using personal data'],
  prohibition: ['prohibition', 'What is forbidden'],
  'duty.consent': ['duty', 'Consent'],
  'duty.notice': ['duty', 'Telling the customer'],
  'duty.rights': ['duty', 'Rights of customers'],
  'duty.records': ['duty', 'Records'],
  'duty.breach': ['duty', 'Breaches'],
  'duty.assessment': ['duty', 'Assessments, audits and filings'],
  'duty.people': ['duty', 'Officers and representatives'],
  'duty.signal': ['duty', 'Signals of browsers and devices'],
  'duty.interface': ['duty', 'Banners and pages'],
  'duty.automated': ['duty', 'Automated decisions'],
  'duty.transfer': ['duty', 'Transfers abroad'],
  'duty.marketing': ['duty', 'Marketing'],
  'duty.security': ['duty', 'Security and storage'],
  form: ['formality', 'What an act must have'],
  list: ['list', 'Closed lists'],
  penalty: ['maximum', 'Fines and damages'],
  threshold: ['threshold', 'Sizes from which a rule bites'],
  'keep.duty': ['least', 'Records that must be kept'],
  claims: ['least', 'Claims, warranties and returns'],
  'consent.pause': ['least', 'Rest before asking again'],
  'keep.limit': ['most', 'Data that must go'],
  'consent.validity': ['most', 'How long a consent or check lasts'],
  'marketing.hours': ['hours', 'Quiet hours'],
  'in-force': ['in-force', 'What is law, and since when'],
} as const satisfies Readonly<Record<string, readonly [Kind, string]>>;
export type Topic = keyof typeof TOPICS;

/** The kind of a topic. */
export function kindOf(topic: Topic): Kind {
  return TOPICS[topic][0];
}
