import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  count,
  emailOf,
  emptyTwin,
  eraseByEmail,
  isFound,
  linesIn,
  packed,
  send,
  shopOf,
} from '../../test/kit/backup.ts';
import type { TestGate } from '../../test/kit/gate.ts';
import { choose } from '../collect/choose.ts';
import { open } from '../gate/open.ts';
import { rootView } from '../keys/root-view.ts';
import { rotate } from '../keys/rotate.ts';
import { openSecrets } from '../keys/secrets.ts';
import { checkpoint } from '../ledger/checkpoint.ts';
import { signerOf } from '../ledger/signer.ts';
import { tile } from '../ledger/tile.ts';
import { verifyLog } from '../ledger/verify/log.ts';
import { backup } from './backup.ts';
import { lift } from './lift.ts';
import { restore } from './restore.ts';

async function logHolds(ctx: TestGate, earlier: readonly string[]) {
  const report = await verifyLog({
    fetchTile: (path) => tile(ctx, path),
    checkpoint: (await checkpoint(ctx, ctx.db)).text,
    vkeys: [signerOf(ctx, 'ledger').vkey],
    earlier,
  });
  return report.problems;
}

/** Everything that the database holds, counted. */
async function holdings(ctx: TestGate): Promise<number[]> {
  const tables = [
    'bailee.store',
    'bailee.customer',
    'bailee.event',
    'bailee.identifier',
    'bailee.ledger_entry',
  ];
  return Promise.all([...tables, 'keys.data_key', 'keys.secret'].map((table) => count(ctx, table)));
}

