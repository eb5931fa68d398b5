/** One schedule from its seed: play, crash, start again, judge. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { GateCtx } from '../../src/gate/context.ts';
import { checkpoint } from '../../src/ledger/checkpoint.ts';
import { Dice } from './dice.ts';
import type { Line, Seen } from './history.ts';
import { type Installation, startNode, steppingClock } from './installation.ts';
import { type Case, judgeErasures, judgeEvents, judgeOpenings, judgeWithdrawals } from './judge.ts';
import { judgeLedger, type Mark } from './judge-ledger.ts';
import { entryAt, type Surroundings } from './perform.ts';
import { planOf } from './plan.ts';
import { BEGIN, kindOf, play } from './play.ts';
import type { Fault, Kind, Mode } from './ports.ts';
import { lookAtErased, recover, sweepAndCheck } from './recover.ts';
import { takeSnapshot } from './snapshot.ts';

const AFTER_MS = 60_000;
const TRIES = 16;

export interface Outcome {
  readonly seed: number;
  readonly fault: Fault;
  readonly struck: boolean;
  /** Empty: the promises were kept. */
  readonly broken: readonly string[];
}

/** Port calls that operations make, found by playing without faults. The same for the same code. */
export async function findSites(installation: Installation): Promise<string[]> {
  const sites = new Set<string>();
  for (let seed = 1; seed <= TRIES; seed += 1) {
    await installation.reset();
    await play(installation, -seed, null, (line) => {
      if (line.type === 'end') for (const site of line.sites) sites.add(site);
    });
  }
  return [...sites].sort();
}

/** The operations of acceptance line 10. */
export const TARGETS: readonly Kind[] = ['collect', 'open', 'merge', 'erase', 'rotate'];
const MODES: readonly Exclude<Mode, 'kill'>[] = ['fail', 'crash', 'retry'];

/** The fault of a seed: seeds go through the sites in turn, and from round to round through the ways to fail. */
export function faultOf(seed: number, sites: readonly string[], kill: boolean): Fault {
  const dice = new Dice(`fault/${seed}`);
  const chosen = sites.filter((site) => TARGETS.some((kind) => site.startsWith(`${kind} `)));
  const pool = dice.once(10) ? sites : chosen;
  // Consecutive seeds take sites far apart, so that a short run sees every kind of operation.
  const site = pool[(seed * 37) % pool.length] ?? '';
  const round = Math.floor(seed / pool.length) + dice.below(2);
  const inTransaction = /^\w+ (query|later|commit)/.test(site);
  const when = round % 2 === 0 ? 'after' : 'before';
  const mode = MODES[dice.below(inTransaction && when === 'before' ? 3 : 2)] ?? 'fail';
  return { site, nth: dice.once(4) ? 2 + dice.below(2) : 1, mode: kill ? 'kill' : mode, when };
}

const VARIANTS = 3;
const NEXT_VARIANT = 1_000_000;

/** Plays the schedule of a seed in this process. While the fault finds no place in it, up to two others follow. */
export async function runHere(installation: Installation, seed: number, fault: Fault): Promise<Outcome> {
  let struck = false;
  const broken: string[] = [];
  for (let variant = 0; variant < VARIANTS && !struck && broken.length === 0; variant += 1) {
    const own = variant === 0 ? fault : { ...fault, nth: 1 };
    const number = seed + variant * NEXT_VARIANT;
    await installation.reset();
    const history: Line[] = [];
    const { nodes, dead } = await play(installation, number, own, (line) => history.push(line));
    broken.push(...(await judge(installation, number, own, history, dead ? [] : nodes)));
    struck = history.some((line) => line.type === 'end' && line.struck);
  }
  return { seed, fault, struck, broken };
}

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Plays it in a process of its own that kills itself, and judges here what it left. */
export async function runKilled(
  installation: Installation,
  seed: number,
  fault: Fault,
  child: string = CHILD,
): Promise<Outcome> {
  await installation.reset();
  const { url, folder } = installation;
  const started = spawn(process.execPath, [child, JSON.stringify({ url, folder, seed, fault })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  started.stdout.on('data', (chunk) => {
    out += chunk;
  });
  started.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    started.once('error', reject);
    started.once('close', (_code, by) => {
      if (by === 'SIGKILL') resolve();
      else reject(new Error(`a schedule's process was not killed: ${errors.slice(0, 2000)}`));
    });
  });
  const whole = out.split('\n').slice(0, -1);
  const history = whole.map((line) => JSON.parse(line) as Line);
  const broken = await judge(installation, seed, fault, history, []);
  return { seed, fault, struck: !history.some((line) => line.type === 'end'), broken };
}

/** Starts again and judges. `alive`: nodes that went through it with their memory whole. */
async function judge(
  installation: Installation,
  seed: number,
  fault: Fault,
  history: readonly Line[],
  alive: readonly GateCtx[],
): Promise<string[]> {
  const setup = history.find((line) => line.type === 'setup');
  // The kill came before anyone was known: nothing was promised to anyone.
  if (setup === undefined) return [];
  const plan = planOf(seed, kindOf(fault));
  const clock = steppingClock(BEGIN + AFTER_MS);
  const ctx = await startNode(installation, { name: `${seed}/after`, clock });
  const look = (index: number) => entryAt(installation.look, index);
  const around: Surroundings = { store: setup.store, people: setup.people, look };
  const marks: Mark[] = [await checkpoint(ctx, ctx.db)];
  const recovered = await recover(ctx, around, plan, history);
  marks.push(await checkpoint(ctx, ctx.db));

  const { rows } = await installation.look.query<{ id: string; customers: string[] }>({
    text: 'SELECT id, customers FROM bailee.erasure',
  });
  const erased = new Set(rows.flatMap((row) => row.customers));
  const later: Seen[] = [];
  const broken = [...recovered.broken];
  for (const node of [ctx, ...alive]) {
    const looked = await lookAtErased(node, around, erased);
    later.push(...looked.seen);
    broken.push(...looked.broken);
  }
  const judgeNow = async () => {
    const snapshot = await takeSnapshot(installation.look, ctx, setup.store);
    const { people } = setup;
    const judged: Case = { plan, people, history: recovered.history, snapshot, ctx, later };
    return [
      ...snapshot.faults,
      ...judgeOpenings(judged),
      ...judgeErasures(judged),
      ...judgeWithdrawals(judged),
      ...judgeEvents(judged),
      ...judgeLedger(judged, marks),
    ];
  };
  broken.push(...(await judgeNow()));
  if (rows.length > 0) {
    broken.push(
      ...(await sweepAndCheck(
        ctx,
        rows.map(({ id }) => id),
      )),
    );
    broken.push(...(await judgeNow()));
  }
  return [...new Set(broken)];
}
