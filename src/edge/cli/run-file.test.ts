import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRun, removeRun, writeRun } from './run-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** No process has a number this high. */
const GONE = 2 ** 30;

it('tells where the server of a living process is, to this user alone', () => {
  const run = { url: 'http://127.0.0.1:4000', pid: process.pid, token: 'secret' };
  writeRun(folder, run);
  expect(readRun(folder)).toEqual(run);
  expect(statSync(join(folder, 'run.json')).mode & 0o777).toBe(0o600);
});

it('tells nothing when the process is gone, or the file is odd', () => {
  expect(readRun(folder)).toBeNull();
  writeRun(folder, { url: 'http://127.0.0.1:4000', pid: GONE, token: 'secret' });
  expect(readRun(folder)).toBeNull();
  writeFileSync(join(folder, 'run.json'), '{');
  expect(readRun(folder)).toBeNull();
});

it('is removed by the process that it names alone', () => {
  writeRun(folder, { url: 'http://127.0.0.1:4000', pid: process.ppid, token: 'secret' });
  removeRun(folder);
  expect(existsSync(join(folder, 'run.json'))).toBe(true);
  writeRun(folder, { url: 'http://127.0.0.1:4000', pid: process.pid, token: 'secret' });
  removeRun(folder);
  expect(existsSync(join(folder, 'run.json'))).toBe(false);
});
