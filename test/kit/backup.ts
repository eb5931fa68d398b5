/** A shop with a few customers, and an empty installation beside it that shares its root: what backups and restores need. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { find } from '../../src/gate/find.ts';
import { rootView } from '../../src/keys/root-view.ts';
import { openSecrets } from '../../src/keys/secrets.ts';
import { checkpoint } from '../../src/ledger/checkpoint.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { signerOf } from '../../src/ledger/signer.ts';
import { tile } from '../../src/ledger/tile.ts';
import { verifyLog } from '../../src/ledger/verify/log.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { erase } from '../../src/rights/erase.ts';
import { closeAfterFile } from './closing.ts';
import { testDatabase } from './context.ts';
import { OPERATOR } from './erase.ts';
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
      {
        type: 'track',
        event: 'Product Viewed',
        properties: { product_id: `viewed-${person}` },
        context: { consent: { categoryPreferences: { analytics: true } } },
      },
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
    actor: OPERATOR,
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
  closeAfterFile(async () => {
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

/** What an outside verifier has against the log, with checkpoints kept from before. */
export async function logHolds(ctx: TestGate, earlier: readonly string[]) {
  const report = await verifyLog({
    fetchTile: (path) => tile(ctx, path),
    checkpoint: (await checkpoint(ctx, ctx.db)).text,
    vkeys: [signerOf(ctx, 'ledger').vkey],
    earlier,
  });
  return report.problems;
}

/** A forged backup: changed lines under a hash that fits them. */
export function rehashed(lines: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  const rows = lines.filter((line) => line.startsWith('[')).length;
  return packed([...lines, JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })]);
}

/** The same person, with messageIds that were never seen. */
export function collectFresh(ctx: TestGate, shop: Shop, person: string) {
  const events = messagesOf(person).map((message) => ({ ...message, messageId: `new-${message.messageId}` }));
  return collect(ctx, shop.server, { events });
}

/** An event that cannot be stored, of that person. */
export async function quarantineOne(ctx: TestGate, shop: Shop, person: string): Promise<void> {
  const [first] = messagesOf(person);
  await collect(ctx, shop.server, {
    events: [
      {
        ...first,
        type: 'track',
        event: 'Order Completed',
        messageId: `bad-${person}`,
        timestamp: 'never',
        properties: { order_id: 7, products: 'none' },
      },
    ],
  });
}

/** After the erasure of `ada`: no key, no identifier, no row that opens, and a replay brings nothing back. */
export async function nothingIsLeft(ctx: TestGate, shop: Shop, customer: string): Promise<void> {
  const own = `customer_id = '${customer}'`;
  expect(await count(ctx, 'keys.data_key', `${own} AND wrapped IS NOT NULL AND class <> 2`)).toBe(0);
  expect(await count(ctx, 'bailee.identifier', `${own} AND kind <> 5`)).toBe(0);
  expect(await count(ctx, 'bailee.customer_identifier', `${own} AND kind <> 5`)).toBe(0);
  expect(await count(ctx, 'bailee.field_value', own)).toBe(0);
  expect(await count(ctx, 'bailee.customer', `id = '${customer}' AND erased_at IS NULL`)).toBe(0);
  expect(await isFound(ctx, shop, 'ada')).toBe(false);
  await send(ctx, shop, 'ada');
  await collectFresh(ctx, shop, 'ada');
  expect(await isFound(ctx, shop, 'ada')).toBe(false);
  expect(await count(ctx, 'bailee.identifier', `${own} AND kind <> 5`)).toBe(0);
}