describe('restoring into an empty installation', () => {
  let made: Awaited<ReturnType<typeof shopOf>>;
  let files: { data: string; keys: string };
  beforeAll(async () => {
    made = await shopOf(['ada', 'grace']);
    files = made.files('whole');
    await backup(made.ctx, files);
  });

  it('brings everybody back: found by every identifier, opened, stored once', async () => {
    const twin = await emptyTwin(made.ctx);
    const restored = await restore(twin, files);
    expect(restored).toMatchObject({ log: 'loaded', carriedOver: false, erasures: 0, unreadable: 0 });
    for (const person of ['ada', 'grace']) expect(await isFound(twin, made.shop, person)).toBe(true);
    expect(await count(twin, 'bailee.identifier')).toBe(await count(made.ctx, 'bailee.identifier'));
    expect(await count(twin, 'bailee.order_line')).toBe(2);
    const targets = 'SELECT kind, customer_id, target_id, verified FROM bailee.identifier ORDER BY 1, 2, 3';
    expect((await twin.db.query({ text: targets })).rows).toEqual(
      (await made.ctx.db.query({ text: targets })).rows,
    );
    const [row] = (await twin.db.query<{ id: string }>({ text: 'SELECT id FROM bailee.customer LIMIT 1' }))
      .rows;
    const opened = await open(twin, {
      actor: made.shop.actor('privacy-officer'),
      customer: row!.id,
      purpose: 'customer-service',
      evidence: { reason: 'the test looks' },
      fields: ['contact.email'],
    });
    expect(opened.fields['contact.email']).toMatchObject({ state: 'revealed' });
    const again = await send(twin, made.shop, 'ada');
    expect(again.accepted).toBeGreaterThan(0);
    expect(await count(twin, 'bailee.orders')).toBe(2);
  });

  it('goes on with the log of the backup and says in it that there was a restore', async () => {
    const kept = (await checkpoint(made.ctx, made.ctx.db)).text;
    const twin = await emptyTwin(made.ctx);
    const restored = await restore(twin, files);
    expect(await logHolds(twin, [kept])).toEqual([]);
    const entries = await count(
      twin,
      'bailee.opening',
      `kind = 'restore' AND ledger_index = ${restored.ledgerIndex}`,
    );
    expect(entries).toBe(1);
  });

  it('puts events into months of their own where they were', async () => {
    const twin = await emptyTwin(made.ctx);
    await restore(twin, files);
    expect(await count(twin, 'bailee.event')).toBe(await count(made.ctx, 'bailee.event'));
  });

  it('refuses an installation that is not empty unless told to replace it', async () => {
    const { ctx } = made;
    const before = await holdings(ctx);
    await expect(restore(ctx, files)).rejects.toMatchObject({ code: 'conflict' });
    expect(await holdings(ctx)).toEqual(before);
  });

  it('refuses a damaged, shortened, swapped or foreign backup and writes nothing', async () => {
    const twin = await emptyTwin(made.ctx);
    const before = await holdings(twin);
    const whole = readFileSync(files.data);
    const lines = linesIn(files.data);
    const keyLines = linesIn(files.keys);
    const edited = (change: (lines: string[]) => string[]) => packed(change([...lines]));
    const bad: Record<string, Buffer> = {
      shortened: whole.subarray(0, whole.length - 40),
      'without its end': packed(lines.slice(0, -1)),
      'with a row less': edited((each) =>
        each.toSpliced(
          each.findIndex((line) => line.startsWith('[')),
          1,
        ),
      ),
      'with a changed row': edited((each) =>
        each.map((line) => (line.startsWith('["') ? line.replace('"', '"x') : line)),
      ),
      'with bytes turned': Buffer.from(
        whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 255 : byte)),
      ),
      empty: Buffer.alloc(0),
      text: Buffer.from('not a backup'),
      'the keys file': readFileSync(files.keys),
    };
    for (const [name, bytes] of Object.entries(bad)) {
      const path = join(twin.folder, 'bad.data');
      writeFileSync(path, bytes);
      await expect(restore(twin, { ...files, data: path }), name).rejects.toMatchObject({
        code: 'invalid_backup',
      });
    }
    const missing = join(twin.folder, 'nowhere');
    await expect(restore(twin, { ...files, keys: missing })).rejects.toMatchObject({
      code: 'invalid_backup',
    });
    const foreign = { ...JSON.parse(keyLines[0]!), installation: 'another' };
    const path = join(twin.folder, 'foreign.keys');
    writeFileSync(path, rehashed([JSON.stringify(foreign), ...keyLines.slice(1, -1)]));
    await expect(restore(twin, { ...files, keys: path })).rejects.toMatchObject({ code: 'invalid_backup' });
    expect(await holdings(twin)).toEqual(before);
  });

  it('refuses values that do not fit, even under a right hash, and writes nothing', async () => {
    const twin = await emptyTwin(made.ctx);
    const before = await holdings(twin);
    const lines = linesIn(files.data).slice(0, -1);
    const changes: Record<string, (line: string) => string> = {
      'an id that is none': (line) => line.replace(/^\["[0-9a-f-]{36}"/, '["no-uuid"'),
      'a row of another shape': (line) => (line.startsWith('[') ? '["short"]' : line),
      'a table nobody knows': (line) => line.replace('"bailee.choice"', '"bailee.unknown"'),
      'a ledger that is not the one named': (line) =>
        line.replace(/"root":"[^"]+"/, `"root":"${'A'.repeat(43)}="`),
    };
    for (const [name, change] of Object.entries(changes)) {
      const path = join(twin.folder, 'odd.data');
      writeFileSync(path, rehashed(lines.map(change)));
      await expect(restore(twin, { ...files, data: path }), name).rejects.toMatchObject({
        code: 'invalid_backup',
      });
    }
    expect(await holdings(twin)).toEqual(before);
  });

  it('refuses keys of an epoch that was destroyed, and says so', async () => {
    const { ctx, files: paths } = await shopOf(['edith']);
    const old = paths('old');
    await backup(ctx, old);
    await rotate(ctx);
    const twin = await emptyTwin(ctx);
    const before = await holdings(twin);
    await expect(restore(twin, old)).rejects.toMatchObject({
      code: 'epoch_destroyed',
      details: { epoch: 1 },
    });
    await expect(restore(ctx, { ...old, force: true })).rejects.toMatchObject({ code: 'epoch_destroyed' });
    expect(await holdings(twin)).toEqual(before);
  });

  it('refuses keys that were wrapped with another root', async () => {
    const { ctx } = await shopOf([]);
    const twin = await emptyTwin(ctx);
    await expect(restore(twin, files)).rejects.toMatchObject({ code: 'wrong_root_key' });
  });
});

