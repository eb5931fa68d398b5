/** Vectors of others, and the log of a running server read by a script that shares no code with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { Faults, onPostgres } from './faults.ts';
import { checkpoint } from './log.ts';
import { ask, asOutsider, find, makeShop, open, send, serve } from './shop.ts';
import { type Suite, suiteOf } from './suite.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const VERIFY_LOG = join(ROOT, 'accept/standalone/verify-log.mjs');
/** Enough for a full tile and a part of the next. */
const ENTRIES = 300;
const AT_ONCE = 16;

/** How many vectors there are of each; a title of the suite must tell the same number. */
const VECTORS = [
  [/of AES-GCM: all (\d+) .*\((\d+) run, (\d+) deviate\)/, 316],
  [/of HMAC-SHA-256: all (\d+)/, 174],
  [/of HKDF-SHA-256: all (\d+)/, 86],
  [/all (\d+) inclusion proofs/, 98],
  [/all (\d+) consistency proofs/, 98],
] as const;

export const line: AcceptLine = {
  issue: 1,
  number: 9,
  title: 'Outside vectors, and a running server’s log verified from outside',
  async run({ log }) {
    const faults = new Faults(log);
    const vectors = judgeVectors(await suiteOf('test/conformance'), faults, log);
    const verified = await onPostgres((where) => verifiedLog(where, faults, log));
    return faults.verdict(`${vectors}; ${verified}`);
  },
};

function judgeVectors({ tests }: Suite, faults: Faults, log: (message: string) => void): string {
  for (const { title, status } of tests) faults.equal(status, 'passed', title);
  const titles = tests.map(({ title }) => title);
  let sum = 0;
  for (const [pattern, expected] of VECTORS) {
    const told = titles.map((title) => pattern.exec(title)?.[1]).find((number) => number !== undefined);
    faults.equal(Number(told ?? 0), expected, `vectors of ${pattern.source}`);
    sum += expected;
  }
  const deviations = namedDeviations();
  for (const each of deviations) log(`deviates: ${each}`);
  const told = titles.map((title) => /(\d+) deviate/.exec(title)?.[1]).find((number) => number !== undefined);
  const counted = deviations.reduce((total, each) => total + Number(/\((\d+)\)/.exec(each)?.[1] ?? 0), 0);
  faults.equal(counted, Number(told ?? -1), 'deviations that are named');
  return `${sum} vectors give the expected verdict, ${counted} of them a named deviation`;
}

/** `name (count): why`, as the suite's own file names them. */
function namedDeviations(): string[] {
  const text = readFileSync(join(ROOT, 'test/conformance/wycheproof.test.ts'), 'utf8');
  const list = /const DEVIATIONS = \[([\s\S]*?)\n\] as const/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/name: '([^']+)',\s*why: '([^']+)',[\s\S]*?count: (\d+)/g)].map(
    ([, name, why, number]) => `${name} (${number}): ${why}`,
  );
}

async function verifiedLog(
  where: { dataFolder: string; databaseUrl: string },
  faults: Faults,
  log: (message: string) => void,
): Promise<string> {
  const shop = await makeShop(where);
  const server = await serve(where);
  const { url } = server;
  const asking = { purpose: 'customer-service', evidence: { order: 'log-order' } };
  await send(url, shop.writeKeys.server, [
    {
      type: 'track',
      userId: 'log-user',
      event: 'Order Completed',
      properties: { order_id: 'log-order', total: 1 },
    },
  ]);
  const support = shop.apiKeys.support as string;
  const [found] = await find(url, support, { kind: 'order', value: 'log-order' }, asking);
  if (found === undefined) throw new Error('the customer cannot be found');
  let opened = 0;
  const openers = Array.from({ length: AT_ONCE }, async () => {
    while (opened < ENTRIES) {
      opened += 1;
      await open(url, support, found.id, asking);
    }
  });
  await Promise.all(openers);

  const { body } = await ask(`${url}/ledger/keys`, null);
  const { keys } = body as { keys: readonly { vkey: string; purpose: string }[] };
  const vkey = keys.find(({ purpose }) => purpose === 'ledger')?.vkey ?? '';
  const { size } = await checkpoint(url);
  faults.check(size > 256, `the log has a full tile (${size} entries)`);
  const verified = await verifyLog(url, vkey);
  log(`verify-log.mjs: ${verified.text}`);
  faults.check(
    verified.ok && verified.text.startsWith(`ok size=${size} `),
    'the running server’s log verifies',
  );

  const receiptKey = keys.find(({ purpose }) => purpose === 'receipt')?.vkey ?? '';
  faults.check(!(await verifyLog(url, receiptKey)).ok, 'another key does not verify the checkpoint');
  await tamper(where.databaseUrl);
  await server.stop();
  const again = await serve(where);
  const tampered = await verifyLog(again.url, vkey);
  log(`after one bit of one entry was changed: ${tampered.text}`);
  faults.check(!tampered.ok, 'a log with one changed bit does not verify');
  return `a log of ${size} entries verifies from outside, and not with one bit changed`;
}

/** One bit of one entry in the middle. */
async function tamper(databaseUrl: string): Promise<void> {
  await asOutsider(databaseUrl, (client) =>
    client.query(
      'UPDATE bailee.ledger_entry SET leaf = set_bit(leaf, 77, 1 - get_bit(leaf, 77)) WHERE index = 130',
    ),
  );
}

async function verifyLog(url: string, vkey: string): Promise<{ ok: boolean; text: string }> {
  const child = spawn(process.execPath, [VERIFY_LOG, url, vkey], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { ok: code === 0, text: text.trim() };
}
