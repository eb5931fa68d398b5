/** Line 10: crash schedules from seeds, after TigerBeetle's simulator, and three planted bugs that they must catch. */
import { availableParallelism } from 'node:os';
import { MUTANTS, type Mutant, plant } from '../crash/mutants.ts';
import { type Outcome, TARGETS } from '../crash/schedule.ts';
import { type Gathered, playAll, playShare } from '../crash/shares.ts';
import type { AcceptLine, LineOptions, Verdict } from '../line.ts';

const SEEDS = 1_000;
/** One seed in four ends its process by SIGKILL. */
const KILLED = (seed: number) => seed % 4 === 0;
const MUTANT_SEEDS = 120;
const TELL_EVERY = 100;

function seedsTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

function workers(): number {
  return Math.min(4, availableParallelism());
}

function describe({ seed, fault, broken }: Outcome): string {
  const { site, nth, mode, when } = fault;
  return [
    `seed ${seed}: ${mode} ${when} call ${nth} of "${site}"`,
    ...broken.slice(0, 8).map((each) => `  ${each}`),
    `  again: npm run accept -- 1 --line 10 --seed ${seed}`,
  ].join('\n');
}

function play(seeds: readonly number[], log: LineOptions['log']): Promise<Gathered> {
  let done = 0;
  const onOutcome = (outcome: Outcome) => {
    done += 1;
    if (outcome.broken.length > 0) log(describe(outcome));
    if (done % TELL_EVERY === 0) log(`${done} of ${seeds.length} schedules played`);
  };
  return playAll({ seeds, killed: seeds.filter(KILLED), onOutcome }, workers());
}

/** True when the schedules catch the planted bug, for the right reason. */
async function caught(mutant: Mutant, log: LineOptions['log']): Promise<boolean> {
  const planted = plant(mutant);
  try {
    const { outcomes } = await playShare({
      worker: planted.worker,
      seeds: seedsTo(MUTANT_SEEDS).filter((seed) => !KILLED(seed)),
      killed: [],
      until: mutant.caughtBy.source,
    });
    const found = outcomes.find(({ broken }) => broken.some((each) => mutant.caughtBy.test(each)));
    log(found ? `bug "${mutant.name}": caught by seed ${found.seed}` : `bug "${mutant.name}": not caught`);
    return found !== undefined;
  } finally {
    planted.remove();
  }
}

async function run({ log, seed }: LineOptions): Promise<Verdict> {
  if (seed !== undefined) {
    const { outcomes } = await play([seed], log);
    const kept = outcomes.every(({ broken }) => broken.length === 0);
    return { pass: kept, figure: kept ? `seed ${seed} kept` : `seed ${seed} broke a promise` };
  }
  const seeds = seedsTo(SEEDS);
  const { outcomes, sites } = await play(seeds, log);
  const kept = outcomes.filter(({ broken }) => broken.length === 0).length;
  const struck = outcomes.filter((outcome) => outcome.struck);
  const killed = outcomes.filter(({ fault }) => fault.mode === 'kill').length;
  const targets = sites.filter((site) => TARGETS.some((kind) => site.startsWith(`${kind} `)));
  const hit = new Set(struck.map(({ fault }) => fault.site));
  const missed = targets.filter((site) => !hit.has(site));
  if (missed.length > 0) log(`no fault struck at: ${missed.join(', ')}`);
  let bugs = 0;
  for (const mutant of MUTANTS) if (await caught(mutant, log)) bugs += 1;
  return {
    pass: kept === seeds.length && bugs === MUTANTS.length,
    figure:
      `${kept}/${seeds.length} kept, ${bugs}/${MUTANTS.length} bugs caught; ` +
      `${struck.length} faults struck, at ${targets.length - missed.length} of ${targets.length} port calls; ${killed} SIGKILLs`,
  };
}

export const line: AcceptLine = {
  issue: 1,
  number: 10,
  title: 'Crash schedules keep promises 1, 2 and 4, and planted bugs are caught',
  // test/crash plays a few of them with every run of the suite.
  quick: false,
  run,
};
