/** `<data>/run.json`: where the running server is, and the token that makes its operator. Readable by this user alone. */
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Run {
  /** Without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Random, of this run alone. */
  readonly token: string;
}

function pathOf(folder: string): string {
  return join(folder, 'run.json');
}

/** Writes a file that only this user may read, whole or not at all. */
export function writePrivate(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, text, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, path);
}

export function writeRun(folder: string, run: Run): void {
  writePrivate(pathOf(folder), `${JSON.stringify(run, null, 2)}\n`);
}

/** What a running server left there; null when there is none, or its process is gone. */
export function readRun(folder: string): Run | null {
  try {
    const run = JSON.parse(readFileSync(pathOf(folder), 'utf8')) as Run;
    process.kill(run.pid, 0);
    return run;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EPERM') return null;
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as Run;
  }
}

/** Removes the file if it is still this process's own. */
export function removeRun(folder: string): void {
  if (readRun(folder)?.pid === process.pid) rmSync(pathOf(folder), { force: true });
}
