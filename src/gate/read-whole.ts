/**
 * Everything that is held of a customer and of those linked with them, for an answer to their own request (GDPR art. 15,
 * 20; PIPL art. 45). Two things are weighed: whether whoever asks may act for it, as for any opening; and what the
 * customer's own view reaches, record by record. One entry for all of it, before anything is decrypted.
 */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { readParty } from '../consent/sql.ts';
import { makeMissing } from '../keys/ring.ts';
import { openRowKeys } from '../keys/row-key.ts';
import type { EvidenceFound } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { recordNow } from '../vault/record.ts';
import { attachmentBytes, readWhole as readRows, type WholeRows } from '../vault/whole.ts';
import { type Actor, actorEntry, type Caller } from './actor.ts';
import { type AtWork, atWork, weighWork } from './at-work.ts';
import type { GateCtx } from './context.ts';
import { evidenceEntry, type Weighed } from './evidence.ts';
import { clusterOf, gather } from './gather.ts';
import { openWhole } from './open-whole.ts';
import { ownStates } from './own-states.ts';
import type { States, TakenWhole, Whole, WholeInput } from './whole-types.ts';

/** Above them an answer is made in parts, by hand: nothing may take all memory of a node. */
const MOST_ROWS = 100_000;
const MOST_ATTACHED = 100_000_000;

/**
 * Records, and only then opens. Restricted customers are answered like others; of an erased one the kept classes alone.
 * Throws `not_found`, `forbidden`, `step_up_required`, `evidence_required`, `evidence_mismatch`, `training_required`,
 * `person_known`, `too_large`, `ledger_unavailable`.
 */
export async function readWhole(ctx: GateCtx, input: WholeInput): Promise<Whole> {
  needAsker(input);
  const { actor, customer } = input;
  const taken =
    actor.type === 'job'
      ? await ctx.db.transaction(async (tx) => {
          const gathered = await gather(ctx, tx, [customer], []);
          const cluster = clusterOf(gathered, customer, actor.store);
          return take(ctx, input, { tx, cluster, gathered, conditions: null });
        })
      : await atWork(ctx, { actor, customer, purpose: PURPOSE }, (at) => take(ctx, input, at));
  ctx.metrics.openings.inc({ purpose: PURPOSE, result: 'whole' });
  return openWhole(ctx, actor.store, taken);
}

const PURPOSE = 'legal-duty';

/** Throws `forbidden`, `step_up_required`, `evidence_required`. */
function needAsker({ actor, evidence }: WholeInput): void {
  if (actor.type !== 'job' && actor.role !== 'privacy-officer')
    throw new BaileeError('forbidden', 'Only the privacy officer may take all that is held of a customer.', {
      roles: ['privacy-officer'],
    });
  if (actor.type === 'person' && actor.strength === 'two-factor')
    throw new BaileeError('step_up_required', 'Prove who you are once more to take all that is held.');
  const named =
    evidence !== null && ('request' in evidence || (actor.type !== 'job' && 'reason' in evidence));
  if (!named)
    throw new BaileeError('evidence_required', 'An access package needs a request or a reason as evidence.');
}

/** A job is at work on a request that the rights room verified; what a person or a key names is weighed. */
async function weighAsker(ctx: GateCtx, at: AtWork, { actor, evidence }: WholeInput): Promise<Weighed> {
  if (actor.type === 'job') return { found: { kind: 'request', holds: true }, order: null, case: null };
  const { weighed } = await weighWork(ctx, at, { actor: actor as Caller, purpose: PURPOSE, evidence });
  return weighed;
}

async function take(ctx: GateCtx, input: WholeInput, at: AtWork): Promise<TakenWhole> {
  const { tx, cluster, gathered } = at;
  const { actor } = input;
  const weighed = await weighAsker(ctx, at, input);
  const members = [...cluster.members];
  if ((await attachmentBytes(tx, members)) > MOST_ATTACHED) throw tooLarge();
  const rows = await readRows(tx, actor.store, members, MOST_ROWS);
  if (Object.values(rows).some((each: readonly unknown[]) => each.length > MOST_ROWS)) throw tooLarge();
  needAccess(rows, weighed);
  const states = statesOf(ctx, at, rows, weighed.found);
  const party = await readParty(tx, actor.store);
  const rowKeys = await openRowKeys(
    ctx,
    tx,
    rows.quarantined.map(({ id }) => id),
  );
  const recorded = await recordTaken(ctx, tx, input.actor, { at, rows, states, weighed });
  return { cluster, gathered, rows, states, party, rowKeys, recorded };
}

/** A request to be erased, say, is no request to be handed everything. Throws `evidence_mismatch`. */
function needAccess({ requests }: WholeRows, { request = null }: Weighed): void {
  if (request === null) return;
  const kind = requests.find(({ id }) => id === request)?.kind;
  if (kind !== 'access' && kind !== 'portability')
    throw new BaileeError('evidence_mismatch', 'This request asks for something else.');
}

function tooLarge(): BaileeError {
  return new BaileeError('too_large', 'More is held of this customer than one package takes.', {
    records: MOST_ROWS,
    attachmentBytes: MOST_ATTACHED,
  });
}

/** What the customer's own view reaches: given, or described with the reason. */
function statesOf(ctx: GateCtx, at: AtWork, rows: WholeRows, found: EvidenceFound | null): States {
  return new Map(
    [...ownStates(ctx, at, rows, found)].map(([name, { state, because }]) => [
      name,
      state === 'revealed' ? { state: 'given', because: [] } : { state: 'described', because },
    ]),
  );
}

interface Taken {
  readonly at: AtWork;
  readonly rows: WholeRows;
  readonly states: States;
  readonly weighed: Weighed;
}

async function recordTaken(
  ctx: GateCtx,
  tx: Transaction,
  actor: Actor,
  { at, rows, states, weighed }: Taken,
) {
  const { cluster, gathered } = at;
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  const entry = {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: actor.store,
    customer: cluster.root,
    actor: actorEntry(actor),
    purpose: PURPOSE,
    evidence: evidenceEntry(weighed),
    fields: Object.fromEntries(
      [...states].map(([name, { state }]) => [name, state === 'given' ? 'revealed' : 'withheld']),
    ),
    timeline: { orders: rows.orders.length, cases: rows.cases.length, events: rows.events.length },
    whole: true,
    policy: ctx.policy.hash,
  };
  const [recorded] = await recordNow(ctx, tx, actor.store, gathered.ring, [
    { customer: cluster.root, kind: 'opening', entry },
  ]);
  return recorded!;
}
