/** Records choices: append-only rows and an entry in the ledger, in the caller's transaction. */
import type { Purpose } from '../../contract/names.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { ChoiceState } from '../law/types.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { leave } from '../platform/outbox.ts';
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';
import {
  addChoices,
  type ChoiceHow,
  type NewChoice,
  type RequestRow,
  readRequest,
} from '../vault/choices.ts';
import { type Recorded, recordNow, recordSoon } from '../vault/record.ts';

export interface ChoiceChange {
  readonly purpose: Purpose;
  readonly state: ChoiceState;
  /** Absent: the purpose as a whole. */
  readonly channel?: string;
}

/** The text that the person read. */
export interface NoticeShown {
  readonly version: number;
  /** BCP 47. */
  readonly language: string;
  /** Of the document in `bailee.notice_version`; hex. */
  readonly sha256: string;
}

/** How a choice came about, as far as it is known. */
export interface ChoiceContext {
  /** Where: banner, settings, checkout, unsubscribe … */
  readonly place?: string;
  readonly notice?: NoticeShown;
  /** ISO 3166, as the notice took it. */
  readonly region?: string;
  readonly regimes?: readonly string[];
  /** Fingerprint of the terms. */
  readonly policy?: string;
  readonly recipient?: string;
  /** A parent chose: how that was verified, and who it was where they are a customer too. */
  readonly guardian?: { readonly verifiedBy: string; readonly customer?: string };
  /** The caller's id of the request. */
  readonly request?: string;
  /** Of the refusals, those that take back what was granted. */
  readonly withdraws?: readonly Purpose[];
  /** When grants end by themselves; UTC milliseconds. */
  readonly expiresAt?: number;
  /** Of a confirmation: when it was asked for; UTC milliseconds. */
  readonly askedAt?: number;
  /** Of an import: what proves it, in the words of whoever imports. */
  readonly proof?: { readonly kind: string; readonly reference: string };
}

export interface ChoiceSet {
  readonly customer: string;
  readonly changes: readonly ChoiceChange[];
  /** `chosen` by the person; the others never widen what stands. */
  readonly how: ChoiceHow;
  /** UTC milliseconds. */
  readonly occurredAt: number;
  readonly context?: ChoiceContext;
}

/**
 * Adds choices of customers that are locked FOR UPDATE (or were made in this transaction) and whose
 * `service` key exists. A refusal is indexed here and now, so that every opening at a higher index knows it;
 * what only widens may wait for the sequencer.
 */
export async function recordChoices(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  ring: KeyRing,
  sets: readonly ChoiceSet[],
): Promise<Recorded[]> {
  if (sets.length === 0) return [];
  const now = ctx.clock.now();
  const entries = sets.map((set) => ({
    id: ctx.random.id(),
    customer: set.customer,
    kind: 'choice',
    entry: { v: 1, kind: 'choice', at: now, store, customer: set.customer, ...entryOf(set) },
  }));
  const rows = sets.flatMap((set, at) =>
    set.changes.map((change) => rowOf(ctx.random.id(), set, change, entries[at]!.id)),
  );
  await addChoices(tx, rows, now);
  for (const set of sets) await leaveForRecipients(ctx, tx, store, set);
  const atOnce = sets.some(
    (set) => set.how === 'chosen' || set.changes.some((change) => change.state === 'refused'),
  );
  return atOnce ? recordNow(ctx, tx, store, ring, entries) : recordSoon(ctx, tx, store, ring, entries);
}

/** Who takes back that partners may have data: they must hear of it. What a request closes, the request tells itself. */
async function leaveForRecipients(ctx: Ctx, tx: Tx, store: string, set: ChoiceSet): Promise<void> {
  const { customer, changes, context = {} } = set;
  const { recipient, place, withdraws } = context;
  const refused = changes.some(
    ({ purpose, state, channel }) =>
      purpose === 'partner-sharing' && state === 'refused' && channel === undefined,
  );
  const taken = recipient !== undefined || withdraws?.includes('partner-sharing') === true;
  if (!refused || !taken || place === 'request') return;
  const one = recipient === undefined ? {} : { recipient };
  await leave(ctx, tx, 'partner.refused', { store, customer, ...one });
}

function rowOf(id: string, set: ChoiceSet, change: ChoiceChange, entry: string): NewChoice {
  const { context = {} } = set;
  return {
    customer_id: set.customer,
    id,
    purpose: change.purpose,
    channel: change.channel ?? null,
    state: change.state,
    how: set.how,
    recipient: context.recipient ?? null,
    place: context.place ?? null,
    notice: context.notice?.version ?? null,
    noticeLanguage: context.notice?.language ?? null,
    region: context.region ?? null,
    regimes: context.regimes ?? null,
    policy: context.policy ?? null,
    guardian: context.guardian?.verifiedBy ?? null,
    request: context.request ?? null,
    entry,
    expiresAt: change.state === 'granted' ? (context.expiresAt ?? null) : null,
    occurredAt: set.occurredAt,
  };
}

/** What the entry says of a set. What is not known is not in it. */
export function entryOf({
  how,
  changes,
  context = {},
}: Omit<ChoiceSet, 'customer' | 'occurredAt'>): CanonicalEntry {
  const { notice, regimes, guardian, proof, ...plain } = context;
  const channels: Record<string, Record<string, ChoiceState>> = {};
  for (const { purpose, channel, state } of changes)
    if (channel !== undefined) channels[purpose] = { ...channels[purpose], [channel]: state };
  const whole = changes.filter((change) => change.channel === undefined);
  return {
    how,
    choices: Object.fromEntries(whole.map((change) => [change.purpose, change.state])),
    ...(Object.keys(channels).length === 0 ? {} : { channels }),
    ...(notice === undefined ? {} : { notice: { ...notice } }),
    ...(regimes === undefined ? {} : { regimes }),
    ...(guardian === undefined ? {} : { guardian: { ...guardian } }),
    ...(proof === undefined ? {} : { proof: { ...proof } }),
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
  };
}

/** What came of a request of these customers, who belong together; null when they never made it. */
export function recordedBefore(
  tx: Tx,
  customers: readonly string[],
  request: string,
): Promise<RequestRow | null> {
  return readRequest(tx, customers, request);
}
