/**
 * The tests of gate, staff and sessions catch faults: a seeded sample of small faults is put into a copy of the house,
 * one at a time, and the tests of those rooms are run against each. A fault that no test notices has survived.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Dice } from '../crash/dice.ts';
import type { AcceptLine } from '../line.ts';
import { apply, type Mutant, mutantsOf } from './mutate.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COPIED = [
  'src',
  'contract',
  'packs',
  'migrations',
  'test',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
];
const SEED = 4;
const COUNT = 60;
const LEAST = 0.8;
const AT_ONCE = 2;
const GIVE_UP_MS = 240_000;

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
/** The nearest first: most faults fall there. */
const TESTS = [
  'src/edge/http/routes-session.test.ts',
  'src/edge/http/routes-staff.test.ts',
  'src/edge/http/routes-conditions.test.ts',
  'src/edge/http/keys.test.ts',
  'src/edge/http/routes-opening.test.ts',
  'src/edge/http/routes-release.test.ts',
  'src/rights/erase.test.ts',
  'test/asvs',
  'src/gate',
  'src/staff',
  'test/journeys/conditions.test.ts',
  'test/journeys/opening.test.ts',
  'test/journeys/timeline.test.ts',
  'test/journeys/free-text.test.ts',
  'test/journeys/spine.test.ts',
  'test/journeys/access.test.ts',
];

export const line: AcceptLine = {
  issue: 4,
  number: 8,
  title: 'Seeded faults in gate, staff and sessions are caught by their tests',
  quick: false,
  run: async ({ seed = SEED, log }) => {
    const houses = Array.from({ length: AT_ONCE }, makeHouse);
    try {
      for (const house of houses.slice(0, 1))
        if (await fails(house)) return { pass: false, figure: 'the tests fail without any fault' };
      const chosen = sample(COUNT, seed);
      const left = [...chosen];
      const survived: Mutant[] = [];
      const work = async (house: string) => {
        for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
          const caught = await isCaught(house, mutant);
          log(`${caught ? 'caught' : 'SURVIVED'}  ${mutant.file}:${mutant.line}  ${mutant.what}`);
          if (!caught) survived.push(mutant);
        }
      };
      await Promise.all(houses.map(work));
      const caught = chosen.length - survived.length;
      const share = caught / chosen.length;
      return {
        pass: share >= LEAST,
        figure: `${caught} of ${chosen.length} caught (${(share * 100).toFixed(0)} %)`,
      };
    } finally {
      for (const house of houses) rmSync(house, { recursive: true, force: true });
    }
  },
};

function makeHouse(): string {
  const house = mkdtempSync(join(tmpdir(), 'bailee-mutants-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(house, name), { recursive: true });
  for (const name of ['node_modules', 'dist']) symlinkSync(join(ROOT, name), join(house, name));
  return house;
}

function sample(count: number, seed: number): Mutant[] {
  const dice = new Dice(`mutants ${seed}`);
  const files = [...ROOMS.flatMap(sourcesIn), ...DOORS.map((name) => `src/edge/http/${name}.ts`)];
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')));
  const chosen = new Set<Mutant>();
  while (chosen.size < Math.min(count, all.length)) chosen.add(dice.pick(all));
  return [...chosen];
}

function sourcesIn(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${room}/${name}`)
    .sort();
}

async function isCaught(house: string, mutant: Mutant): Promise<boolean> {
  const path = join(house, mutant.file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, apply(source, mutant));
  try {
    return await fails(house);
  } finally {
    writeFileSync(path, source);
  }
}

/** Whether the tests fail, or never end. */
async function fails(house: string): Promise<boolean> {
  const vitest = join(house, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--bail', '1', ...TESTS], {
    cwd: house,
    env: { ...process.env, NODE_ENV: 'test' },
    stdio: 'ignore',
    detached: true,
  });
  const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), GIVE_UP_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(late);
  return code !== 0;
}
