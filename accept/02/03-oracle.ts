/** A second judge, who read the packs for himself, against decide(); and faults in decide() against that judge. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Faults, inFolder } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';
import {
  casesOf,
  cedarAnswers,
  disagreements,
  LIBRARY,
  libraryAnswers,
  type Size,
  writePackTexts,
} from '../oracle/answers.ts';
import { type OracleCase, SETTINGS } from '../oracle/case.ts';
import { Chance } from '../oracle/generate.ts';
import { ORACLE_MUTANTS } from '../oracle/mutants.ts';
import { Copy, type OracleMutant } from '../oracle/plant.ts';
import { reachOf } from '../oracle/reach.ts';
import { SMALL_WORLD, sizeOf, WIDE_WORLD } from '../oracle/world.ts';

const FULL: Size = { seed: 2, count: 100_000, world: 'wide' };
const QUICK: Size = { seed: 2, count: 3_000, world: 'small' };
/** Generated cases that each fault is tried on first. */
const TRIED_ON = 10_000;
const FEWEST_MUTANTS = 50;
const QUICK_MUTANTS = 4;
const LANES = 2;
const SHOWN = 5;

type Log = (message: string) => void;

export const line: AcceptLine = {
  issue: 2,
  number: 3,
  title: 'Cedar, with a policy of its own reading, agrees with decide(); faults in decide() are caught',
  run: ({ quick, log, seed }) =>
    inFolder(async (folder) => {
      const faults = new Faults(log);
      const size = { ...(quick ? QUICK : FULL), ...(seed === undefined ? {} : { seed }) };
      const { world, generated } = casesOf(size);
      const cases = [...world, ...generated];
      const texts = join(folder, 'texts.json');
      const parsed = join(folder, 'parsed.json');
      writePackTexts(texts);
      const ours = await libraryAnswers(LIBRARY, texts, size, parsed);
      const cedar = cedarAnswers(cases, (done) => log(`Cedar has answered ${done} of ${cases.length} cases`));
      compare(cases, ours, cedar, faults, log);
      for (const missing of reachOf(generated, ours.slice(world.length)))
        faults.check(false, `the generated cases are not real: ${missing}`);
      const mutants = chosen(quick, size.seed);
      const caught = await tryAll(mutants, {
        folder,
        parsed,
        size,
        cedar,
        worlds: world.length,
        faults,
        log,
      });
      const fields = sizeOf(size.world === 'wide' ? WIDE_WORLD : SMALL_WORLD);
      const open = ours.filter((answer) => answer.startsWith('1')).length;
      return faults.verdict(
        `Cedar agrees on ${generated.length} generated cases and a world of ${fields} answers (${Math.round((100 * open) / cases.length)} % open); ${caught} of ${mutants.length} faults caught`,
      );
    }),
};

function compare(
  cases: readonly OracleCase[],
  ours: readonly string[],
  cedar: readonly string[],
  faults: Faults,
  log: Log,
): void {
  const apart = disagreements(ours, cedar);
  for (const at of apart.slice(0, SHOWN)) {
    const { setting, question } = cases[at]!;
    log(
      `decide() ${ours[at]}, Cedar ${cedar[at]}: ${JSON.stringify({ where: SETTINGS[setting], ...question })}`,
    );
  }
  faults.equal(apart.length, 0, `cases of ${cases.length} on which decide() and Cedar disagree`);
}

function chosen(quick: boolean, seed: number): readonly OracleMutant[] {
  if (ORACLE_MUTANTS.length < FEWEST_MUTANTS)
    throw new Error(`There are only ${ORACLE_MUTANTS.length} faults.`);
  return quick ? new Chance(seed).shuffled(ORACLE_MUTANTS).slice(0, QUICK_MUTANTS) : ORACLE_MUTANTS;
}

interface Trial {
  readonly folder: string;
  readonly parsed: string;
  readonly size: Size;
  readonly cedar: readonly string[];
  readonly worlds: number;
  readonly faults: Faults;
  readonly log: Log;
}

/** How many are caught. */
async function tryAll(mutants: readonly OracleMutant[], trial: Trial): Promise<number> {
  const waiting = [...mutants];
  let caught = 0;
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const folder = join(trial.folder, `copy-${lane}`);
    mkdirSync(folder);
    const copy = new Copy(folder);
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const few = { ...trial.size, count: Math.min(trial.size.count, TRIED_ON) };
      // What a part of the cases does not show is looked for in all.
      const by = await copy.with(
        mutant,
        async (library) => (await judges(library, few, trial)) ?? (await judges(library, trial.size, trial)),
      );
      trial.log(`${mutant.name} (${mutant.file}): ${by ?? 'NOT CAUGHT'}`);
      trial.faults.check(by !== null, `"${mutant.name}" is caught`);
      if (by !== null) caught += 1;
    }
  });
  await Promise.all(lanes);
  return caught;
}

/** Which cases give the fault away; null when none do. A library that does not even load has no fault of this kind: it throws. */
async function judges(library: string, size: Size, { parsed, cedar, worlds }: Trial): Promise<string | null> {
  const answers = await libraryAnswers(library, parsed, size);
  const apart = disagreements(answers, cedar.slice(0, answers.length));
  if (apart.length === 0) return null;
  const inWorld = apart.filter((at) => at < worlds).length;
  return `caught by ${inWorld} cases of the world and ${apart.length - inWorld} generated`;
}