describe('restoring a backup from before an erasure', () => {
  it('reveals nothing of it when the database that recorded it is still there', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    const kept = (await checkpoint(ctx, ctx.db)).text;
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const later = (await checkpoint(ctx, ctx.db)).text;
    const restored = await restore(ctx, { ...old, force: true });
    expect(restored).toMatchObject({ log: 'continued', carriedOver: true, erasures: 1 });
    await nothingIsLeft(ctx, shop, erased);
    expect(await isFound(ctx, shop, 'grace')).toBe(true);
    expect(await logHolds(ctx, [kept, later])).toEqual([]);
  });

  it('reveals nothing of it when that database is lost and only the journal is left', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx);
    const journal = join(twin.folder, 'saved.jsonl');
    copyFileSync(join(ctx.folder, 'erasures.jsonl'), journal);
    const restored = await restore(twin, { ...old, journals: [journal] });
    expect(restored).toMatchObject({ carriedOver: false, erasures: 1, fromJournals: 1 });
    await nothingIsLeft(twin, shop, erased);
    expect(await isFound(twin, shop, 'grace')).toBe(true);
  });

  it('finds the journal in the data folder by itself', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const old = files('before');
    await backup(ctx, old);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx, ctx.folder);
    expect(await restore(twin, old)).toMatchObject({ fromJournals: 1 });
    await nothingIsLeft(twin, shop, erased);
  });

  it('keeps a backup from after the erasure as dead as the erasure left it', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const after = files('after');
    await backup(ctx, after);
    const twin = await emptyTwin(ctx);
    expect(await restore(twin, after)).toMatchObject({ erasures: 1, fromJournals: 0 });
    await nothingIsLeft(twin, shop, erased);
  });

  it('leaves a buyer who was erased and came back as the customer they are now', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const old = files('before');
    await backup(ctx, old);
    await eraseByEmail(ctx, shop, 'ada');
    ctx.clock.advance(1000);
    await lift(ctx, {
      actor: shop.actor('privacy-officer'),
      identifier: { kind: 'email', value: emailOf('ada') },
      evidence: { reason: 'ada orders again' },
    });
    const twin = await emptyTwin(ctx, ctx.folder);
    await restore(twin, old);
    expect(await isFound(twin, shop, 'ada')).toBe(false);
    const sent = await collectFresh(twin, shop, 'ada');
    console.log(
      sent,
      (await twin.db.query({ text: 'select * from bailee.uncollected' })).rows,
      readFileSync(join(ctx.folder, 'erasures.jsonl'), 'utf8'),
      await count(twin, 'bailee.tombstone'),
    );
    expect(sent.accepted).toBeGreaterThan(0);
    expect(await isFound(twin, shop, 'ada')).toBe(true);
  });

  it('drops a quarantined event of the erased customer that the backup still had', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    await quarantineOne(ctx, shop, 'ada');
    await quarantineOne(ctx, shop, 'grace');
    expect(await count(ctx, 'bailee.quarantine')).toBe(2);
    const old = files('before');
    await backup(ctx, old);
    await eraseByEmail(ctx, shop, 'ada');
    const twin = await emptyTwin(ctx, ctx.folder);
    await restore(twin, old);
    expect(await count(twin, 'bailee.quarantine')).toBe(1);
    expect(await count(twin, 'bailee.quarantine', 'cardinality(tokens) > 0')).toBe(1);
    expect(await count(twin, 'keys.row_key')).toBe(1);
  });
});

