/** 64 openings at once against withdrawals and erasures, judged by ledger indexes and by the order of answers. */
import type { Faults } from './faults.ts';
import { indexOf } from './log.ts';
import {
  ask,
  asOutsider,
  eraseTogether,
  find,
  type Opened,
  type Shop,
  send,
  shows,
  type Where,
} from './shop.ts';

const AT_ONCE = 64;
const CUSTOMERS = 40;
const ROUND_MS = 3_000;

export interface Racing {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  readonly faults: Faults;
}

export interface Raced {
  opened: number;
  shut: number;
  withdrawals: number;
  erasures: number;
}

interface Runner {
  readonly id: string;
  readonly userId: string;
  readonly order: string;
  readonly fate: 'choice' | 'event' | 'erased' | 'left';
  /** Index of the withdrawal or the erasure. */
  index: number | null;
  /** When it was acknowledged, on the clock of `performance`. */
  at: number | null;
}

interface Look {
  readonly runner: Runner;
  readonly purpose: 'marketing-email' | 'customer-service';
  readonly index: number;
  readonly started: number;
  readonly shown: boolean;
}

/** Runs rounds of new customers and adds up. Faults are noted for every opening above an index that shut it. */
export async function raceChoices(
  here: Racing,
  rounds: number,
  log: (message: string) => void,
): Promise<Raced> {
  const sum: Raced = { opened: 0, shut: 0, withdrawals: 0, erasures: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const runners = await makeRunners(here, round);
    const looks = await run(here, runners);
    await indexesOfEvents(here, runners);
    judge(here.faults, runners, looks, sum);
    log(`round ${round + 1} of ${rounds}: ${sum.opened} opened, ${sum.shut} shut so far`);
  }
  here.faults.check(sum.opened > 0 && sum.shut > 0, 'there were openings before and after');
  return sum;
}

async function makeRunners({ url, shop }: Racing, round: number): Promise<Runner[]> {
  const names = Array.from({ length: CUSTOMERS }, (_, n) => `runner-${round}-${n}`);
  await send(
    url,
    shop.writeKeys.server,
    names.flatMap((userId) => [
      {
        type: 'identify',
        userId,
        traits: { email: `${userId}@example.com`, name: 'Rosa Renn' },
        context: { consent: { categoryPreferences: { 'marketing-email': true } } },
      },
      {
        type: 'track',
        event: 'Order Completed',
        userId,
        properties: { order_id: `order-${userId}`, total: 5, currency: 'EUR' },
      },
    ]),
  );
  const fates = ['choice', 'event', 'erased', 'left'] as const;
  return Promise.all(
    names.map(async (userId, n): Promise<Runner> => {
      const order = `order-${userId}`;
      const asking = { purpose: 'customer-service', evidence: { order } };
      const [found] = await find(
        url,
        shop.apiKeys.support as string,
        { kind: 'userId', value: userId },
        asking,
      );
      if (found === undefined) throw new Error(`${userId} cannot be found`);
      return { id: found.id, userId, order, fate: fates[n % 4] as Runner['fate'], index: null, at: null };
    }),
  );
}

async function run(here: Racing, runners: readonly Runner[]): Promise<Look[]> {
  const looks: Look[] = [];
  const until = performance.now() + ROUND_MS;
  let pending = true;
  const openers = Array.from({ length: AT_ONCE }, async (_, n) => {
    // On until all withdrawals are acknowledged, and a little longer: what comes after them counts most.
    for (let turn = n; pending || performance.now() < until; turn += 7) {
      const look = await lookAt(here, runners[turn % runners.length] as Runner, turn);
      if (look !== null) looks.push(look);
    }
  });
  const changes = runners.map(async (runner, n) => {
    await new Promise((wake) => setTimeout(wake, 200 + (n * ROUND_MS) / (2 * runners.length)));
    await change(here, runner);
  });
  try {
    await Promise.all(changes);
  } finally {
    pending = false;
  }
  await Promise.all(openers);
  return looks;
}

