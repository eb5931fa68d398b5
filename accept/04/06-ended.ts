/** Who may no longer look sees nothing from the next request on: role, person, session or training ended, on two nodes. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Faults, onPostgres } from '../01/faults.ts';
import { find, makeShop, type Opened, type Shop, send, serve, shows, type Where } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { type Desk, FASTER_THAN_PEOPLE, type Hired, hire, signIn } from './desk.ts';

const TIMES = 20;
const QUICK_TIMES = 1;

interface Here {
  readonly where: Where;
  /** Where rights are changed, and where the person works. */
  readonly urls: readonly [string, string];
  readonly boss: Hired;
  readonly customer: string;
  readonly faults: Faults;
}

/** What ends, by name. Resolves when it is acknowledged. */
const ENDS: Readonly<Record<string, (here: Here, agent: Hired) => Promise<void>>> = {
  role: async ({ boss }, { id }) =>
    must(await boss.desk.post(`/api/staff/${id}`, { roles: [{ role: 'marketing' }] })),
  person: async ({ boss }, { id }) => must(await boss.desk.post(`/api/staff/${id}/leave`)),
  session: async ({ urls }, { desk }) => must(await desk.at(urls[0]).post('/api/session/end')),
  // Time cannot be waited for: the year of a pass is over.
  training: async ({ where }, { id }) => {
    const client = new pg.Client({ connectionString: where.databaseUrl });
    await client.connect();
    await client.query(
      `UPDATE bailee.training SET until = now() - interval '1 second' WHERE person_id = $1`,
      [id],
    );
    await client.end();
  },
};

export const line: AcceptLine = {
  issue: 4,
  number: 6,
  title:
    'A person whose role, training or session ended sees nothing new from the next request on, on two nodes',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    let after = 0;
    await onPostgres(async (where) => {
      const shop = await makeShop(where);
      const first = await serve(where, { env: FASTER_THAN_PEOPLE });
      const second = { databaseUrl: where.databaseUrl!, dataFolder: join(where.dataFolder, 'second') };
      mkdirSync(second.dataFolder);
      const keys = join(where.dataFolder, 'keys', 'root.json');
      const other = await serve(second, { env: { ...FASTER_THAN_PEOPLE, BAILEE_KEYS_FILE: keys } });
      const boss = await hire(where, first.url, ['administrator'], 'Boss');
      const customer = await makeCustomer(first.url, shop);
      const here: Here = { where, urls: [first.url, other.url], boss, customer, faults };
      for (let time = 0; time < (quick ? QUICK_TIMES : TIMES); time += 1)
        for (const what of Object.keys(ENDS)) after += await one(here, what, time, log);
    });
    return faults.verdict(`${after} requests after an end, on the other node: none showed anything`);
  },
};

/** Opens in a loop at one node while the end is asked for at the other. Answers how many requests began after it. */
async function one(here: Here, what: string, time: number, log: (message: string) => void): Promise<number> {
  const { urls, faults } = here;
  const agent = await hire(here.where, urls[0], ['support'], `Agent ${what} ${time}`);
  const desk = agent.desk.at(urls[1]);
  let ended: number | null = null;
  let [before, after] = [0, 0];
  const looking = (async () => {
    while (after < 10) {
      const started = performance.now();
      const shown = await looks(desk, here.customer);
      if (ended === null || started < ended) before += shown ? 1 : 0;
      else {
        after += 1;
        faults.check(!shown, `after the ${what} ended, a request that began later showed a customer`);
      }
    }
  })();
  while (before < 3) await new Promise((wake) => setTimeout(wake, 5));
  await freshen(here.boss);
  await ENDS[what]!(here, agent);
  ended = performance.now();
  await looking;
  log(`${what}: ${before} shown before, ${after} asked after`);
  return after;
}

async function looks(desk: Desk, customer: string): Promise<boolean> {
  const body = { purpose: 'customer-service', evidence: { case: 't-1' } };
  const answer = await desk.post(`/api/customers/${customer}/open`, body);
  return answer.status === 200 && shows(answer.body as Opened);
}

/** Changing rights asks for a proof that is not older than ten minutes. */
async function freshen(boss: Hired): Promise<void> {
  const { body } = await boss.desk.get('/api/session');
  const until = Date.parse((body as { steppedUpUntil: string | null }).steppedUpUntil ?? '');
  if (until > Date.now() + 60_000) return;
  await signIn(boss);
}

async function makeCustomer(url: string, { writeKeys, apiKeys }: Shop): Promise<string> {
  await send(url, writeKeys.server, [
    {
      type: 'identify',
      userId: 'c-1',
      traits: { name: 'Mira Sol', email: 'mira@example.com', phone: '+4915112345678' },
    },
    {
      type: 'track',
      event: 'Support Ticket Opened',
      userId: 'c-1',
      properties: { ticket_id: 't-1', subject: 'Late' },
    },
  ]);
  const asking = { purpose: 'customer-service', evidence: { case: 't-1' } };
  const [found] = await find(url, apiKeys.support!, { kind: 'userId', value: 'c-1' }, asking);
  if (found === undefined) throw new Error('the customer cannot be found');
  return found.id;
}

function must({ status }: { readonly status: number }): void {
  if (status !== 200) throw new Error(`an end was answered ${status}`);
}
