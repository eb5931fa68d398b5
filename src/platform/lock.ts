/** One process per data folder. The embedded engine has no lock of its own, and two processes on one folder lose rows. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BaileeError } from './errors.ts';

interface Holder {
  readonly pid: number;
  /** Start of that process (clock ticks since boot) where the system tells: a number alone may be reused. */
  readonly started: string | null;
}

/** Takes the folder's lock; returns the release. Throws `BaileeError('data_folder_locked')` when a living process holds it. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (create(path, mine)) return () => release(path, mine);
    const held = read(path);
    if (held !== null && isAlive(held))
      throw new BaileeError(
        'data_folder_locked',
        `Another Bailee (process ${held.pid}) is using this data folder. Stop it, or set BAILEE_DATA to another folder.`,
        { pid: held.pid },
      );
    removeStale(path, held);
  }
  throw new BaileeError('data_folder_locked', 'The lock of the data folder could not be taken. Try again.');
}

function create(path: string, holder: Holder): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, JSON.stringify(holder));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return holder.started === startOf(process.pid);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return false;
  }
  const started = startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Moves the dead holder's file away; if another process got in between, its file is put back. */
function removeStale(path: string, dead: Holder | null): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = read(aside);
    if (
      moved !== null &&
      (dead === null || moved.pid !== dead.pid || moved.started !== dead.started) &&
      isAlive(moved)
    )
      renameSync(aside, path);
    else unlinkSync(aside);
  } catch {
    // gone already: the next round sees
  }
}

function release(path: string, mine: Holder): void {
  const held = read(path);
  if (held?.pid === mine.pid && held.started === mine.started) unlinkSync(path);
}

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
