/** The kinds of records: what each holds, from when its time runs, what ends it, and which words of the packs speak of it. */

import type { RetentionClass } from '../../../contract/names.ts';
import type {
  Anchor,
  Ending,
  FixedKind,
  RecordKind,
  RetentionSetting,
  TimedKind,
} from '../../../contract/retention.ts';

export interface KindRule {
  readonly ending: Ending;
  readonly anchor: Anchor;
  /** Retention classes whose fields and events it holds. */
  readonly fields: readonly RetentionClass[];
  readonly events: readonly RetentionClass[];
  /** Things that topics `keep.duty` and `claims` speak of, and that lie in these records. */
  readonly least: readonly string[];
  /** Things that topic `keep.limit` speaks of. */
  readonly most: readonly string[];
  /** What Bailee sets where the store says nothing. */
  readonly preset: RetentionSetting | null;
}

/** Invoices, vouchers, books of sales and what a buyer may claim: they lie in orders. Annual accounts name nobody. */
const OF_ORDERS = [
  ...['tax-records', 'tax-documents', 'tax-books', 'tax-and-vat', 'tax-administration', 'gst-records'],
  ...['tax-and-business-records', 'vat-records', 'vat-oss-records', 'consumption-tax-invoices'],
  ...['invoice-stubs', 'vouchers-and-invoices', 'accounting-and-invoices', 'accounting-vouchers'],
  ...['accounting', 'accounting-documents', 'accounting-other', 'commercial-books', 'commercial-slips'],
  ...['business-records', 'company-accounting-records', 'company-financial-records'],
  ...['corporation-tax-records', 'platform-transactions', 'electronic-contract'],
  ...['contract-and-withdrawal-records', 'payment-and-supply-records'],
  ...['warranty', 'warranty-non-durable', 'return-of-goods', 'burden-of-proof-on-seller'],
  ...['contract-claims', 'civil-claims', 'consumer-claims', 'goods-claims', 'nonconformity-notice'],
];

const months = (count: number): RetentionSetting => ({ count, unit: 'months' });

/** In the order in which a run takes them: what hangs on a customer goes before the customer. */
export const TIMED: Readonly<Record<TimedKind, KindRule>> = {
  behavior: {
    ending: 'drop-month',
    anchor: 'received',
    fields: [],
    events: ['behavior'],
    least: [],
    most: ['audience-data'],
    preset: months(25),
  },
  sensitive: {
    ending: 'delete-rows',
    anchor: 'last-activity',
    fields: ['sensitive'],
    events: [],
    least: [],
    most: ['inactive-customer', 'prospect-data'],
    preset: months(12),
  },
  visitors: {
    ending: 'shred-keys',
    anchor: 'last-activity',
    fields: ['behavior'],
    events: [],
    least: [],
    most: ['audience-data', 'inactive-customer'],
    preset: months(13),
  },
  inactive: {
    ending: 'shred-keys',
    anchor: 'last-activity',
    fields: ['identity', 'behavior', 'service', 'sensitive'],
    events: ['identity', 'service', 'sensitive'],
    least: [],
    most: ['inactive-customer', 'prospect-data'],
    preset: months(36),
  },
  cases: {
    ending: 'delete-rows',
    anchor: 'last-change',
    fields: [],
    events: [],
    least: ['business-letters', 'complaint-records'],
    most: [],
    preset: months(36),
  },
  orders: {
    ending: 'delete-rows',
    anchor: 'last-change',
    fields: ['commerce'],
    events: ['commerce'],
    least: OF_ORDERS,
    most: [],
    preset: 'duty',
  },
};

/** What goes by dates of its own, and what goes with its customer. */
export const FIXED: Readonly<Record<FixedKind, Pick<KindRule, 'ending' | 'anchor' | 'preset'>>> = {
  quarantine: { ending: 'delete-rows', anchor: 'received', preset: { count: 14, unit: 'days' } },
  messages: { ending: 'delete-rows', anchor: 'received', preset: { count: 90, unit: 'days' } },
  tombstones: { ending: 'delete-rows', anchor: 'own-date', preset: null },
  tags: { ending: 'delete-rows', anchor: 'own-date', preset: null },
  'caller-checks': { ending: 'delete-rows', anchor: 'own-date', preset: { count: 1, unit: 'days' } },
  choices: { ending: 'with-customer', anchor: 'last-activity', preset: null },
  openings: { ending: 'with-customer', anchor: 'last-activity', preset: null },
};

/** True for a kind that a run takes by the schedule. */
export function isTimed(kind: RecordKind): kind is TimedKind {
  return kind in TIMED;
}
