import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';
import { projectRoot } from './migrate.ts';

const locked = expect.objectContaining({ code: 'data_folder_locked' });
let scratch: string;
let script: string;
let made = 0;
const children: ChildProcess[] = [];

/** Takes the lock of each folder it is sent, at the moment it is told, and says whether it got it. */
const CHILD = `
import { lockFolder } from './src/platform/lock.js';
process.on('message', ({ folders, from, every }) => {
  const results = folders.map((folder, at) => {
    while (Date.now() < from + at * every);
    try {
      lockFolder(folder);
      return 'held';
    } catch (error) {
      return error.code;
    }
  });
  process.send(results);
});
process.send('ready');
`;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  const root = projectRoot();
  const options =
    '--ignoreConfig --target es2023 --module nodenext --skipLibCheck --types node --rewriteRelativeImportExtensions';
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...options.split(' '),
      ...['--rootDir', root, '--outDir', join(scratch, 'built'), join(root, 'src/platform/lock.ts')],
    ],
    { cwd: root, stdio: 'pipe' },
  );
  writeFileSync(join(scratch, 'built', 'package.json'), '{"type":"module"}');
  script = join(scratch, 'built', 'child.js');
  writeFileSync(script, CHILD);
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = join(scratch, `data-${++made}`);
  mkdirSync(folder);
  return folder;
}

async function spawned(): Promise<ChildProcess> {
  const child = fork(script);
  children.push(child);
  await once(child, 'message');
  return child;
}

async function take(child: ChildProcess, folders: readonly string[], from = 0, every = 0): Promise<string[]> {
  const answer = once(child, 'message');
  child.send({ folders, from, every });
  return (await answer)[0] as string[];
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the lock of a data folder', () => {
  it('is taken once, also within one process, and free again after its release', () => {
    const folder = join(newFolder(), 'deep', 'er');
    const release = lockFolder(folder);
    expect(statSync(join(folder, 'lock')).mode & 0o777).toBe(0o600);
    expect(() => lockFolder(folder)).toThrow(locked);
    release();
    expect(readdirSync(folder)).toEqual([]);
    release();
    lockFolder(folder)();
  });

  it('names the process that holds it, and says what to do', async () => {
    const folder = newFolder();
    const child = await spawned();
    expect(await take(child, [folder])).toEqual(['held']);
    expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${child.pid}.*BAILEE_DATA`));
    await kill(child);
  });

  it('of a killed process is taken over, and of a living one never', async () => {
    const folder = newFolder();
    const [first, second] = [await spawned(), await spawned()];
    expect(await take(first, [folder])).toEqual(['held']);
    expect(await take(second, [folder])).toEqual(['data_folder_locked']);
    await kill(first);
    expect(await take(second, [folder])).toEqual(['held']);
    expect(() => lockFolder(folder)).toThrow(locked);
    expect(readdirSync(folder)).toEqual(['lock']);
    await kill(second);
    lockFolder(folder)();
  });

  it('is stale when its process number now belongs to another process', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    const release = lockFolder(folder);
    release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('is stale when its file says nothing: a disk was full', () => {
    for (const text of ['', '{', 'null', '7', '{}', '{"pid":"x"}']) {
      const folder = newFolder();
      writeFileSync(join(folder, 'lock'), text);
      lockFolder(folder)();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('is not lost to a taker that died in the middle of taking it over', () => {
    const folder = newFolder();
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: '1' });
    writeFileSync(join(folder, 'lock'), dead);
    writeFileSync(join(folder, 'lock.next'), dead);
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(locked);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not removed by the release of one who lost it', () => {
    const folder = newFolder();
    const release = lockFolder(folder);
    const other = JSON.stringify({ pid: 1, started: 'other' });
    writeFileSync(join(folder, 'lock'), other);
    release();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(other);
  });

  it('goes to exactly one of many processes that take it at one moment, free or left by a dead one', async () => {
    const folders = Array.from({ length: 80 }, newFolder);
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: '1' });
    for (const [at, folder] of folders.entries()) if (at % 2 === 1) writeFileSync(join(folder, 'lock'), dead);
    const takers = await Promise.all(Array.from({ length: 6 }, spawned));
    const from = Date.now() + 300;
    const results = await Promise.all(takers.map((taker) => take(taker, folders, from, 8)));
    for (const at of folders.keys()) {
      const got = results.map((result) => result[at]);
      expect(got.filter((each) => each === 'held')).toHaveLength(1);
      expect(got.filter((each) => each === 'data_folder_locked')).toHaveLength(5);
      expect(readdirSync(folders[at]!)).toEqual(['lock']);
    }
  });
});
