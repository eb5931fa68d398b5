/** The house keeps its plan: counted here by other means, and by its own architecture test, which must find planted breaches. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { Faults, inFolder } from './faults.ts';
import { suiteOf } from './suite.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['src', 'contract', 'accept', 'bench', 'test', 'sdk', 'web', 'migrations', 'packs'];
const CODE = /\.(?:ts|tsx|mjs|js)$/;
const TEXT = /\.(?:ts|tsx|mjs|js|sql|css|html|sh)$/;
const MOST_LINES = 500;
const FEWEST_BREACHES = 10;

export const line: AcceptLine = {
  issue: 1,
  number: 12,
  title: 'No file over 500 lines, no cycle, no any; planted breaches are found',
  async run({ log }) {
    const faults = new Faults(log);
    const files = filesOf();
    const longest = judgeLengths(files, faults);
    const edges = judgeCycles(files, faults);
    log(`${files.size} files, the longest of ${longest} lines; ${edges} imports`);
    await judgeAny(faults);
    const { tests } = await suiteOf('test/architecture.test.ts');
    for (const { titles, status } of tests) faults.equal(status, 'passed', titles.join(', '));
    const planted = tests.filter(({ titles }) => /^a planted breach/.test(titles[0] ?? ''));
    const found = planted.filter(({ status }) => status === 'passed').length;
    faults.check(found >= FEWEST_BREACHES, `${found} planted breaches found`);
    return faults.verdict(
      `${files.size} files, at most ${longest} lines; ${edges} imports without a circle; no any; ${found} planted breaches found`,
    );
  },
};

function filesOf(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of FOLDERS) {
    let names: string[] = [];
    try {
      names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    } catch {
      continue;
    }
    for (const name of names) {
      const path = join(folder, name);
      if (TEXT.test(path)) files.set(path, readFileSync(join(ROOT, path), 'utf8'));
    }
  }
  return files;
}

function judgeLengths(files: ReadonlyMap<string, string>, faults: Faults): number {
  let longest = 0;
  for (const [path, text] of files) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    longest = Math.max(longest, lines);
    faults.check(lines <= MOST_LINES, `${path} has ${lines} lines`);
  }
  return longest;
}

/** Kahn's algorithm: whatever is left once all files without unread imports are taken away stands in a circle or above one. */
function judgeCycles(files: ReadonlyMap<string, string>, faults: Faults): number {
  const imports = new Map<string, Set<string>>();
  let edges = 0;
  for (const [path, text] of files) {
    if (!CODE.test(path)) continue;
    const found = new Set<string>();
    for (const [, target] of text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?['"](\.[^'"]+)['"]/g))
      found.add(normalize(join(dirname(path), target as string)));
    for (const target of [...found]) if (!files.has(target)) found.delete(target);
    imports.set(path, found);
    edges += found.size;
  }
  for (let taken = true; taken; ) {
    taken = false;
    for (const [path, targets] of imports) {
      for (const target of targets) if (!imports.has(target)) targets.delete(target);
      if (targets.size > 0) continue;
      imports.delete(path);
      taken = true;
    }
  }
  faults.equal(imports.size, 0, `files in or above a circle (${[...imports.keys()].slice(0, 5).join(', ')})`);
  return edges;
}

/** By the linter, which knows the grammar. A planted one shows that it looks. */
async function judgeAny(faults: Faults): Promise<void> {
  const own = await lint(FOLDERS.slice(0, 5), ROOT);
  faults.check(own.code === 0, `the type any is used: ${own.said.slice(0, 300)}`);
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'sound.ts'), 'export const planted = (a: unknown) => a;\n');
    writeFileSync(join(folder, 'unsound.ts'), 'export const planted = (a: any) => a;\n');
    const sound = await lint(['sound.ts'], folder);
    const unsound = await lint(['unsound.ts'], folder);
    faults.check(
      sound.code === 0 && /noExplicitAny/.test(unsound.said),
      'a planted any is found, and nothing else',
    );
  });
}

async function lint(args: readonly string[], cwd: string): Promise<{ code: number; said: string }> {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const all = [biome, 'lint', '--only=suspicious/noExplicitAny', '--error-on-warnings', ...args];
  const child = spawn(process.execPath, all, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, said };
}
