/**
 * Requests of every kind go through their lives in a process that is killed (SIGKILL) at a call of a step, decided by a seed;
 * another process takes up the step as a person would try again. It ends like the same life without a kill: the request,
 * its steps, what it did, and the number of rows in every table.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { idsOf } from '../../src/rights/ids.ts';
import { Dice } from '../crash/dice.ts';
import { type Installation, openInstallation } from '../crash/installation.ts';
import type { AcceptLine } from '../line.ts';
import { freshPostgres } from '../server.ts';
import { type Counter, counted, type Kill } from './kills/calls.ts';
import { act, LIVES, type Life, type Person, tell } from './kills/life.ts';
import { countsOf, isDense, nodeOf, standingOf, versionOf } from './kills/node.ts';

const SEEDS = 500;
const QUICK_SEEDS = 6;
const CHILD = fileURLToPath(new URL('./kills/child.js', import.meta.url));
/** Grows with the log as a whole, and not with what one life adds. */
const BY_THE_LOG = /ledger_(tile|node|frontier)/;

interface End {
  readonly standing: string;
  /** Rows that came or went, by table. */
  readonly rows: string;
  /** Calls of each deed. */
  readonly calls: readonly number[];
}

export const line: AcceptLine = {
  issue: 5,
  number: 3,
  title: 'A request whose process is killed at any step ends like one without a kill',
  run: async ({ quick, seed, log }) => {
    const { url, drop } = await freshPostgres();
    const installation = await openInstallation(url, true);
    try {
      await installation.reset();
      const store = await makeStore(installation);
      // The first request of a store also makes its counter, and the first erasure a key.
      const erasure = LIVES.findIndex(({ kind }) => kind === 'erasure');
      for (const [nth, life] of [0, erasure].entries())
        await unkilled(installation, store, life, `first-${nth}`);
      const whole = new Map<number, End>();
      const places = LIVES.flatMap(({ deeds }, life) => deeds.map((_, at) => ({ life, at })));
      const seeds =
        seed === undefined ? Array.from({ length: quick ? QUICK_SEEDS : SEEDS }, (_, n) => n + 1) : [seed];
      const apart: string[] = [];
      for (const each of seeds) {
        const { life, at } = places[(each * 37) % places.length]!;
        const like = whole.get(life) ?? (await unkilled(installation, store, life));
        whole.set(life, like);
        const end = await killed(installation, store, { seed: each, life, at, like });
        const differs = end.standing !== like.standing || end.rows !== like.rows;
        if (differs) {
          apart.push(`seed ${each}`);
          log(
            `seed ${each}: ${told(LIVES[life]!, at)}\n  ${end.standing}\n  ${like.standing}\n  ${end.rows}\n  ${like.rows}`,
          );
        }
        if (each % 40 === 0) log(`${each} kills, ${apart.length} ended otherwise`);
      }
      const dense = await isDense(installation);
      return {
        pass: apart.length === 0 && dense,
        figure: `${seeds.length} kills in ${whole.size} lives of requests: ${apart.length} ended otherwise${dense ? '' : '; the ledger has a gap'}`,
      };
    } finally {
      await installation.close();
      await drop();
    }
  },
};

function told({ kind, deeds }: Life, at: number): string {
  return `${kind}, killed in ${deeds[at]}`;
}

async function makeStore({ look }: Installation): Promise<string> {
  const { rows } = await look.query<{ id: string }>({
    text: `INSERT INTO bailee.store (id, name, country, created_at) VALUES (gen_random_uuid(), 'Teahouse', 'DE', now()) RETURNING id`,
  });
  return rows[0]!.id;
}

/** Somebody new, known to the shop. */
async function newPerson(installation: Installation, store: string, name: string): Promise<Person> {
  const { ctx } = await nodeOf(installation, `${name}/before`);
  await tell(ctx, { store, userId: name }, 'As first told');
  const customer = (await idsOf(ctx, store, 'userId', [name])).get(name)!;
  return { store, userId: name, customer, request: ctx.random.id() };
}

async function unkilled(
  installation: Installation,
  store: string,
  life: number,
  name = `whole-${life}`,
): Promise<End> {
  const person = await newPerson(installation, store, name);
  const before = await countsOf(installation);
  const counter: Counter = { calls: 0, kill: null };
  const { ctx, moveTo } = await nodeOf(installation, name, (db) => counted(db, counter));
  const calls: number[] = [];
  for (const [nth, deed] of LIVES[life]!.deeds.entries()) {
    const version = await versionOf(installation, person.request);
    moveTo(nth);
    counter.calls = 0;
    await act(ctx, person, LIVES[life]!, deed, version);
    calls.push(counter.calls);
  }
  return { ...(await endOf(installation, person, before)), calls };
}

interface Order {
  readonly seed: number;
  readonly life: number;
  readonly at: number;
  readonly like: End;
}

async function killed(
  installation: Installation,
  store: string,
  { seed, life, at, like }: Order,
): Promise<End> {
  const dice = new Dice(`kill/${seed}`);
  const kill: Kill = { call: 1 + dice.below(like.calls[at]!), when: dice.once(2) ? 'before' : 'after' };
  const person = await newPerson(installation, store, `killed-${seed}`);
  const before = await countsOf(installation);
  const { url, folder } = installation;
  const child = spawn(
    process.execPath,
    [CHILD, JSON.stringify({ url, folder, seed, life, person, at, kill })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  const [, by] = (await once(child, 'close')) as [number | null, string | null];
  if (by !== 'SIGKILL') throw new Error(`seed ${seed}: the process was not killed`);
  const done = said.split('\n').filter(Boolean).length;
  if (done !== at) throw new Error(`seed ${seed}: it ended in deed ${done} instead of ${at}`);
  await goOn(installation, person, life, at);
  return { ...(await endOf(installation, person, before)), calls: [] };
}

/** Each deed that was answered is one version of the request; whoever tries again sees whether theirs was done. */
async function goOn(installation: Installation, person: Person, life: number, from: number): Promise<void> {
  const { ctx, moveTo } = await nodeOf(installation, `${person.userId}/after`);
  const { deeds } = LIVES[life]!;
  const seen = deeds.slice(0, from).filter((deed) => deed !== 'correct').length;
  for (const [nth, deed] of deeds.entries()) {
    if (nth < from) continue;
    moveTo(nth);
    const version = await versionOf(installation, person.request);
    const wasDone = nth === from && deed !== 'correct' && version > seen;
    if (!wasDone) await act(ctx, person, LIVES[life]!, deed, version);
  }
}

async function endOf(installation: Installation, { request }: Person, before: ReadonlyMap<string, number>) {
  const after = await countsOf(installation);
  const rows = [...after]
    .filter(([table]) => !BY_THE_LOG.test(table))
    .map(([table, count]) => [table, count - (before.get(table) ?? 0)])
    .filter(([, more]) => more !== 0);
  return { standing: await standingOf(installation, request), rows: JSON.stringify(rows) };
}
