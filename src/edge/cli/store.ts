/** Stores and their keys: made here, printed once, kept as hashes. */
import type { Role } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction, Tx } from '../../platform/ports.ts';
import { makeKey } from '../../staff/keys/make.ts';

export interface StoreRow {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly demo: boolean;
  readonly created_at: Date;
}

export interface NewStore {
  readonly name: string;
  /** ISO 3166-1 alpha-2 of the shop's establishment. */
  readonly country?: string;
  /** Browser origins that may use its browser keys, like `https://shop.example`. */
  readonly origins?: readonly string[];
  readonly demo: boolean;
}

/** All stores, oldest first. */
export async function stores(tx: Tx): Promise<StoreRow[]> {
  const { rows } = await tx.query<StoreRow>({
    text: 'SELECT id, name, country, demo, created_at FROM bailee.store ORDER BY created_at, id',
  });
  return rows;
}

/**
 * Makes a store, one node at a time. `onlyFirst`: only in an installation that has none; answers null when
 * there is one. Throws `conflict` when a real store of that name exists, `bad_request` for odd input.
 */
export async function makeStore(
  ctx: Ctx,
  tx: Transaction,
  store: NewStore,
  onlyFirst = false,
): Promise<StoreRow | null> {
  check(store);
  await tx.query({ text: 'LOCK TABLE bailee.store IN SHARE ROW EXCLUSIVE MODE' });
  const known = await stores(tx);
  if (onlyFirst && known.length > 0) return null;
  if (known.some((each) => each.name === store.name && !each.demo))
    throw new BaileeError('conflict', 'A store of this name exists already.');
  const { rows } = await tx.query<StoreRow>({
    text: `INSERT INTO bailee.store (id, name, country, origins, demo, created_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, name, country, demo, created_at`,
    values: [
      ctx.random.id(),
      store.name,
      store.country ?? null,
      store.origins ?? [],
      store.demo,
      new Date(ctx.clock.now()),
    ],
  });
  return rows[0]!;
}

function check({ name, country, origins }: NewStore): void {
  if (name.trim() === '' || name.length > 100)
    throw new BaileeError('bad_request', 'A store needs a name of 1 to 100 characters.');
  if (country !== undefined && !/^[A-Z]{2}$/.test(country))
    throw new BaileeError('bad_request', 'The country is two capital letters (ISO 3166-1), like DE.');
  for (const origin of origins ?? [])
    if (!/^https?:\/\/[^/\s]+$/.test(origin))
      throw new BaileeError('bad_request', 'An origin is scheme and host, like https://shop.example.');
}

/** The keys a new store begins with. */
export interface StoreKeys {
  readonly serverKeyId: string;
  readonly writeKeys: { readonly server: string; readonly browser: string };
  readonly apiKeys: Readonly<Record<string, string>>;
}

const FIRST_ROLES: Readonly<Record<string, Role>> = {
  support: 'support',
  orderDesk: 'order-desk',
  marketing: 'marketing',
  analyst: 'analyst',
  privacyOfficer: 'privacy-officer',
  security: 'security',
  administrator: 'administrator',
  auditor: 'auditor',
};

/** A server and a browser write key, and an API key for each role. */
export async function makeFirstKeys(ctx: Ctx, tx: Tx, store: string): Promise<StoreKeys> {
  const server = await makeKey(ctx, tx, store, { kind: 'server' });
  const browser = await makeKey(ctx, tx, store, { kind: 'browser' });
  const apiKeys: Record<string, string> = {};
  for (const [name, role] of Object.entries(FIRST_ROLES))
    apiKeys[name] = (await makeKey(ctx, tx, store, { kind: 'api', role })).text;
  return { serverKeyId: server.id, writeKeys: { server: server.text, browser: browser.text }, apiKeys };
}

/** The store meant by an id or a name; without one, the only real store, else the demo. Throws `not_found` or `conflict`. */
export async function chooseStore(tx: Tx, asked: string | undefined): Promise<StoreRow> {
  const all = await stores(tx);
  const real = all.filter((store) => !store.demo);
  const fitting =
    asked === undefined
      ? real.length > 0
        ? real
        : all
      : all.filter((store) => store.id === asked || store.name === asked);
  if (fitting.length === 0) throw new BaileeError('not_found', 'There is no such store.');
  if (fitting.length > 1)
    throw new BaileeError('conflict', 'There are several such stores. Name one with --store and its id.');
  return fitting[0]!;
}
