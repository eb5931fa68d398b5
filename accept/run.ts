/**
 * `npm run accept -- 1` judges issue 1 line by line and exits 1 if any line fails.
 *
 *   --quick     smaller sizes; without an issue's number: all issues
 *   --line 4    that line alone (with one issue)
 *   --seed 7    one schedule alone (with one line that is judged by seeds)
 *   --minutes 60  how long a line that fuzzes goes on
 *   --json      one JSON array on standard output; progress goes to standard error
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { AcceptLine, LineOptions, Verdict } from './line.ts';
import { limitDemo, stopAll } from './server.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = fileURLToPath(new URL('../../accept/', import.meta.url));

/** Customers of the demo shop in a quick run. */
const QUICK_DEMO = 300;

interface Wanted {
  readonly issues: readonly number[];
  readonly line: number | null;
  readonly seed: number | null;
  readonly minutes: number | null;
  readonly quick: boolean;
  readonly json: boolean;
}

interface Judged {
  readonly issue: number;
  readonly line: number;
  readonly title: string;
  readonly result: 'pass' | 'fail' | 'left out';
  readonly figure: string;
  readonly seconds: number;
}

/** Folders `01`, `02` … beside this file: one per issue. */
function issuesAtHand(): number[] {
  return readdirSync(HERE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d$/.test(entry.name))
    .map((entry) => Number(entry.name))
    .sort((a, b) => a - b);
}

function wanted(args: string[]): Wanted {
  const options = {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    line: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const known = issuesAtHand();
  const issues = positionals.map(Number);
  const unknown = positionals.filter((_, at) => !known.includes(issues[at] as number));
  if (unknown.length > 0)
    throw new Error(`There is no issue ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  if (issues.length === 0 && !values.quick)
    throw new Error('Name an issue (npm run accept -- 1), or add --quick for all.');
  const line = values.line === undefined ? null : Number(values.line);
  if (line !== null && (!Number.isInteger(line) || issues.length !== 1)) {
    throw new Error('--line takes the number of a line of one issue: npm run accept -- 1 --line 4.');
  }
  const seed = values.seed === undefined ? null : Number(values.seed);
  if (seed !== null && (!Number.isInteger(seed) || line === null))
    throw new Error('--seed takes a whole number and a line: npm run accept -- 1 --line 10 --seed 7.');
  const minutes = values.minutes === undefined ? null : Number(values.minutes);
  if (minutes !== null && !(minutes > 0)) throw new Error('--minutes takes a number above zero.');
  return {
    issues: issues.length > 0 ? issues : known,
    line,
    seed,
    minutes,
    quick: values.quick ?? false,
    json: values.json ?? false,
  };
}

/** The scripts of an issue that export a `line`, by number. What was built from a file now gone is passed over. */
async function linesOf(issue: number): Promise<AcceptLine[]> {
  const name = String(issue).padStart(2, '0');
  const folder = join(HERE, name);
  const lines: AcceptLine[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.js') || !existsSync(join(SOURCES, name, file.replace(/\.js$/, '.ts')))) continue;
    const script = (await import(pathToFileURL(join(folder, file)).href)) as { line?: AcceptLine };
    if (script.line === undefined && !/^\d/.test(file)) continue;
    if (script.line?.issue !== issue)
      throw new Error(`accept/${name}/${file} exports no line of issue ${issue}.`);
    lines.push(script.line);
  }
  const numbers = lines.map(({ number }) => number);
  const twice = numbers.find((number, at) => numbers.indexOf(number) !== at);
  if (twice !== undefined) throw new Error(`Two scripts judge line ${issue}.${twice}.`);
  return lines.sort((a, b) => a.number - b.number);
}

async function judge(line: AcceptLine, options: LineOptions): Promise<Judged> {
  const { issue, number, title } = line;
  const started = performance.now();
  const verdict = await attempt(line, options);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  await stopAll();
  return {
    issue,
    line: number,
    title,
    result: verdict.pass ? 'pass' : 'fail',
    figure: verdict.figure,
    seconds,
  };
}

/** A line that throws has failed; the first line of its error is the figure. */
async function attempt(line: AcceptLine, options: LineOptions): Promise<Verdict> {
  try {
    return await line.run(options);
  } catch (error) {
    options.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const message = error instanceof Error ? error.message : String(error);
    return { pass: false, figure: message.split('\n')[0] ?? 'threw an error without a message' };
  }
}

function row({ issue, line, title, result, figure, seconds }: Judged): string {
  return `${`${issue}.${line}`.padEnd(6)}${result.padEnd(9)} ${title}  ${figure}  (${seconds} s)`;
}

async function main(): Promise<void> {
  const { issues, line: only, seed, minutes, quick, json } = wanted(process.argv.slice(2));
  const print = (text: string) => (json ? console.error(text) : console.log(text));
  const all = (await Promise.all(issues.map(linesOf))).flat();
  const chosen = all.filter(({ number }) => only === null || number === only);
  if (chosen.length === 0) throw new Error('No line to judge: no script exports it.');

  if (quick) limitDemo(QUICK_DEMO);
  const judged: Judged[] = [];
  for (const line of chosen) {
    const { issue, number, title } = line;
    const log = (message: string) => console.error(`  ${issue}.${number}  ${message}`);
    const leftOut = quick && line.quick === false;
    const one: Judged = leftOut
      ? { issue, line: number, title, result: 'left out', figure: 'has no smaller size', seconds: 0 }
      : await judge(line, {
          quick,
          log,
          ...(seed === null ? {} : { seed }),
          ...(minutes === null ? {} : { minutes }),
        });
    judged.push(one);
    print(row(one));
  }

  const total = (result: Judged['result']) => judged.filter((one) => one.result === result).length;
  if (json) console.log(JSON.stringify(judged, null, 2));
  if (total('left out') > 0) print(`left out of a quick run: ${total('left out')}`);
  for (const { issue, line, title, figure } of judged.filter(({ result }) => result === 'fail'))
    print(`FAILED ${issue}.${line} ${title}: ${figure}`);
  print(`${total('pass')} passed, ${total('fail')} failed, 0 skipped`);
  process.exitCode = total('fail') > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  await stopAll();
}