describe('a restore over a database that went on', () => {
  it('keeps withdrawals, restrictions and revoked keys that came after the backup', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const who = { kind: 'userId', value: 'user-ada' } as const;
    await choose(ctx, { source: shop.server, who, choices: { analytics: true } });
    const key = ctx.random.id();
    await ctx.db.query({
      text: `INSERT INTO bailee.api_key (id, store_id, kind, hash, created_at) VALUES ($1, $2, 'server', '\\x01', now())`,
      values: [key, shop.id],
    });
    const old = files('before');
    await backup(ctx, old);
    ctx.clock.advance(1000);
    await choose(ctx, { source: shop.server, who, choices: { analytics: false } });
    await ctx.db.query({ text: 'UPDATE bailee.api_key SET revoked_at = now() WHERE id = $1', values: [key] });
    await ctx.db.query({ text: 'UPDATE bailee.customer SET restricted_at = now()' });
    await restore(ctx, { ...old, force: true });
    const { rows } = await ctx.db.query<{ state: string }>({
      text: "SELECT state FROM bailee.choice WHERE purpose = 'analytics' ORDER BY received_at DESC LIMIT 1",
    });
    expect(rows[0]?.state).toBe('refused');
    expect(await count(ctx, 'bailee.api_key', 'revoked_at IS NOT NULL')).toBe(1);
    expect(await count(ctx, 'bailee.customer', 'restricted_at IS NULL')).toBe(0);
  });

  it('shreds again every key that was shredded, whether or not an erasure tells why', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    await ctx.db.query({
      text: 'UPDATE keys.data_key SET wrapped = NULL, commitment = NULL, shredded_at = now() WHERE class = 3',
    });
    const shredded = await count(ctx, 'keys.data_key', 'wrapped IS NULL');
    await restore(ctx, { ...old, force: true });
    expect(await count(ctx, 'keys.data_key', 'wrapped IS NULL')).toBe(shredded);
    expect(await isFound(ctx, shop, 'grace')).toBe(true);
  });

  it('says that the log was replaced when it is another one', async () => {
    const { ctx, files } = await shopOf(['ada']);
    const mine = files('mine');
    await backup(ctx, mine);
    const twin = await emptyTwin(ctx);
    await restore(twin, mine);
    const other = await emptyTwin(ctx);
    await send(other, (await shopOf([])).shop, 'joan');
    const { sequence } = await import('../ledger/sequence.ts');
    await other.db.query({ text: 'TRUNCATE bailee.ledger_queue' });
    await other.db.transaction(async (tx) => {
      const { append } = await import('../ledger/append.ts');
      await append(other, tx, [Buffer.from('another log')]);
    });
    await sequence(other);
    expect(await restore(other, { ...mine, force: true })).toMatchObject({ log: 'replaced' });
  });

  it('can be done again after a failure half way, and the failure changes nothing', async () => {
    const { ctx, shop, files } = await shopOf(['ada', 'grace']);
    const old = files('before');
    await backup(ctx, old);
    const erased = await eraseByEmail(ctx, shop, 'ada');
    const before = await holdings(ctx);
    const broken: TestGate = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: (work) =>
          ctx.db.transaction((tx) =>
            work({
              later: tx.later,
              query(statement) {
                if (statement.name === 'rebuild_index') throw new Error('the power fails');
                return tx.query(statement);
              },
            }),
          ),
      },
    };
    await expect(restore(broken, { ...old, force: true })).rejects.toThrow('the power fails');
    expect(await holdings(ctx)).toEqual(before);
    await restore(ctx, { ...old, force: true });
    await nothingIsLeft(ctx, shop, erased);
  });
});

describe('a restored installation', () => {
  it('opens with the root alone, as any other', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const paths = files('whole');
    await backup(ctx, paths);
    const twin = await emptyTwin(ctx);
    await restore(twin, paths);
    const later: TestGate = { ...twin, root: rootView(twin.root) };
    await openSecrets(later);
    expect(await isFound(later, shop, 'ada')).toBe(true);
  });
});

import { createHash } from 'node:crypto';
import { messagesOf, type Shop } from '../../test/kit/backup.ts';
import { collect } from '../collect/collect.ts';

/** A forged backup: changed lines under a hash that fits them. */
function rehashed(lines: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  const rows = lines.filter((line) => line.startsWith('[')).length;
  return packed([...lines, JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })]);
}

/** The same person, with messageIds that were never seen. */
function collectFresh(ctx: TestGate, shop: Shop, person: string) {
  const events = messagesOf(person).map((message) => ({ ...message, messageId: `new-${message.messageId}` }));
  return collect(ctx, shop.server, { events });
}

async function quarantineOne(ctx: TestGate, shop: Shop, person: string): Promise<void> {
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
async function nothingIsLeft(ctx: TestGate, shop: Shop, customer: string): Promise<void> {
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
