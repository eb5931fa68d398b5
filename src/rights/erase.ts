/** Erasing a customer, by order of the privacy officer: one transaction, then the journal, then the receipt. */

import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { actorEntry } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { tellRecipients } from '../gate/tell-recipients.ts';
import { needTrained } from '../gate/watchers.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import { makeReceipt } from '../ledger/receipt.ts';
import { BaileeError } from '../platform/errors.ts';
import { leave } from '../platform/outbox.ts';
import type { Transaction } from '../platform/ports.ts';
import { countErasures, destroy, keepErasure } from '../vault/erase.ts';
import { lockWhole } from '../vault/lock.ts';
import { type Recorded, recordNow } from '../vault/record.ts';
import { endRequestsOf, requestsOf } from '../vault/requests.ts';
import { needLeave } from './erase-leave.ts';
import { journalErasure } from './journal.ts';
import type { Erased, EraseInput, Orderer } from './types.ts';

const HOUR_MS = 3_600_000;

/** The job by which a customer, who proved who they are, erases their own. No cap holds them up: it is there for stolen keys. */
export const OWN_HAND = 'privacy-center';
/** Why a class is kept, in a sentence. */
export const KEPT_BECAUSE =
  'Orders and invoices are kept as long as tax and commercial law asks, and used for nothing else.';

interface Done {
  readonly store: string;
  readonly erasure: string;
  readonly customers: readonly string[];
  readonly kept: readonly RetentionClass[];
  readonly erased: readonly RetentionClass[];
  readonly tombstones: readonly Buffer[];
  readonly recorded: Recorded;
  readonly at: number;
}

/**
 * Erases a customer and all who belong together with it. When it resolves, Bailee returns nothing of the
 * erased classes any more. Nobody but the operator and the schedule
 * erases alone: see `needLeave`. Throws `forbidden`, `training_required`, `evidence_required`, `evidence_mismatch`,
 * `erasure_cap`, `not_found`, `already_erased`.
 */
export async function erase(ctx: GateCtx, input: EraseInput): Promise<Erased> {
  const orderedBy = authorize(input.actor);
  needEvidence(input);
  const done = await ctx.db.transaction((tx) => eraseWhole(ctx, tx, input, orderedBy));
  await journalErasure(ctx, {
    id: done.erasure,
    store: done.store,
    customers: done.customers,
    classes: done.erased.map((each) => RETENTION_CLASSES[each]),
    tombstones: done.tombstones,
    at: done.at,
    ledgerIndex: done.recorded.index!,
  });
  ctx.metrics.erasures.inc();
  const { index, entry, salt } = done.recorded;
  return {
    erasure: done.erasure,
    customers: done.customers,
    erased: done.erased,
    kept: done.kept.map((each) => ({
      class: each,
      purpose: 'legal-duty',
      because: KEPT_BECAUSE,
    })),
    keyBackups: keyBackups(ctx),
    receipt: await makeReceipt(ctx, ctx.db, { index: index!, entry, salt, kind: 'erasure' }),
  };
}

function authorize(actor: Orderer): string {
  if (actor.type === 'operator') return 'operator';
  if (actor.type === 'job') return `job:${actor.name}`;
  if (actor.role === 'privacy-officer') return actor.id;
  throw new BaileeError('forbidden', 'Only the privacy officer may erase.');
}

function needEvidence({ evidence, actor }: EraseInput): void {
  if (actor.type === 'job') return;
  if (evidence === null || 'case' in evidence || 'order' in evidence)
    throw new BaileeError('evidence_required', 'An erasure needs a request or a reason as evidence.');
  // A request is weighed against whoever erases; the operator stands outside of that.
  if (actor.type === 'operator' && 'request' in evidence)
    throw new BaileeError(
      'evidence_mismatch',
      'The operator erases with a reason; with a request, use a key.',
    );
}

async function eraseWhole(
  ctx: GateCtx,
  tx: Transaction,
  input: EraseInput,
  orderedBy: string,
): Promise<Done> {
  const { actor, customer } = input;
  const at = ctx.clock.now();
  if (actor.type === 'person') await needTrained(ctx, tx, actor);
  await needRoom(ctx, tx, orderedBy, at);
  const locked = await lockWhole(tx, customer);
  const rows = locked === null ? [] : [...locked.rows.values()];
  const store = actor.type === 'operator' ? rows[0]?.store_id : actor.store;
  if (store === undefined || rows.length === 0 || rows.some((row) => row.store_id !== store))
    throw new BaileeError('not_found', 'There is no such customer in this store.');
  if (rows.every((row) => row.erased))
    throw new BaileeError('already_erased', 'This customer was erased before.');
  const customers = rows.map((row) => row.id);
  await needLeave(ctx, tx, input, customers);
  const erasure = ctx.random.id();
  const told = await tellOfErasure(ctx, tx, { store, customers, erasure });
  const destroyed = await destroy(ctx, tx, store, customers, { erasure });
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  await leave(ctx, tx, 'customer.erased', { erasure: destroyed.erasure });
  const entry = {
    v: 1,
    kind: 'erasure',
    at,
    store,
    erasure: destroyed.erasure,
    customers,
    actor: actor.type === 'operator' ? { type: 'operator' } : actorEntry(actor),
    evidence: input.evidence === null ? null : { kind: Object.keys(input.evidence)[0]! },
    erased: destroyed.erased,
    kept: destroyed.kept,
    ...(told.length === 0 ? {} : { told }),
  };
  const [recorded] = await recordNow(ctx, tx, store, ring, [
    { customer: INSTALLATION, kind: 'erasure', entry },
  ]);
  // Once more under the lock on the ledger's head, where those that came meanwhile are counted.
  await needRoom(ctx, tx, orderedBy, at);
  await endRequestsOf(tx, customers, { at: new Date(at), index: recorded!.index! });
  await keepErasure(tx, {
    id: destroyed.erasure,
    store,
    customers,
    classes: destroyed.erased,
    tombstones: destroyed.tombstones,
    index: recorded!.index!,
    orderedBy,
    at,
  });
  return { ...destroyed, store, customers, recorded: recorded!, at };
}

/** While their names for the customer can still be made. Whoever is told hears of the request that this ends, where there is one. */
async function tellOfErasure(
  ctx: GateCtx,
  tx: Transaction,
  {
    store,
    customers,
    erasure,
  }: { readonly store: string; readonly customers: readonly string[]; readonly erasure: string },
): Promise<string[]> {
  const open = (await requestsOf(tx, customers)).find(
    ({ kind, ended_at }) => kind === 'erasure' && ended_at === null,
  );
  return tellRecipients(ctx, tx, {
    store,
    kind: 'erasure',
    customers,
    erasure,
    request: open?.id ?? null,
  });
}

async function needRoom(ctx: GateCtx, tx: Transaction, orderedBy: string, at: number): Promise<void> {
  if (orderedBy === `job:${OWN_HAND}`) return;
  if ((await countErasures(tx, orderedBy, new Date(at - HOUR_MS))) >= ctx.config.erasuresPerHour)
    throw new BaileeError('erasure_cap', 'This key has ordered its most erasures for an hour.');
}

/** When older copies of the destroyed keys die. */
export function keyBackups(ctx: Pick<GateCtx, 'root'>): string {
  const epoch = ctx.root.currentEpoch();
  return ctx.root.kind === 'file'
    ? `Copies of the destroyed keys in older key backups die when epoch ${epoch} is destroyed: at the next completed rotation.`
    : 'Copies of the destroyed keys in older key backups die when the root key is replaced and the old one is destroyed.';
}
