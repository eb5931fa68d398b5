import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from './command.ts';
import { runCli } from './run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bailee-anonymize-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** The command line with what it prints; no command here composes an installation. */
async function run(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  const lines = { out: [] as string[], err: [] as string[] };
  const never = () => {
    throw new Error('No installation is needed here.');
  };
  const deps: Deps = {
    compose: never,
    config: never,
    quietLog: never,
    env: {},
    out: (line) => lines.out.push(line),
    err: (line) => lines.err.push(line),
    progress: () => undefined,
    exit: () => undefined,
  };
  const exit = await runCli(['anonymize', ...args], deps);
  return { exit, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

function write(name: string, lines: readonly string[]): string {
  writeFileSync(at(name), `${lines.join('\n')}\n`);
  return at(name);
}

const PEOPLE = [
  'name;age;place;illness',
  'Ada;31;Kiel;flu',
  'Bo;32;Kiel;cold',
  '"Cy; the elder";33;Ulm;flu',
  'Di;34;Ulm;"a ""bad"" cold"',
  'Ed;71;Ulm;flu',
];

function given(): string[] {
  const input = write('people.csv', PEOPLE);
  write('de_hierarchy_age.csv', [
    ...['31', '32', '33', '34'].map((age) => `${age};30-39;*`),
    ...['71', '72'].map((age) => `${age};70-79;*`),
  ]);
  write('de_hierarchy_place.csv', ['Kiel;*', 'Ulm;*']);
  return [
    'table',
    '--input',
    input,
    '--hierarchies',
    folder,
    '--quasi',
    'age,place',
    '--output',
    at('out.csv'),
  ];
}

describe('bailee anonymize table', () => {
  it('writes a table in which every row hides, and says what it cost', async () => {
    const { exit, out, err } = await run(...given(), '--k', '2', '--suppression', '0.2', '--json');
    expect(err).toBe('');
    expect(exit).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ vector: [1, 0], suppressed: 1, classes: 2, rows: 5 });
    expect(answer.granularity).toBeCloseTo(1 - (4 * (3 / 5) + 2) / 10, 12);
    expect(answer.searchMs).toBeGreaterThan(0);
    expect(answer.peakBytes).toBeGreaterThan(1e6);
    expect(readFileSync(at('out.csv'), 'utf8')).toBe(
      [
        'name;age;place;illness',
        'Ada;30-39;Kiel;flu',
        'Bo;30-39;Kiel;cold',
        '"Cy; the elder";30-39;Ulm;flu',
        'Di;30-39;Ulm;"a ""bad"" cold"',
        '*;*;*;*',
        '',
      ].join('\n'),
    );
    const verified = await run(
      'verify',
      '--input',
      at('out.csv'),
      '--quasi',
      'age,place',
      '--k',
      '2',
      '--json',
    );
    expect(verified.exit).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({
      holds: true,
      rows: 5,
      blank: 1,
      classes: 2,
      smallest: 2,
    });
  });

  it('builds a hierarchy where it is told how', async () => {
    const told = ['--build', 'age=number:10:50', '--build', 'place=category'];
    const { exit, out } = await run(...given(), ...told, '--k', '4', '--suppression', '0.2', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vector: [1, 1], suppressed: 1 });
    expect(readFileSync(at('out.csv'), 'utf8')).toContain('Ada;[30, 40[;*;flu');
  });

  it('asks for diversity and closeness of a sensitive column', async () => {
    const sensitive = ['--sensitive', 'illness', '--l', 'distinct:2', '--t', 'equal:0.5'];
    const { exit, out } = await run(...given(), '--k', '2', '--suppression', '0.2', ...sensitive, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vector: [1, 0], suppressed: 1 });
  });

  it('hides a table among the population it was drawn from', async () => {
    const population = write('all.csv', [
      'place;age',
      ...PEOPLE.slice(1).map((line) => line.replace(/^.*;(\d+);(\w+);.*$/, '$2;$1')),
      ...['Kiel;31', 'Kiel;32', 'Ulm;33', 'Ulm;34', 'Ulm;71'],
    ]);
    const { exit, out } = await run(
      ...given(),
      '--k',
      '1',
      '--population',
      population,
      '--k-map',
      '2',
      '--json',
    );
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vector: [0, 0], suppressed: 0 });
    const rare = await run(...given(), '--k', '1', '--population', population, '--presence', '0:0.4');
    expect(rare.err).toMatch(/not even the coarsest/);
  });

  it('recodes class by class', async () => {
    const { exit, out } = await run(...given(), '--k', '2', '--local', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ vector: null, suppressed: 0, classes: 2 });
  });

  it.each<[string, () => string[], string[], RegExp]>([
    ['fewer rows than k', given, ['--k', '6'], /5 rows, fewer than k = 6/],
    ['k that is no number', given, ['--k', 'NaN'], /--k must be a number/],
    ['no k', given, [], /--k is needed/],
    ['suppression above 1', given, ['--k', '2', '--suppression', '2'], /suppression must be/],
    [
      'a value that its hierarchy misses',
      () => {
        const args = given();
        write('people.csv', [...PEOPLE, 'Flo;99;Ulm;flu']);
        return args;
      },
      ['--k', '2'],
      /age misses the value of row 6/,
    ],
    [
      'a hierarchy that is not a tree',
      () => {
        const args = given();
        write('de_hierarchy_place.csv', ['Kiel;north;sea;*', 'Ulm;north;land;*']);
        return args;
      },
      ['--k', '2'],
      /place cannot be used: line 2: it is not a tree/,
    ],
    [
      'a column without a hierarchy',
      () => given().with(6, 'age,name'),
      ['--k', '2'],
      /no file <anything>_hierarchy_name\.csv/,
    ],
    [
      'a quote that is never closed',
      () => {
        const args = given();
        write('people.csv', [...PEOPLE, '"Flo;71;Ulm;flu']);
        return args;
      },
      ['--k', '2'],
      /Row 6 of .* has a quote that is never closed/,
    ],
    [
      'text that is not UTF-8',
      () => {
        const args = given();
        writeFileSync(
          at('people.csv'),
          Buffer.from('name;age;place;illness\nJos\xe9;31;Kiel;flu\n', 'latin1'),
        );
        return args;
      },
      ['--k', '2'],
      /is not UTF-8 text/,
    ],
    ['what no generalization reaches', given, ['--k', '2', '--sensitive', 'illness', '--l', '4'], /coarsest/],
  ])('refuses %s, and leaves no file behind', async (_, prepare, more, message) => {
    const { exit, out, err } = await run(...prepare(), ...more, '--json');
    expect(exit).not.toBe(0);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  it('does not touch an older file when it fails', async () => {
    write('out.csv', ['older']);
    expect((await run(...given(), '--k', '6')).exit).toBe(1);
    expect(readFileSync(at('out.csv'), 'utf8')).toBe('older\n');
  });
});

