/**
 * Which test comes to which statement: the sources are marked, and a clean run tells for each file of tests what it
 * reached and how long it took. A fault is then tried on those tests alone.
 */
import { atOnce, type House } from './mutant-house.ts';
import { type Mutant, type Node, parse, walk } from './mutate.ts';
import { hashOf, type Kept } from './verdicts.ts';

/** What a file of tests came to in a clean run, and how long it took, in milliseconds. */
export interface Reached {
  readonly test: string;
  readonly marks: readonly string[];
  readonly took: number;
}

type Texts = ReadonlyMap<string, string>;

const SETUP_FILE = 'test/kit/reached.ts';
const REACHED_FILE = 'reached.jsonl';

/** Runs before each file of tests in the marked house. */
const SETUP = `import { appendFileSync } from 'node:fs';
import { afterAll } from 'vitest';
globalThis.reached = new Set();
afterAll(() => {
  appendFileSync(${JSON.stringify(REACHED_FILE)}, JSON.stringify([...globalThis.reached]) + '\\n');
});
`;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The statements of functions, and the one expression of a function that is no more than that. */
function places(source: string): { statements: Place[]; expressions: Place[] } {
  const statements: Place[] = [];
  const expressions: Place[] = [];
  walk(parse(source), (node) => {
    if (node.type === 'BlockStatement') statements.push(...(node.body as Node[]));
    if (node.type === 'SwitchCase') statements.push(...(node.consequent as Node[]));
    const body = node.body as Node | undefined;
    if (node.type === 'ArrowFunctionExpression' && body?.type !== 'BlockStatement')
      expressions.push(body as Node);
  });
  return { statements, expressions };
}

/** The source with a mark at each place: it behaves as before and tells where it was. */
function marked(file: string, source: string): string {
  const { statements, expressions } = places(source);
  const mark = ({ start }: Place) => `globalThis.reached?.add('${file}:${start}')`;
  const put: [at: number, text: string][] = [
    ...statements.map((place): [number, string] => [place.start, `${mark(place)};`]),
    ...expressions.flatMap((place): [number, string][] => [
      [place.start, `(${mark(place)},`],
      [place.end, ')'],
    ]),
  ];
  return put
    .sort(([a, first], [b, second]) => b - a || Number(first === ')') - Number(second === ')'))
    .reduce((text, [at, more]) => text.slice(0, at) + more + text.slice(at), source);
}

/** The marks by which a fault is reached: the innermost place around it, or any of its file if it stands outside. */
function marksOf(file: string, source: string, { start, end }: Place): string[] {
  const { statements, expressions } = places(source);
  const all = [...statements, ...expressions];
  const around = all.filter((place) => place.start <= start && place.end >= end);
  const inner = around.sort((a, b) => a.end - a.start - (b.end - b.start)).slice(0, 1);
  return (inner.length > 0 ? inner : all).map((place) => `${file}:${place.start}`);
}

/** Runs all tests without any fault. Throws when one fails, for it could tell nothing. */
export async function reachOf(
  sources: Texts,
  tests: Texts,
  { kept, log }: { kept: Kept; log: (message: string) => void },
): Promise<Reached[]> {
  const all = hashOf(...sources.values());
  const found: Reached[] = [];
  const left: string[] = [];
  for (const [test, text] of tests) {
    const known = kept.get<Reached>(hashOf('reached', test, text, all));
    if (known === undefined) left.push(test);
    else found.push(known);
  }
  if (left.length === 0) return found;
  await atOnce(
    async (house) => {
      house.write(SETUP_FILE, SETUP);
      for (const [file, source] of sources) house.write(file, marked(file, source));
      for (let test = left.shift(); test !== undefined; test = left.shift()) {
        const reached = await cleanRun(house, test);
        kept.put(hashOf('reached', test, tests.get(test) as string, all), reached);
        found.push(reached);
        log(
          `without a fault  ${test}  ${reached.marks.length} statements, ${(reached.took / 1000).toFixed(1)} s`,
        );
      }
    },
    [SETUP_FILE],
  );
  return found;
}

async function cleanRun(house: House, test: string): Promise<Reached> {
  house.write(REACHED_FILE, '');
  const told = await house.run([test], 0);
  const failure = told?.failed[0] ?? told?.late[0];
  if (told === null) throw new Error(`${test} never ends, without any fault`);
  if (failure !== undefined) throw new Error(`Without any fault fails ${failure.test}: ${failure.why}`);
  const lines = house.read(REACHED_FILE).split('\n').filter(Boolean);
  const marks = new Set(lines.flatMap((line) => JSON.parse(line) as string[]));
  return { test, marks: [...marks].sort(), took: told.took[test] ?? 0 };
}

/** The files of tests that come to a fault: those that come to most of its file first, then the quick ones. */
export function testsFor(mutant: Mutant, source: string, reached: readonly Reached[]): string[] {
  const marks = new Set(marksOf(mutant.file, source, mutant));
  const most = ({ marks: all }: Reached) => all.filter((mark) => mark.startsWith(`${mutant.file}:`)).length;
  return reached
    .filter((each) => each.marks.some((mark) => marks.has(mark)))
    .sort((a, b) => most(b) - most(a) || a.took - b.took)
    .map(({ test }) => test);
}
