/** One process per data folder. The embedded engine has no lock of its own, and two processes on one folder lose rows. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  // Written first and linked then: nobody ever reads a lock that does not say yet who holds it.
  const written = `${path}.${process.pid}`;
  writeFileSync(written, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      if (link(written, path)) return () => release(path, mine);
      const held = read(path);
      if (held === 'missing') continue;
      if (held !== null && isAlive(held)) throw heldBy(held);
      if (takeOver(written, path, mine)) return () => release(path, mine);
    }
  } finally {
    rmSync(written, { force: true });
  }
  throw new BaileeError('data_folder_locked', 'The lock of the data folder could not be taken. Try again.');
}

function heldBy(holder: Holder): BaileeError {
  return new BaileeError(
    'data_folder_locked',
    `Another Bailee (process ${holder.pid}) is using this data folder. Stop it, or set BAILEE_DATA to another folder.`,
    { pid: holder.pid },
  );
}

/** False when `to` exists. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Replaces a dead holder's file. Only who holds the claim may: between its look and its rename no one
 * else changes a file whose holder is dead. False when the lock must be looked at again.
 */
function takeOver(written: string, path: string, mine: Holder): boolean {
  const claim = `${path}.next`;
  if (!link(written, claim)) {
    const other = read(claim);
    if (other !== null && other !== 'missing' && isAlive(other)) pause();
    else rmSync(claim, { force: true });
    return false;
  }
  const held = read(path);
  if (held === 'missing' || (held !== null && isAlive(held))) {
    rmSync(claim, { force: true });
    return false;
  }
  try {
    renameSync(claim, path);
  } catch {
    return false; // the claim was taken for a dead one's
  }
  const now = read(path);
  return now !== null && now !== 'missing' && now.pid === mine.pid && now.started === mine.started;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

/** Null when the file says nothing of use: a disk was full, or someone wrote there. */
function read(path: string): Holder | 'missing' | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder | null;
    return typeof holder?.pid === 'number' ? holder : null;
  } catch (error) {
    return (error as { code?: string }).code === 'ENOENT' ? 'missing' : null;
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

function release(path: string, mine: Holder): void {
  const held = read(path);
  if (held === null || held === 'missing') return;
  if (held.pid === mine.pid && held.started === mine.started) rmSync(path, { force: true });
}

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