describe('bailee anonymize verify', () => {
  it('ends with a number of its own when the table does not hold', async () => {
    const input = write('people.csv', PEOPLE);
    const { exit, out } = await run('verify', '--input', input, '--quasi', 'age,place', '--k', '2');
    expect(exit).toBe(6);
    expect(out).toMatch(/does not hold/);
  });

  it('takes the only other column for the sensitive one', async () => {
    const input = write('three.csv', ['age;place;illness', '30-39;Kiel;flu', '30-39;Kiel;flu']);
    const judged = (l: string) =>
      run('verify', '--input', input, '--quasi', 'age,place', '--k', '2', '--l', l);
    expect((await judged('1')).exit).toBe(0);
    expect((await judged('2')).exit).toBe(6);
  });

  it('refuses what it cannot judge', async () => {
    const input = write('people.csv', PEOPLE);
    const judged = (...args: string[]) => run('verify', '--input', input, ...args);
    expect((await judged('--quasi', 'age,shoe', '--k', '2')).err).toMatch(/no column "shoe"/);
    expect((await judged('--quasi', 'age', '--k', '2', '--l', '2')).err).toMatch(/need --sensitive/);
    expect((await run('verify', '--input', at('none'), '--quasi', 'a', '--k', '2')).err).toMatch(
      /cannot be read/,
    );
    expect((await run('bury')).err).toMatch(/table, verify or risk/);
  });
});

describe('bailee anonymize risk', () => {
  it('names the riskiest row and column', async () => {
    const input = write('people.csv', PEOPLE);
    const { exit, out } = await run('risk', '--input', input, '--quasi', 'age,place', '--json');
    expect(exit).toBe(0);
    const risk = JSON.parse(out);
    expect(risk.prosecutor).toEqual({ highest: 1, mean: 1 });
    expect(risk.riskiestColumns[0].column).toBe('age');
  });
});
