/** The keys of some customers as they stand in one transaction: read, made where missing, never made again once shredded. */
import { BaileeError, RetryTransaction } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type DataKey, keyCache, type WrapPlace, wrap } from './hierarchy.ts';
import { type DataKeyRow, insertKeys, type NewKeyRow, readKeys } from './sql.ts';

/** The pseudo-customer that owns the installation's own sealed rows (entries of jobs, of changes of rule). */
export const INSTALLATION = '00000000-0000-7000-8000-000000000000';

type Live = DataKeyRow & { wrapped: Buffer; commitment: Buffer };

interface Held {
  readonly row: DataKeyRow;
  /** Unwrapped at its first use. */
  key: DataKey | null;
}

/** Keys by customer and retention class. `newest` seals; `at` opens what an older version sealed. */
export class KeyRing {
  readonly #ctx: Ctx;
  /** A customer has a handful of keys: a list is searched faster than a name is made of customer, class and version. */
  readonly #held = new Map<string, Held[]>();

  constructor(ctx: Ctx, rows: readonly DataKeyRow[]) {
    this.#ctx = ctx;
    for (const row of rows) this.add(row);
  }

  add(row: DataKeyRow): void {
    const own = this.#held.get(row.customer_id);
    const held = { row, key: null };
    if (own === undefined) {
      this.#held.set(row.customer_id, [held]);
      return;
    }
    const at = own.findIndex((each) => each.row.class === row.class && each.row.version === row.version);
    if (at === -1) own.push(held);
    else own[at] = held;
  }

  /** `missing` never made, `shredded` gone for good, `live` usable. */
  state(customer: string, klass: number): 'missing' | 'shredded' | 'live' {
    const held = this.#newest(customer, klass);
    if (held === undefined) return 'missing';
    return isLive(held.row) ? 'live' : 'shredded';
  }

  /** Retention classes of a customer whose key lives. */
  retained(customer: string): number[] {
    const classes = new Set((this.#held.get(customer) ?? []).map((each) => each.row.class));
    return [...classes].filter((klass) => this.state(customer, klass) === 'live');
  }

  /** The key that new values are sealed under; null when missing or shredded. */
  newest(customer: string, klass: number): DataKey | null {
    return this.#open(this.#newest(customer, klass));
  }

  /** The key of the version that a sealed value names in its header; null when gone. Throws `sealed_value_damaged`. */
  at(customer: string, klass: number, sealed: Buffer): DataKey | null {
    if (sealed.length < 4)
      throw new BaileeError('sealed_value_damaged', 'A sealed value is too short to name its key.');
    const version = sealed.readUInt16BE(2);
    const own = this.#held.get(customer);
    return this.#open(own?.find(({ row }) => row.class === klass && row.version === version));
  }

  #newest(customer: string, klass: number): Held | undefined {
    let newest: Held | undefined;
    for (const held of this.#held.get(customer) ?? [])
      if (held.row.class === klass && (newest === undefined || newest.row.version < held.row.version))
        newest = held;
    return newest;
  }

  #open(held: Held | undefined): DataKey | null {
    if (held === undefined || !isLive(held.row)) return null;
    held.key ??= this.#unwrap(held.row);
    return held.key;
  }

  #unwrap(row: Live): DataKey {
    return { bytes: keyCache(this.#ctx).open(this.#ctx, row, placeOf(row)), version: row.version };
  }
}

function isLive(row: DataKeyRow): row is Live {
  return row.wrapped !== null && row.commitment !== null;
}

function placeOf(row: Pick<DataKeyRow, 'customer_id' | 'class' | 'version'>): WrapPlace {
  return { family: 'data', owner: row.customer_id, class: row.class, version: row.version };
}

function firstPlace(customer: string, klass: number): WrapPlace {
  return placeOf({ customer_id: customer, class: klass, version: 1 });
}

/** Reads the keys of `customers` (locked FOR SHARE). The customers' rows must be locked before. */
export async function readRing(ctx: Ctx, tx: Tx, customers: readonly string[]): Promise<KeyRing> {
  return new KeyRing(ctx, await readKeys(tx, customers));
}

export interface KeyWanted {
  readonly customer: string;
  readonly class: number;
}

/** Makes the keys that were never made. A shredded key stays shredded. */
export async function makeMissing(
  ctx: Ctx,
  tx: Tx,
  ring: KeyRing,
  wanted: Iterable<KeyWanted>,
): Promise<void> {
  const fresh = new Map<string, { row: NewKeyRow; key: Buffer }>();
  for (const { customer, class: klass } of wanted) {
    if (ring.state(customer, klass) !== 'missing') continue;
    const name = `${customer}/${klass}`;
    if (fresh.has(name)) continue;
    const key = ctx.random.bytes(32);
    const wrapped = wrap(ctx, key, firstPlace(customer, klass));
    fresh.set(name, { row: { customer, class: klass, ...wrapped }, key });
  }
  if (fresh.size === 0) return;
  const made = await insertKeys(
    tx,
    [...fresh.values()].map((each) => each.row),
    new Date(ctx.clock.now()),
  );
  const taken: string[] = [];
  for (const [name, { row, key }] of fresh) {
    if (!made.has(name)) {
      taken.push(row.customer);
      continue;
    }
    keyCache(ctx).remember(row, firstPlace(row.customer, row.class), key);
    ring.add({
      customer_id: row.customer,
      class: row.class,
      version: 1,
      epoch: row.epoch,
      wrapped: row.wrapped,
      commitment: row.commitment,
    });
  }
  if (taken.length === 0) return;
  for (const row of await readKeys(tx, taken)) ring.add(row);
  if ([...fresh.values()].some(({ row }) => ring.state(row.customer, row.class) === 'missing')) {
    await ctx.root.refresh();
    throw new RetryTransaction('the epoch was retired meanwhile');
  }
}
