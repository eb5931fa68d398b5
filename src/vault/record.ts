/**
 * Entries: what happened to a customer's data, sealed under a key of that customer, and committed to in the
 * ledger. `recordNow` indexes the entry in this transaction (openings, choices, erasures: the head is locked
 * last); `recordSoon` leaves it for the sequencer (collecting, jobs).
 */
import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { INSTALLATION, type KeyRing } from '../keys/ring.ts';
import { append } from '../ledger/append.ts';
import { enqueue } from '../ledger/enqueue.ts';
import { type CanonicalEntry, commit } from '../ledger/leaf.ts';
import type { OpeningRows } from '../ledger/sql.ts';
import { byteaArray, int2Array, uuidArray } from '../platform/binary-array.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { sealFor } from './write.ts';

export interface Entry {
  /** Whose key seals the details; `INSTALLATION` for what concerns no single customer. */
  readonly customer: string;
  readonly kind: string;
  readonly entry: CanonicalEntry;
  /** Where other rows point to it; made here otherwise. */
  readonly id?: string;
  /** In a person's own words: sealed beside the entry, and no part of what the ledger commits to. */
  readonly reason?: string;
}

export interface Recorded {
  readonly id: string;
  /** Index in the ledger; null while it waits for the sequencer. */
  readonly index: number | null;
  readonly entry: CanonicalEntry;
  readonly salt: Buffer;
}

interface Prepared {
  readonly item: Entry;
  readonly id: string;
  readonly salt: Buffer;
  readonly leaf: Buffer;
}

function prepare(ctx: Ctx, items: readonly Entry[]): Prepared[] {
  return items.map((item) => {
    const salt = ctx.random.bytes(32);
    return { item, id: item.id ?? ctx.random.id(), salt, leaf: commit(item.entry, salt) };
  });
}

/** Appends entries to the ledger in this transaction. Every other lock must be held before. */
export async function recordNow(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  ring: KeyRing,
  items: readonly Entry[],
): Promise<Recorded[]> {
  return items.length === 0 ? [] : recordLast(ctx, tx, store, ring, items);
}

/**
 * The same for one or more entries that are the last thing a transaction does: the statement is sent when this
 * returns, so a caller that ends its work without waiting for the promise has it share the round trip of the
 * commit. Throws before anything is sent when an entry cannot be made.
 */
export function recordLast(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  ring: KeyRing,
  items: readonly Entry[],
): Promise<Recorded[]> {
  const prepared = prepare(ctx, items);
  const rows = rowsOf(ctx, store, ring, prepared);
  const leaves = prepared.map((each) => each.leaf);
  return append(ctx, tx, leaves, rows).then((first) => {
    ctx.metrics.ledgerSize.set(first + prepared.length);
    return prepared.map((each, at) => ({
      id: each.id,
      index: first + at,
      entry: each.item.entry,
      salt: each.salt,
    }));
  }, failed);
}

/** A lost connection, a lost race and what broke the transaction before say so themselves. */
const TOLD_ELSEWHERE = /^(08|40|25P02|57P0|53300)/;

function failed(error: unknown): never {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || TOLD_ELSEWHERE.test(code)) throw error;
  throw new BaileeError(
    'ledger_unavailable',
    'The ledger cannot be written, so nothing was opened or changed. Try again.',
    undefined,
    error,
  );
}

/** Leaves entries for the sequencer, beside the rows they speak of. */
export async function recordSoon(
  ctx: Ctx,
  tx: Transaction,
  store: string,
  ring: KeyRing,
  items: readonly Entry[],
): Promise<Recorded[]> {
  if (items.length === 0) return [];
  const prepared = prepare(ctx, items);
  keep(tx, rowsOf(ctx, store, ring, prepared));
  await enqueue(
    ctx,
    tx,
    prepared.map((each) => ({ customerId: each.item.customer, openingId: each.id, leaf: each.leaf })),
  );
  return prepared.map((each) => ({ id: each.id, index: null, entry: each.item.entry, salt: each.salt }));
}

/** The class whose key seals the details: `service` while it lives, else what is still kept of the customer. */
function classFor(ring: KeyRing, customer: string): RetentionClass {
  if (ring.state(customer, RETENTION_CLASSES.service) === 'live') return 'service';
  if (ring.state(customer, RETENTION_CLASSES.commerce) === 'live') return 'commerce';
  throw new BaileeError('key_shredded', 'Nothing is kept of this customer that could hold the entry.');
}

function rowsOf(ctx: Ctx, store: string, ring: KeyRing, prepared: readonly Prepared[]): OpeningRows {
  const classes = prepared.map((each) => classFor(ring, each.item.customer));
  const sealed = prepared.map((each, at) =>
    sealFor(
      { ctx, store: each.item.customer === INSTALLATION ? INSTALLATION : store, ring },
      {
        customer: each.item.customer,
        retention: classes[at]!,
        row: each.id,
        rowVersion: 1,
        field: COLUMNS.opening,
      },
      {
        entry: each.item.entry,
        salt: each.salt.toString('base64'),
        ...(each.item.reason === undefined ? {} : { reason: each.item.reason }),
      },
    ),
  );
  return {
    customers: prepared.map((each) => each.item.customer),
    ids: prepared.map((each) => each.id),
    kinds: prepared.map((each) => each.item.kind),
    classes: classes.map((each) => RETENTION_CLASSES[each]),
    sealed,
    at: new Date(ctx.clock.now()),
  };
}

/** Writes openings that have no index yet. */
function keep(tx: Transaction, { customers, ids, kinds, classes, sealed, at }: OpeningRows): void {
  tx.later({
    name: 'record_openings',
    text: `INSERT INTO bailee.opening (customer_id, id, kind, class, sealed, occurred_at)
           SELECT c, i, k, l, s, $6 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::bytea[]) AS t (c, i, k, l, s)`,
    values: [uuidArray(customers), uuidArray(ids), kinds, int2Array(classes), byteaArray(sealed), at],
  });
}
