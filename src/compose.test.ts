import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../contract/names.ts';
import { type TestDatabase, testDatabase } from '../test/kit/context.ts';
import { staffEntries } from '../test/kit/staff-entries.ts';
import { compose } from './compose.ts';
import type { App, Deps } from './edge/cli/command.ts';
import { runCli } from './edge/cli/run.ts';
import type { DemoFile } from './edge/demo/file.ts';
import { readConfig } from './platform/config.ts';
import { makeLog } from './platform/log.ts';

const folders: string[] = [];
let database: TestDatabase | null = null;

beforeAll(async () => {
  const made = await testDatabase();
  // On PostgreSQL the composition connects by itself; the embedded engine makes its own in the folder.
  if (made.url === null) await made.close();
  else database = made;
});
afterAll(async () => {
  await database?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  folders.push(folder);
  return folder;
}

function configOf(folder: string, env: Record<string, string> = {}) {
  const url: Record<string, string> = database === null ? {} : { DATABASE_URL: database.url! };
  const own = { BAILEE_DATA: folder, BAILEE_LOG_LEVEL: 'silent', PORT: '0', BAILEE_DEMO_CUSTOMERS: '120' };
  return readConfig({ ...own, ...url, ...env }, null);
}

/** Runs a command in this process, on `folder`. */
async function bailee(
  folder: string,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const deps: Deps = {
    compose,
    config: () => configOf(folder),
    env: {},
    quietLog: () => makeLog({ logLevel: 'silent' }),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: () => undefined,
    exit: () => undefined,
  };
  const code = await runCli(argv, deps);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('an installation', () => {
  const folder = newFolder();
  let app: App | null = null;
  afterEach(async () => {
    await app?.stop();
    app = null;
  });
  const start = async (env: Record<string, string> = {}) => {
    app = await compose(configOf(folder, env));
    return app;
  };

  it('is ready only once it is open, and fills the demo shop with as many customers as asked for before', async () => {
    const { server, fillDemo, open, listen } = await start();
    const ready = async () => (await server.inject({ url: '/ready' })).statusCode;
    const url = await listen();
    expect(await ready()).toBe(503);
    const demo = await fillDemo(() => undefined);
    open();
    expect(await ready()).toBe(200);
    const file = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    expect(file).toEqual(demo);
    expect(statSync(join(folder, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(file).toMatchObject({ url, customers: expect.any(Array) });
    expect(new Set(file.staff.map(({ role }) => role))).toEqual(new Set(ROLES));
    expect(file.customers).toHaveLength(120);
    expect(Object.keys(file.writeKeys)).toEqual(['server', 'browser']);
    expect(Object.keys(file.apiKeys)).toEqual(
      expect.arrayContaining(['support', 'privacyOfficer', 'administrator']),
    );
    const page = await server.inject({ url: '/', headers: { 'accept-language': 'en' } });
    expect(page.body).toContain('The ledger holds');
  });

  it('keeps its demo shop at the next start, with its keys, at the new address', async () => {
    const before = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const { fillDemo, listen } = await start();
    const url = await listen();
    expect(await fillDemo(() => undefined)).toEqual({ ...before, url });
  });

  it('opens, verifies and counts by command, without a server', async () => {
    const opened = await bailee(folder, 'open', '--order', '1001', '--purpose', 'customer-service', '--json');
    expect(opened.err).toBe('');
    expect(JSON.parse(opened.out).fields['identity.name'].state).toBe('revealed');
    const verified = await bailee(folder, 'verify', '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, problems: [] });
    const report = await bailee(folder, 'report', 'orders', '--by', 'country', '--json');
    const rows = JSON.parse(report.out).rows as { country: string; orders: number; amount: string }[];
    expect(rows).toHaveLength(10);
    expect(rows.every((row) => row.orders > 0 && /^\d+\.\d\d+$/.test(row.amount))).toBe(true);
  });

  it('erases by command, and the receipt holds with published keys alone', async () => {
    const { customers } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const receipt = join(folder, 'receipt.json');
    const { email } = customers[0]!;
    const erased = await bailee(
      folder,
      'erase',
      '--email',
      email,
      '--reason',
      'she asked',
      '--receipt',
      receipt,
    );
    expect(erased.code).toBe(0);
    const { server } = await start();
    const { keys } = (await server.inject({ url: '/ledger/keys' })).json() as { keys: { vkey: string }[] };
    const vkeys = keys.flatMap(({ vkey }) => ['--vkey', vkey]);
    await app!.stop();
    expect((await bailee(folder, 'verify', 'receipt', receipt, ...vkeys)).code).toBe(0);
    const forged = JSON.parse(readFileSync(receipt, 'utf8')) as { entry: { at: number } };
    forged.entry.at += 1;
    writeFileSync(receipt, JSON.stringify(forged));
    expect((await bailee(folder, 'verify', 'receipt', receipt, ...vkeys)).code).toBe(6);
  });

  it('makes a real store once, and shows its keys once', async () => {
    const made = await bailee(folder, 'init', '--name', 'Mill', '--country', 'de', '--json');
    const { store, apiKeys } = JSON.parse(made.out) as {
      store: { id: string };
      apiKeys: { support: string };
    };
    expect((await bailee(folder, 'init', '--name', 'Mill')).code).toBe(1);
    const more = await bailee(folder, 'init', '--key', 'auditor', '--store', 'Mill', '--json');
    expect(JSON.parse(more.out)).toMatchObject({ store: store.id, role: 'auditor' });
    const { ctx } = await start();
    const { rows } = await ctx.db.query<{ found: boolean }>({
      text: "SELECT bool_or(encode(hash, 'escape') LIKE '%' || $1 || '%') AS found FROM bailee.api_key",
      values: [apiKeys.support],
    });
    expect(rows[0]?.found).toBe(false);
  });

  it('lets none but the operator make stores and keys', async () => {
    const { apiKeys } = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const { ctx, server, operatorToken } = await start();
    const ask = (key: string, remoteAddress = '127.0.0.1') =>
      server.inject({
        method: 'POST',
        url: '/api/operator/keys',
        headers: { authorization: `Bearer ${key}` },
        payload: { role: 'support', store: 'Mill' },
        remoteAddress,
      });
    expect((await ask(apiKeys.administrator!)).statusCode).toBe(403);
    expect((await ask(randomBytes(32).toString('base64url'))).statusCode).toBe(401);
    expect((await ask(operatorToken, '203.0.113.9')).statusCode).toBe(403);
    expect((await ask(operatorToken)).statusCode).toBe(200);
    // What the operator gives is an entry as well, and ends when it is to end.
    const until = new Date(ctx.clock.now() + 86_400_000).toISOString();
    const roles = [{ role: 'support', until }];
    const invited = await server.inject({
      method: 'POST',
      url: '/api/operator/staff',
      headers: { authorization: `Bearer ${operatorToken}` },
      payload: { email: 'for.a.day@mill.example', name: 'For A Day', roles, store: 'Mill' },
    });
    const { id } = invited.json() as { id: string };
    const { rows } = await ctx.db.query<{ until: Date | null }>({
      text: 'SELECT until FROM bailee.person_role WHERE person_id = $1',
      values: [id],
    });
    expect(rows.map((row) => row.until?.toISOString())).toEqual([until]);
    const steps = (await staffEntries(ctx)).filter(({ by }) => by === 'operator').map(({ step }) => step);
    expect(steps.slice(-2)).toEqual(['key-made', 'invited']);
  });

  it('refuses to start with another root key, and writes nothing', async () => {
    const before = await countAll(await start());
    await app!.stop();
    const wrong = { BAILEE_ROOT_KEY: randomBytes(32).toString('hex') };
    await expect(compose(configOf(folder, wrong))).rejects.toMatchObject({ code: 'wrong_root_key' });
    const missing = { BAILEE_KEYS_FILE: join(folder, 'elsewhere.json') };
    await expect(compose(configOf(folder, missing))).rejects.toMatchObject({ code: 'wrong_root_key' });
    expect(() => statSync(missing.BAILEE_KEYS_FILE)).toThrow();
    expect(await countAll(await start())).toEqual(before);
  });

  it('numbers a catalog once, and a changed one anew', async () => {
    expect((await start()).ctx.catalogVersion).toBe(1);
    await app!.stop();
    const own = join(folder, 'own.yaml');
    writeFileSync(
      own,
      `fields:
  - { id: 10001, name: account.tier, class: account, sensitivity: ordinary, identifiability: none,
      purposes: [customer-service], retention: identity, mask: hidden, dpv: "https://w3id.org/dpv/pd#AccountIdentifier" }
`,
    );
    const { ctx } = await start({ BAILEE_CATALOG: own });
    expect([ctx.catalogVersion, ctx.catalog.fieldByName.has('account.tier')]).toEqual([2, true]);
    await app!.stop();
    expect((await start()).ctx.catalogVersion).toBe(1);
  });

  it('leaves no ledger entry unplaced when it stops, and may be stopped twice', async () => {
    const { runJobs, stop } = await start();
    await runJobs();
    await stop();
    await stop();
    const { ctx } = await start();
    const { rows } = await ctx.db.query({ text: 'SELECT id FROM bailee.ledger_queue' });
    expect(rows).toEqual([]);
  });

  it('says that nothing answers at an address', async () => {
    const answer = await bailee(folder, 'verify', '--url', 'http://127.0.0.1:1');
    expect(answer).toMatchObject({
      code: 5,
      err: 'Nothing answers at http://127.0.0.1:1. Is the server running?',
    });
  });
});

/** Rows of the tables that a start could touch. */
async function countAll({ ctx }: App): Promise<unknown> {
  const tables = [
    'keys.secret',
    'keys.epoch',
    'bailee.signing_key',
    'bailee.catalog_version',
    'bailee.migration',
  ];
  const { rows } = await ctx.db.query({
    text: tables
      .map((table) => `SELECT '${table}' AS name, count(*)::int AS n FROM ${table}`)
      .join(' UNION ALL '),
  });
  return rows;
}
