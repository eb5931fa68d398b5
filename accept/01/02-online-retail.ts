/** Line 2: the real Online Retail file, imported on PostgreSQL in one command, again, and through kills. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { AcceptLine, LineOptions, Verdict } from '../line.ts';
import { freshPostgres, runCommand } from '../server.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const QUICK_LINES = 8_000;
const KILLS = 3;
const SAMPLE_EVERY_MS = 100;
/** Peaks of the last half of the import against those of the second quarter, when all is warm. */
const FLAT = 1.2;
const MOST_MEGABYTES = 512;

export const line: AcceptLine = {
  issue: 1,
  number: 2,
  title: 'the Online Retail file imports whole, once, with flat memory, through kill -9',
  run,
};

interface Report {
  readonly lines: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly notCollected: number;
  readonly duplicates: number;
  readonly seconds: number;
  readonly whole: {
    readonly lines: number;
    readonly stored: number;
    readonly duplicates: number;
    readonly quarantined: number;
    readonly notCollected: number;
  };
}

async function run({ quick, log }: LineOptions): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-accept-'));
  try {
    const { path, totals, lines } = prepare(folder, quick);
    log(`${lines} lines, ${totals.size} countries and months`);
    const whole = await importOnce(path, totals, lines, quick, log);
    const killed = await importKilled(path, totals, lines, log);
    const faults = [...whole.faults, ...killed];
    const figure = `${whole.stored} of ${lines} lines stored in ${whole.seconds} s, ${whole.peak} MB at most, ${KILLS} kills`;
    return { pass: faults.length === 0, figure: faults.length === 0 ? figure : faults.join('; ') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file to import, and what an independent reading of it says. */
function prepare(folder: string, quick: boolean) {
  const shared = process.env.BAILEE_SHARED ?? '../shared';
  const source = join(shared, 'data/online-retail.csv.gz');
  if (!existsSync(source)) throw new Error(`There is no ${source}; set BAILEE_SHARED.`);
  const text = gunzipSync(readFileSync(source)).toString('utf8');
  if (!quick) return { path: source, ...totalsOf(text) };
  const path = join(folder, 'online-retail.csv');
  const part = text.split('\n', QUICK_LINES + 1).join('\n');
  writeFileSync(path, `${part}\n`);
  return { path, ...totalsOf(part) };
}

async function importOnce(
  path: string,
  totals: Totals,
  lines: number,
  quick: boolean,
  log: (message: string) => void,
) {
  return withStore(async (where) => {
    const first = start(['import', path, '--mapping', 'online-retail', '--json'], where);
    const sizes = await watched(first.child);
    const report = await first.result();
    const peak = Math.max(...sizes);
    log(`imported in ${report.seconds} s, ${peak} MB at most`);
    const faults = [
      ...wrong('first import', report.stored + report.quarantined, lines),
      ...wrong('first import, quarantined', report.quarantined, 0),
      ...(await compare(where, totals)),
    ];
    const growth = growthOf(sizes);
    log(`memory in the last half against the second quarter: ${growth.toFixed(2)}`);
    if (peak > MOST_MEGABYTES) faults.push(`memory grew to ${peak} MB`);
    if (!quick && growth > FLAT) faults.push(`memory grew by ${growth.toFixed(2)}`);
    for (const again of [[], ['--again']]) {
      const second = await start(
        ['import', path, '--mapping', 'online-retail', '--json', ...again],
        where,
      ).result();
      faults.push(...wrong(`second import ${again.join('')}`, second.stored, 0));
      faults.push(...wrong(`second import ${again.join('')}, quarantined`, second.quarantined, 0));
      log(`second import ${again.join('')}: ${second.stored} stored, ${second.duplicates} stored before`);
    }
    faults.push(...(await compare(where, totals)));
    return { faults, stored: report.stored, seconds: report.seconds, peak };
  });
}

/** Kills the import at moments of chance while it is at work, then lets the same command finish. */
async function importKilled(path: string, totals: Totals, lines: number, log: (message: string) => void) {
  return withStore(async (where) => {
    const args = ['import', path, '--mapping', 'online-retail', '--json'];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const victim = start(args, where);
      const ended = once(victim.child, 'close');
      const from = Math.floor((lines * (kill - 1 + Math.random())) / (KILLS + 1));
      const done = await untilPast(where, from, victim.child);
      victim.child.kill('SIGKILL');
      await ended;
      log(`kill ${kill} of ${KILLS} at line ${done}`);
    }
    const report = await start(args, where).result();
    const { stored, quarantined, notCollected, duplicates } = report.whole;
    log(`the last run stored ${report.stored} of ${stored} lines`);
    return [
      ...(report.stored < lines ? [] : ['no kill came in the middle']),
      ...wrong('after kills, stored or quarantined', stored + quarantined + notCollected, lines),
      ...wrong('after kills, stored twice', duplicates, 0),
      ...(await compare(where, totals)).map((fault) => `after kills: ${fault}`),
    ];
  });
}

/** Resolves, with how far the import is, a moment of chance after it has passed `line`. */
async function untilPast({ databaseUrl }: Where, line: number, child: ChildProcess): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ done: string }>(
        'SELECT max(lines_done) AS done FROM bailee.import',
      );
      const done = Number(rows[0]?.done ?? 0);
      if (done > line) {
        await new Promise((wake) => setTimeout(wake, Math.random() * SAMPLE_EVERY_MS));
        return done;
      }
      if (child.exitCode !== null) throw new Error('the import ended before it could be killed');
      await new Promise((wake) => setTimeout(wake, 20));
    }
  } finally {
    await client.end();
  }
}

