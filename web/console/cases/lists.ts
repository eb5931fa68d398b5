/** The names of `contract/cases.ts`, without its schemas; a test compares. */
import type { CaseChannel, CaseKind, CasePriority, CaseStatus, CaseTopic } from '../../../contract/cases.ts';

export const KINDS: readonly CaseKind[] = ['inquiry', 'complaint', 'feedback'];
export const CHANNELS: readonly CaseChannel[] = ['mail', 'phone', 'chat', 'form', 'letter', 'shop'];
export const STATUSES: readonly CaseStatus[] = ['new', 'open', 'waiting', 'solved', 'closed'];
export const PRIORITIES: readonly CasePriority[] = ['low', 'normal', 'high', 'urgent'];
export const TOPICS: readonly CaseTopic[] = [
  'delivery',
  'return',
  'payment',
  'product',
  'account',
  'privacy',
  'other',
];
