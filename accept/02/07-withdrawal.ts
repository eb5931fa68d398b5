/** No opening outruns a withdrawal: 200 openings a second, withdrawals among them, on one node and on two. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Faults, onPostgres } from '../01/faults.ts';
import { ask, find, makeShop, type Opened, type Shop, send, serve, shows } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';

const RATE = 200;
const SECONDS = 20;
const QUICK_SECONDS = 6;
const CUSTOMERS = 60;
/** Openings go to those who are about to withdraw, or just did. */
const WINDOW = 6;
const PURPOSE = 'marketing-email';

interface Runner {
  readonly id: string;
  readonly userId: string;
  /** Ledger index of the withdrawal. */
  index: number | null;
  /** When it was acknowledged, on the clock of `performance`. */
  at: number | null;
}

interface Look {
  readonly runner: Runner;
  readonly index: number;
  readonly started: number;
  readonly shown: boolean;
}

export const line: AcceptLine = {
  issue: 2,
  number: 7,
  title: 'After a withdrawal, no opening at a higher index: one node, and two',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    const seconds = quick ? QUICK_SECONDS : SECONDS;
    const figures: string[] = [];
    for (const nodes of [1, 2])
      await onPostgres(async (where) => {
        const shop = await makeShop(where);
        const urls = [(await serve(where, { env: { BAILEE_POOL: '16' } })).url];
        // A second node has a folder of its own, and the same keys.
        const keys = join(where.dataFolder, 'keys', 'root.json');
        const second = { databaseUrl: where.databaseUrl, dataFolder: join(where.dataFolder, 'second') };
        mkdirSync(second.dataFolder);
        if (nodes === 2)
          urls.push((await serve(second, { env: { BAILEE_POOL: '16', BAILEE_KEYS_FILE: keys } })).url);
        const figure = await race({ urls, shop, faults }, seconds);
        figures.push(`${nodes} node${nodes > 1 ? 's' : ''}: ${figure}`);
        log(figures.at(-1)!);
      });
    return faults.verdict(`${figures.join('; ')}; 0 at a higher index`);
  },
};

interface Here {
  readonly urls: readonly string[];
  readonly shop: Shop;
  readonly faults: Faults;
}

async function race(here: Here, seconds: number): Promise<string> {
  const runners = await makeRunners(here);
  const looks: Look[] = [];
  const under: Promise<void>[] = [];
  const begun = performance.now();
  const withdrawing = withdrawAll(here, runners, seconds);
  let sent = 0;
  while (sent < seconds * RATE) {
    // Open loop: what is due is sent, whether or not what was sent before is answered.
    const due = Math.floor(((performance.now() - begun) / 1000) * RATE);
    for (; sent < due; sent += 1) under.push(look(here, pick(runners, sent), sent, looks));
    await new Promise((wake) => setTimeout(wake, 5));
  }
  const rate = (sent * 1000) / (performance.now() - begun);
  await withdrawing;
  for (let more = 0; more < RATE; more += 1)
    under.push(look(here, runners[more % runners.length]!, more, looks));
  await Promise.all(under);
  return judge(here.faults, runners, looks, rate);
}

/** Around the one who withdraws next: half before, half after. */
function pick(runners: readonly Runner[], nth: number): Runner {
  const next = runners.findIndex((runner) => runner.at === null);
  const from = Math.max(0, (next < 0 ? runners.length : next) - WINDOW / 2);
  return runners[Math.min(runners.length - 1, from + (nth % WINDOW))]!;
}

async function makeRunners({ urls, shop }: Here): Promise<Runner[]> {
  const names = Array.from({ length: CUSTOMERS }, (_, n) => `withdraws-${n}`);
  const consent = { categoryPreferences: { [PURPOSE]: true } };
  await send(
    urls[0]!,
    shop.writeKeys.server,
    names.flatMap((userId) => [
      { type: 'identify', userId, traits: { email: `${userId}@example.com` }, context: { consent } },
      {
        type: 'track',
        event: 'Order Completed',
        userId,
        properties: { order_id: `order-${userId}`, total: 5, currency: 'EUR' },
      },
    ]),
  );
  const runners: Runner[] = [];
  for (const userId of names) {
    const asking = { purpose: 'customer-service', evidence: { order: `order-${userId}` } };
    const support = shop.apiKeys.support as string;
    const [found] = await find(urls[0]!, support, { kind: 'userId', value: userId }, asking);
    if (found === undefined) throw new Error(`${userId} cannot be found`);
    runners.push({ id: found.id, userId, index: null, at: null });
  }
  return runners;
}

async function withdrawAll({ urls, shop, faults }: Here, runners: readonly Runner[], seconds: number) {
  const pause = (seconds * 1000) / (runners.length + 1);
  for (const [nth, runner] of runners.entries()) {
    await new Promise((wake) => setTimeout(wake, pause));
    const body = { userId: runner.userId, choices: { [PURPOSE]: false } };
    const answer = await ask(`${urls[nth % urls.length]}/v1/consent/choices`, shop.writeKeys.server, body);
    faults.equal(answer.status, 200, 'a withdrawal is acknowledged');
    runner.index = (answer.body as { ledgerIndex?: number }).ledgerIndex ?? null;
    faults.check(runner.index !== null, 'a withdrawal is answered with its index');
    runner.at = performance.now();
  }
}

async function look({ urls, shop, faults }: Here, runner: Runner, nth: number, looks: Look[]): Promise<void> {
  const url = urls[nth % urls.length];
  const started = performance.now();
  const answer = await ask(`${url}/api/customers/${runner.id}/open`, shop.apiKeys.marketing as string, {
    purpose: PURPOSE,
  });
  faults.equal(answer.status, 200, 'an opening is answered');
  if (answer.status !== 200) return;
  const opened = answer.body as Opened;
  looks.push({ runner, index: opened.opening.ledgerIndex, started, shown: shows(opened) });
}

function judge(faults: Faults, runners: readonly Runner[], looks: readonly Look[], rate: number): string {
  let above = 0;
  for (const { runner, index, started, shown } of looks) {
    if (runner.index === null || runner.at === null) continue;
    const later = index > runner.index;
    if (later) above += 1;
    faults.check(!shown || !later, `opened at ${index}, above the withdrawal at ${runner.index}`);
    faults.check(!shown || started < runner.at, 'opened though asked after the withdrawal was acknowledged');
  }
  const shown = looks.filter((each) => each.shown).length;
  faults.check(shown > 0 && above > 0, 'there were openings before and after');
  faults.check(rate >= RATE * 0.9, `${Math.round(rate)} openings a second instead of ${RATE}`);
  const withdrawn = runners.filter((runner) => runner.index !== null).length;
  return `${looks.length} openings at ${Math.round(rate)} a second, ${withdrawn} withdrawals, ${shown} opened, ${above} asked above a withdrawal and shut`;
}
