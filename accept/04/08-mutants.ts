/**
 * The tests of gate, staff and sessions catch faults: a seeded sample of small faults is put into copies of the house,
 * one at a time, and the tests that come to the faulty statement are run, the nearest first, until one fails.
 *
 * What counts as caught: a test, a hook or a file of tests that fails, in a run that passed without the fault. What
 * does not: a test that takes too long, a run that never ends, a type that no longer fits, a statement that no test
 * comes to. Left out of the sample is only what does not parse; what makes no difference to anybody stays in it.
 *
 * `BAILEE_VERDICTS=folder` keeps what was seen, so that a run can be taken up again: a verdict holds as long as the
 * faulty file and the tests that judged it read the same.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcceptLine } from '../line.ts';
import { atOnce, ROOT } from './mutant-house.ts';
import { type Mutant, mutantsOf } from './mutate.ts';
import { reachOf, testsFor } from './reach.ts';
import { type Tried, tryMutant } from './try-mutant.ts';
import { Kept } from './verdicts.ts';

const SEED = 4;
const COUNT = 60;
const LEAST = 0.8;

const ROOMS = ['src/gate', 'src/staff'];
const DOORS = [
  'signed-in',
  'scopes',
  'credentials',
  'keys',
  'where',
  'routes-session',
  'routes-staff',
  'routes-conditions',
];
/** The tests of these rooms: theirs, those of their doors, and the journeys through them. */
const TESTS = [
  'src/gate',
  'src/staff',
  'src/rights/erase.test.ts',
  'test/asvs/provider.test.ts',
  'test/asvs/signing-in.test.ts',
  ...[
    'keys',
    'routes-cases',
    'routes-conditions',
    'routes-openid',
    'routes-opening',
    'routes-passkeys',
    'routes-profile',
    'routes-release',
    'routes-session',
    'routes-staff',
  ].map((name) => `src/edge/http/${name}.test.ts`),
  ...[
    'access',
    'callers',
    'cases',
    'conditions',
    'free-text',
    'law',
    'mail',
    'opening',
    'package',
    'profile',
    'requests',
    'spine',
    'staff-attacks',
    'timeline',
  ].map((name) => `test/journeys/${name}.test.ts`),
];

export const line: AcceptLine = {
  issue: 4,
  number: 8,
  title: 'Seeded faults in gate, staff and sessions are caught by their tests',
  quick: false,
  run: async ({ seed = SEED, log }) => {
    const kept = new Kept(process.env.BAILEE_VERDICTS);
    const sources = read([
      ...ROOMS.flatMap((room) => filesIn(room).filter((name) => !name.endsWith('.test.ts'))),
      ...DOORS.map((name) => `src/edge/http/${name}.ts`),
    ]);
    const tests = read(TESTS.flatMap((name) => (name.endsWith('.ts') ? [name] : testsIn(name))));
    const reached = await reachOf(sources, tests, { kept, log });
    const left = sample(sources, COUNT, seed);
    const count = left.length;
    let caught = 0;
    await atOnce(async (house) => {
      for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
        const nearest = testsFor(mutant, sources.get(mutant.file) as string, reached);
        const tried = await tryMutant(house, mutant, nearest, { tests, kept });
        log(told(mutant, tried));
        if (tried.caught !== null) caught++;
      }
    });
    const share = caught / count;
    return {
      pass: share >= LEAST,
      figure: `seed ${seed}: ${caught} of ${count} caught (${(share * 100).toFixed(0)} %)`,
    };
  },
};

function filesIn(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`);
}

function testsIn(room: string): string[] {
  return filesIn(room).filter((name) => name.endsWith('.test.ts'));
}

/** Texts by path, in the order of the paths. */
function read(files: readonly string[]): Map<string, string> {
  return new Map([...files].sort().map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
}

/** Each fault has a lot of its own, so that a change elsewhere in the sources draws no other faults. */
function sample(sources: ReadonlyMap<string, string>, count: number, seed: number): Mutant[] {
  const lot = ({ name }: Mutant) => createHash('sha256').update(`${seed} ${name}`).digest('hex');
  return [...sources]
    .flatMap(([file, source]) => mutantsOf(file, source))
    .map((mutant): [string, Mutant] => [lot(mutant), mutant])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, mutant]) => mutant);
}

function told({ file, line: at, what }: Mutant, { caught, late, ran }: Tried): string {
  const place = `${file}:${at}  ${what}`;
  if (caught !== null) return `caught    ${place}  by ${caught.test}: ${caught.why}`;
  if (ran.length === 0) return `SURVIVED  ${place}  no test comes here`;
  return `SURVIVED  ${place}  ${ran.length} files of tests${late ? ', some of them too late' : ''}: ${ran.join(' ')}`;
}
