/** Fields in the groups in which people think of them, by the class that their name begins with. */
export const GROUPS = ['you', 'contact', 'account', 'payment', 'browsing', 'sensitive'] as const;
export type Group = (typeof GROUPS)[number];

const OF_CLASS: Readonly<Record<string, Group>> = {
  identity: 'you',
  contact: 'contact',
  account: 'account',
  transaction: 'payment',
  behavior: 'browsing',
};

/** What has no group of its own is among the sensitive, where it is looked at twice. */
export function groupOf(field: string): Group {
  return OF_CLASS[field.split('.')[0]!] ?? 'sensitive';
}
