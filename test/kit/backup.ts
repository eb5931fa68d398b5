/** A shop with a few customers, and an empty installation beside it that shares its root: what backups and restores need. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { find } from '../../src/gate/find.ts';
import { rootView } from '../../src/keys/root-view.ts';
import { openSecrets } from '../../src/keys/secrets.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { erase } from '../../src/rights/erase.ts';
import { testDatabase } from './context.ts';
import { type TestGate, testGate, testStore } from './gate.ts';

export type Shop = Awaited<ReturnType<typeof testStore>>;

export const emailOf = (person: string) => `${person}@planted.example`;

/** A number of their own, that could be one. */
export const phoneOf = (person: string) =>
  `+49151${String(Buffer.from(person).reduce((sum, byte) => (sum * 31 + byte) % 90_000_000, 7) + 10_000_000)}`;

/** Messages of one person: registration, order, ticket, device, choice. Values are planted for byte searches. */
export function messagesOf(person: string) {
  const userId = `user-${person}`;
  const message = (rest: Record<string, unknown>, id: string) => ({
    messageId: `${person}-${id}`,
    userId,
    timestamp: '2026-11-20T10:00:00.000Z',
    ...rest,
  });
  return [
    message(
      {
        type: 'identify',
        traits: { email: emailOf(person), name: `Planted ${person}`, phone: phoneOf(person) },
      },
      'identify',
    ),
    message(
      {
        type: 'track',
        event: 'Order Completed',
        properties: {
          order_id: `order-${person}`,
          total: 12,
          currency: 'EUR',
          products: [{ product_id: 'tea', name: `Tea for ${person}`, price: 12, quantity: 1 }],
        },
      },
      'order',
    ),
    message(
      { type: 'track', event: 'Product Viewed', properties: { product_id: `viewed-${person}` } },
      'viewed',
    ),
  ];
}

export async function send(ctx: TestGate, shop: Shop, person: string) {
  return collect(ctx, shop.server, { events: messagesOf(person) });
}

/** True when support finds somebody by that e-mail, with the order as evidence. */
export async function isFound(ctx: TestGate, shop: Shop, person: string): Promise<boolean> {
  const found = await find(ctx, {
    actor: shop.actor('privacy-officer'),
    identifier: { kind: 'email', value: emailOf(person) },
    purpose: 'customer-service',
    evidence: { reason: 'the test looks' },
  });
  return found.length > 0;
}

/** Erases by e-mail; resolves with the id of the customer. */
export async function eraseByEmail(ctx: TestGate, shop: Shop, person: string): Promise<string> {
  const [found] = await find(ctx, {
    actor: shop.actor('privacy-officer'),
    identifier: { kind: 'email', value: emailOf(person) },
    purpose: 'customer-service',
    evidence: { reason: 'the test looks' },
  });
  await erase(ctx, {
    actor: shop.actor('privacy-officer'),
    customer: found!.id,
    evidence: { reason: 'the customer asks' },
  });
  return found!.id;
}

/** An installation with a store and these people. */
export async function shopOf(
  people: readonly string[],
  options: Parameters<typeof testGate>[0] = {},
): Promise<{ ctx: TestGate; shop: Shop; files: (name: string) => { data: string; keys: string } }> {
  const ctx = await testGate(options);
  const shop = await testStore(ctx);
  for (const person of people) await send(ctx, shop, person);
  for (const person of people.slice(0, 1)) await isFound(ctx, shop, person); // the ledger has an entry then
  while ((await sequence(ctx)) > 0);
  return {
    ctx,
    shop,
    files: (name) => ({ data: join(ctx.folder, `${name}.data`), keys: join(ctx.folder, `${name}.keys`) }),
  };
}

/** An empty, migrated installation with the same root, on a machine of its own unless `folder` is given. */
export async function emptyTwin(ctx: TestGate, folder?: string): Promise<TestGate> {
  const { db, close } = await testDatabase();
  const own = folder ?? mkdtempSync(join(tmpdir(), 'bailee-test-'));
  const twin: TestGate = {
    ...ctx,
    db,
    root: rootView(ctx.root),
    config: { ...ctx.config, data: own },
    folder: own,
  };
  await openSecrets(twin);
  afterAll(async () => {
    await close();
    if (folder === undefined) rmSync(own, { recursive: true, force: true });
  });
  return twin;
}

/** The lines of a backup. */
export function linesIn(path: string): string[] {
  return gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
}

export function packed(lines: readonly string[]): Buffer {
  return gzipSync(`${lines.join('\n')}\n`);
}

export async function count(ctx: Pick<Ctx, 'db'>, table: string, where = 'true'): Promise<number> {
  const { rows } = await ctx.db.query<{ count: string }>({
    text: `SELECT count(*) FROM ${table} WHERE ${where}`,
  });
  return Number(rows[0]!.count);
}