async function lookAt({ url, shop, faults }: Racing, runner: Runner, turn: number): Promise<Look | null> {
  const purpose = turn % 3 === 0 ? 'customer-service' : 'marketing-email';
  const key = (purpose === 'customer-service' ? shop.apiKeys.support : shop.apiKeys.marketing) as string;
  const body = purpose === 'customer-service' ? { purpose, evidence: { order: runner.order } } : { purpose };
  const started = performance.now();
  const answer = await ask(`${url}/api/customers/${runner.id}/open`, key, body);
  if (answer.status !== 200) {
    const refused = answer.status >= 400 && answer.status < 500;
    faults.check(refused, `an opening of the race was answered ${answer.status}`);
    return null;
  }
  const opened = answer.body as Opened;
  return { runner, purpose, index: opened.opening.ledgerIndex, started, shown: shows(opened) };
}

async function change({ url, shop, faults }: Racing, runner: Runner): Promise<void> {
  const no = { 'marketing-email': false };
  if (runner.fate === 'left') return;
  if (runner.fate === 'erased') {
    const answer = await eraseTogether(url, shop.apiKeys, runner.id);
    faults.equal(answer.status, 200, 'an erasure is acknowledged');
    runner.index = indexOf((answer.body as { receipt: unknown }).receipt);
  } else if (runner.fate === 'choice') {
    const body = { userId: runner.userId, choices: no };
    const answer = await ask(`${url}/v1/consent/choices`, shop.writeKeys.server, body);
    faults.equal(answer.status, 200, 'a withdrawal is acknowledged');
    runner.index = (answer.body as { ledgerIndex?: number }).ledgerIndex ?? null;
    faults.check(runner.index !== null, 'a withdrawal is answered with its index');
  } else {
    const consent = { categoryPreferences: no };
    const event = 'Segment Consent Preference Updated';
    const answer = await send(url, shop.writeKeys.server, [
      { type: 'track', event, userId: runner.userId, context: { consent } },
    ]);
    faults.equal(answer.accepted, 1, 'a withdrawal by event is taken');
  }
  runner.at = performance.now();
}

/** A batch is answered without indexes, so the withdrawals in it are looked up as an outsider. */
async function indexesOfEvents({ where, faults }: Racing, runners: readonly Runner[]): Promise<void> {
  const byEvent = runners.filter(({ fate }) => fate === 'event');
  const rows = await asOutsider(where.databaseUrl, async (client) => {
    const answer = await client.query<{ customer_id: string; n: string }>(
      `SELECT customer_id, max(ledger_index) AS n FROM bailee.opening
       WHERE kind = 'choice' AND customer_id = ANY ($1) GROUP BY customer_id`,
      [byEvent.map(({ id }) => id)],
    );
    return answer.rows;
  });
  for (const runner of byEvent) {
    const row = rows.find((each) => each.customer_id === runner.id);
    runner.index = row === undefined ? null : Number(row.n);
    faults.check(
      runner.index !== null && Number.isFinite(runner.index),
      'a withdrawal by event has an index',
    );
  }
}

function judge(faults: Faults, runners: readonly Runner[], looks: readonly Look[], sum: Raced): void {
  for (const { fate } of runners) {
    if (fate === 'erased') sum.erasures += 1;
    else if (fate !== 'left') sum.withdrawals += 1;
  }
  for (const { runner, purpose, index, started, shown } of looks) {
    if (!shown) {
      sum.shut += 1;
      continue;
    }
    sum.opened += 1;
    const { fate } = runner;
    const shuts = fate === 'erased' || (fate !== 'left' && purpose === 'marketing-email');
    if (!shuts || runner.index === null || runner.at === null) continue;
    const what = fate === 'erased' ? 'erasure' : 'withdrawal';
    faults.check(index < runner.index, `${purpose} opened at ${index}, above the ${what} at ${runner.index}`);
    faults.check(started < runner.at, `${purpose} opened though asked after the ${what} was acknowledged`);
  }
  const kept = looks.filter(({ runner }) => runner.fate === 'left');
  faults.check(
    kept.every(({ shown }) => shown),
    'whoever withdrew nothing stays open',
  );
}
