/** Erasing a customer, by order of the privacy officer: one transaction, then the journal, then the receipt. */

import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { type Actor, actorEntry } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { evidenceToken } from '../gate/evidence.ts';
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
import { endRequestsOf, readRequestRow, requestsOf } from '../vault/requests.ts';
import { journalErasure } from './journal.ts';
import type { Erased, EraseInput } from './types.ts';

const HOUR_MS = 3_600_000;

interface Done {
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
 * erased classes any more. Throws `forbidden`, `training_required`, `evidence_required`, `evidence_mismatch`,
 * `erasure_cap`, `not_found`, `already_erased`.
 */
export async function erase(ctx: GateCtx, input: EraseInput): Promise<Erased> {
  const orderedBy = authorize(input.actor);
  needEvidence(input);
  const done = await ctx.db.transaction((tx) => eraseWhole(ctx, tx, input, orderedBy));
  await journalErasure(ctx, {
    id: done.erasure,
    store: input.actor.store,
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
      because:
        'Orders and invoices are kept as long as tax and commercial law asks, and used for nothing else.',
    })),
    keyBackups: keyBackups(ctx),
    receipt: await makeReceipt(ctx, ctx.db, { index: index!, entry, salt, kind: 'erasure' }),
  };
}

function authorize(actor: Actor): string {
  if (actor.type === 'job') return `job:${actor.name}`;
  if (actor.role === 'privacy-officer') return actor.id;
  throw new BaileeError('forbidden', 'Only the privacy officer may erase.');
}

function needEvidence({ evidence, actor }: EraseInput): void {
  if (actor.type === 'job') return;
  if (evidence === null || 'case' in evidence || 'order' in evidence)
    throw new BaileeError('evidence_required', 'An erasure needs a request or a reason as evidence.');
}

async function eraseWhole(
  ctx: GateCtx,
  tx: Transaction,
  input: EraseInput,
  orderedBy: string,
): Promise<Done> {
  const { actor, customer } = input;
  const at = ctx.clock.now();
  if (actor.type !== 'job') await needTrained(ctx, tx, actor);
  await needRoom(ctx, tx, orderedBy, at);
  const locked = await lockWhole(tx, customer);
  const rows = locked === null ? [] : [...locked.rows.values()];
  if (rows.length === 0 || rows.some((row) => row.store_id !== actor.store))
    throw new BaileeError('not_found', 'There is no such customer in this store.');
  if (rows.every((row) => row.erased))
    throw new BaileeError('already_erased', 'This customer was erased before.');
  const customers = rows.map((row) => row.id);
  await needRequest(ctx, tx, input, customers);
  const erasure = ctx.random.id();
  const told = await tellOfErasure(ctx, tx, { store: actor.store, customers, erasure });
  const destroyed = await destroy(ctx, tx, actor.store, customers, { erasure });
  await endRequestsOf(tx, customers, new Date(at));
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  await leave(ctx, tx, 'customer.erased', { erasure: destroyed.erasure });
  const entry = {
    v: 1,
    kind: 'erasure',
    at,
    store: actor.store,
    erasure: destroyed.erasure,
    customers,
    actor: actorEntry(actor),
    evidence: input.evidence === null ? null : { kind: Object.keys(input.evidence)[0]! },
    erased: destroyed.erased,
    kept: destroyed.kept,
    ...(told.length === 0 ? {} : { told }),
  };
  const [recorded] = await recordNow(ctx, tx, actor.store, ring, [
    { customer: INSTALLATION, kind: 'erasure', entry },
  ]);
  // Once more under the lock on the ledger's head, where those that came meanwhile are counted.
  await needRoom(ctx, tx, orderedBy, at);
  await keepErasure(tx, {
    id: destroyed.erasure,
    store: actor.store,
    customers,
    classes: destroyed.erased,
    tombstones: destroyed.tombstones,
    index: recorded!.index!,
    orderedBy,
    at,
  });
  return { ...destroyed, customers, recorded: recorded!, at };
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

/** A request is evidence when it asks for this, of these customers, by somebody who proved who they are. */
async function needRequest(
  ctx: GateCtx,
  tx: Transaction,
  { actor, evidence }: EraseInput,
  customers: readonly string[],
): Promise<void> {
  if (evidence === null || !('request' in evidence)) return;
  const id = evidenceToken(ctx, actor.store, evidence)?.row;
  const row = id === undefined ? null : await readRequestRow(tx, actor.store, id, true);
  const holds =
    row !== null &&
    row.kind === 'erasure' &&
    row.proof !== null &&
    row.ended_at === null &&
    customers.includes(row.customer_id);
  if (!holds) throw new BaileeError('evidence_mismatch', 'There is no such verified request.');
}

async function needRoom(ctx: GateCtx, tx: Transaction, orderedBy: string, at: number): Promise<void> {
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
