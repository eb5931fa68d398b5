import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS } from '../../contract/names.ts';
import {
  count,
  emptyTwin,
  eraseByEmail,
  isFound,
  linesIn,
  logHolds,
  nothingIsLeft,
  packed,
  rehashed,
  send,
  shopOf,
} from '../../test/kit/backup.ts';
import type { TestGate } from '../../test/kit/gate.ts';
import { choose, readStanding } from '../collect/choose.ts';
import { publishNotice } from '../consent/notice.ts';
import { open } from '../gate/open.ts';
import { identifierToken } from '../keys/blind.ts';
import { rootView } from '../keys/root-view.ts';
import { rotate } from '../keys/rotate.ts';
import { openSecrets } from '../keys/secrets.ts';
import { append } from '../ledger/append.ts';
import { checkpoint } from '../ledger/checkpoint.ts';
import { declareKnown } from '../staff/known/declare.ts';
import { relationTo } from '../staff/known/relation.ts';
import { monthsOf } from '../vault/dump.ts';
import { backup } from './backup.ts';
import { makeMonths } from './months.ts';
import { restore } from './restore.ts';

const KNOWS_ADA = '0198f1c2-0000-7000-8000-00000000ada0';

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
    made = await shopOf([]);
    await makeMonths(made.ctx);
    for (const person of ['ada', 'grace']) await send(made.ctx, made.shop, person);
    await isFound(made.ctx, made.shop, 'ada');
    await declareKnown(made.ctx, {
      person: KNOWS_ADA,
      store: made.shop.id,
      relation: 'declared',
      identifier: { kind: 'userId', value: 'user-ada' },
    });
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

  it('still refuses to show people whom they declared as known', async () => {
    const twin = await emptyTwin(made.ctx);
    await restore(twin, files);
    const token = identifierToken(twin, made.shop.id, 'userId', 'user-ada');
    const relation = (person: string) =>
      relationTo(twin, twin.db, { person, store: made.shop.id }, [{ kind: IDENTIFIER_KINDS.userId, token }]);
    expect(await relation(KNOWS_ADA)).toBe('declared');
    expect(await relation(made.shop.id)).toBeNull();
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

  it('puts events into months of their own, as they were', async () => {
    const twin = await emptyTwin(made.ctx);
    await restore(twin, files);
    expect(await monthsOf(twin.db)).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(await count(twin, 'bailee.event')).toBeGreaterThan(0);
    expect(await count(twin, 'bailee.event')).toBe(await count(made.ctx, 'bailee.event'));
    expect(await count(twin, 'bailee.event_other')).toBe(await count(made.ctx, 'bailee.event_other'));
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

describe('a restore over a database that went on', () => {
  it('keeps stale what a change of substance after the backup made stale', async () => {
    const { ctx, shop, files } = await shopOf(['ada']);
    const who = { kind: 'userId', value: 'user-ada' } as const;
    const publish = () =>
      publishNotice(ctx, { store: shop.id, substance: true, change: 'Another recipient.', by: 'test' });
    await publish();
    const notice = { version: 1, language: 'en' };
    await choose(ctx, { source: shop.server, who, choices: { analytics: true }, notice });
    const old = files('before');
    await backup(ctx, old);
    await publish();
    await restore(ctx, { ...old, force: true });
    expect((await readStanding(ctx, { source: shop.server, who })).choices).toEqual({});
    expect(await count(ctx, 'bailee.notice_version', "version = 2 AND language = 'en'")).toBe(1);
  });

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
    const other = await emptyTwin(ctx);
    await other.db.transaction((tx) => append(other, tx, [Buffer.from('another log')]));
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