function wrong(what: string, found: number, expected: number): string[] {
  return found === expected ? [] : [`${what}: ${found} instead of ${expected}`];
}

interface Where {
  readonly databaseUrl: string;
  readonly dataFolder: string;
}

async function withStore<T>(work: (where: Where) => Promise<T>): Promise<T> {
  const database = await freshPostgres();
  const dataFolder = mkdtempSync(join(tmpdir(), 'bailee-accept-'));
  const where = { databaseUrl: database.url, dataFolder };
  try {
    const made = await runCommand(['init', '--name', 'Online Retail', '--country', 'GB'], where);
    if (made.code !== 0) throw new Error(`init failed: ${made.stderr}`);
    return await work(where);
  } finally {
    await database.drop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function start(args: readonly string[], { databaseUrl, dataFolder }: Where) {
  const env = { PATH: process.env.PATH, BAILEE_DATA: dataFolder, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');
  return {
    child,
    async result(): Promise<Report> {
      await closed;
      if (child.exitCode !== 0) throw new Error(`bailee ${args[0]} failed: ${stderr}`);
      return JSON.parse(stdout) as Report;
    },
  };
}

/** Resident megabytes of a process, sampled until it ends. */
async function watched(child: ChildProcess): Promise<number[]> {
  const sizes: number[] = [];
  while (child.exitCode === null && child.signalCode === null) {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(statusOf(child))?.[1];
    if (kilobytes !== undefined) sizes.push(Math.round(Number(kilobytes) / 1024));
    await new Promise((wake) => setTimeout(wake, SAMPLE_EVERY_MS));
  }
  return sizes;
}

function statusOf({ pid }: ChildProcess): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

function growthOf(sizes: readonly number[]): number {
  const quarter = Math.floor(sizes.length / 4);
  return Math.max(...sizes.slice(2 * quarter)) / Math.max(1, ...sizes.slice(quarter, 2 * quarter));
}

interface Total {
  readonly orders: Set<string>;
  lines: number;
  /** In thousandths. */
  amount: bigint;
}
/** By country and month. */
type Totals = ReadonlyMap<string, Total>;

async function compare(where: Where, totals: Totals): Promise<string[]> {
  const answer = await runCommand(['report', 'orders', '--by', 'country,month', '--json'], where);
  if (answer.code !== 0) return [`the report failed: ${answer.stderr}`];
  const { rows } = JSON.parse(answer.stdout) as {
    rows: { country: string; month: string; orders: number; lines: number; amount: string }[];
  };
  const faults = rows.flatMap((row) => {
    const expected = totals.get(`${row.country}/${row.month}`);
    const same =
      expected !== undefined &&
      expected.orders.size === row.orders &&
      expected.lines === row.lines &&
      expected.amount === thousandths(row.amount);
    return same ? [] : [`${row.country} ${row.month} differs`];
  });
  return [...faults.slice(0, 5), ...wrong('countries and months', rows.length, totals.size)];
}

/** Reads the file without a line of the importer's code: RFC 4180, exact sums. */
function totalsOf(text: string): { totals: Totals; lines: number } {
  const totals = new Map<string, Total>();
  let lines = 0;
  for (const row of records(text)) {
    if (lines === 0 && row[0] === 'InvoiceNo') continue;
    const [invoice, , , quantity, date, price, , country] = row as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    lines += 1;
    const name = `${country}/${date.slice(0, 7)}`;
    const total = totals.get(name) ?? { orders: new Set<string>(), lines: 0, amount: 0n };
    totals.set(name, total);
    total.orders.add(invoice);
    total.lines += 1;
    total.amount += BigInt(quantity) * thousandths(price);
  }
  return { totals, lines };
}

function thousandths(text: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,3}))?0*$/.exec(text) ?? [];
  if (whole === undefined) throw new Error('an amount is not as this script expects it');
  return BigInt(`${sign}${whole}${fraction.padEnd(3, '0')}`);
}

function* records(text: string): Generator<string[]> {
  let row: string[] = [];
  let cell = '';
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (inside) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else inside = false;
    } else if (char === '"') inside = true;
    else if (char === ',') {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      yield row;
      row = [];
    } else cell += char;
  }
  if (cell !== '' || row.length > 0) yield [...row, cell];
}
