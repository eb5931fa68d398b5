/** The examples do what their READMEs say: installed alone, started as a shop would, against a real server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { testServer } from '../kit/server.ts';
import { identify, shop } from '../kit/shop.ts';
import { gateContext, makeStore } from '../kit/store.ts';
import { npm, packLibraries, ROOT } from './pack.ts';

const SLOW_MS = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'bailee-examples-'));
const children: ChildProcess[] = [];
let tarball: string;
let environment: Record<string, string>;
let customers: { readonly agreed: string; readonly other: string };
let orders: () => Promise<string | null>;

/** What an example does is the same on both engines, and installing Next takes a minute: once is enough. */
const EXAMPLES = inject('engine') === 'pglite' ? ['express', 'next'] : ['express'];

beforeAll(async () => {
  tarball = packLibraries(['client'], folder).get('client')!;
  const ctx = await gateContext();
  const store = await makeStore(ctx);
  const { server } = await testServer(ctx);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  environment = {
    BAILEE_URL: url,
    BAILEE_WRITE_KEY: store.serverKey,
    BAILEE_API_KEY: store.apiKeys.marketing,
  };
  const ours = shop(ctx, {
    kind: 'server',
    store: store.store,
    key: store.ids.get(store.serverKey)!,
    country: null,
  });
  const agrees = { context: { consent: { categoryPreferences: { personalization: true } } } };
  await ours.send(identify('u-agreed', agrees), identify('u-other'));
  customers = { agreed: await ours.idOf('userId', 'u-agreed'), other: await ours.idOf('userId', 'u-other') };
  orders = () => ours.find('order', 'O-1001');
}, SLOW_MS);

afterAll(() => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs the example and starts it; answers its address. */
async function start(name: string): Promise<string> {
  const here = join(folder, name);
  cpSync(join(ROOT, 'examples', name), here, { recursive: true });
  npm(['ci', '--no-audit', '--no-fund', '--prefer-offline'], here);
  npm(['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', tarball], here);
  const port = await freePort();
  const env = { ...process.env, ...environment, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' };
  const scripts = name === 'next' ? ['build', 'start'] : ['start'];
  for (const script of scripts.slice(0, -1)) npm(['run', script], here);
  const [program, ...args] =
    name === 'next' ? ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'] : ['server.mjs'];
  children.push(spawn(process.execPath, [program!, ...args], { cwd: here, env, stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
  return url;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

describe('a shop that follows an example', { timeout: SLOW_MS }, () => {
  it.each(EXAMPLES)('%s sends its orders, and shows personal offers to who agreed alone', async (name) => {
    const url = await start(name);
    const order = { userId: 'u-agreed', orderId: 'O-1001', total: 30, currency: 'EUR' };
    const posted = await fetch(`${url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    expect([posted.status, await posted.json()]).toEqual([201, { orderId: 'O-1001' }]);
    expect(await orders()).toBe(customers.agreed);
    const offers = async (customer: string) =>
      (await fetch(name === 'next' ? `${url}/?customer=${customer}` : `${url}/offers/${customer}`)).text();
    expect(await offers(customers.agreed)).toMatch(/for you/);
    expect(await offers(customers.other)).toMatch(/for all/);
  });
});
