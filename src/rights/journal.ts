/**
 * The erasure journal: a file beside the database, `<data>/erasures.jsonl`, that tells which customers were
 * erased, by id. A restore replays it, so that a backup from before an erasure brings nothing back even when
 * the database that recorded the erasure is lost. One line an erasure or a lift; ids and keyed hashes only.
 */
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BaileeError } from '../platform/errors.ts';
import { linesOf } from '../platform/lines.ts';
import type { Ctx } from '../platform/ports.ts';
import { isUuid } from '../platform/random.ts';

const NAME = 'erasures.jsonl';
const PARTS = /^erasures(-\d+)?\.jsonl$/;
const DAY_MS = 86_400_000;

export interface JournaledErasure {
  readonly id: string;
  readonly store: string;
  readonly customers: readonly string[];
  /** Numbers of the retention classes whose keys went. */
  readonly classes: readonly number[];
  /** Keyed hashes (16 bytes) of the identifiers that must not come back. */
  readonly tombstones: readonly Buffer[];
  /** UTC milliseconds. */
  readonly at: number;
  readonly ledgerIndex: number;
}

/** Tombstones taken back for a returning buyer: those of every earlier erasure that left this one. */
export interface JournaledLift {
  readonly store: string;
  /** The tombstone (16 bytes) of the identifier that was lifted. */
  readonly token: Buffer;
  /** UTC milliseconds. */
  readonly at: number;
}

type JournalCtx = Pick<Ctx, 'config'>;

/**
 * Keeps an erasure; durable when it resolves. Called after the erasure's commit and before it is
 * acknowledged. The same erasure may be kept twice: whoever reads goes by its id.
 */
export async function journalErasure(ctx: JournalCtx, erasure: JournaledErasure): Promise<void> {
  await append(ctx, [erasureLine(erasure)]);
}

/** Keeps a lift; durable when it resolves. Called after the lift's commit and before it is acknowledged. */
export async function journalLift(ctx: JournalCtx, lift: JournaledLift): Promise<void> {
  await append(ctx, [
    JSON.stringify({ v: 1, lift: { store: lift.store, token: lift.token.toString('base64'), at: lift.at } }),
  ]);
}

function erasureLine(erasure: JournaledErasure): string {
  return JSON.stringify({
    v: 1,
    erasure: { ...erasure, tombstones: erasure.tombstones.map((each) => each.toString('base64')) },
  });
}

export type JournalEntry =
  | { readonly erasure: JournaledErasure }
  | { readonly lift: JournaledLift }
  /** A line that tells nothing: cut short by a crash (then nobody was told of the erasure), or damaged. */
  | { readonly unreadable: true };

/** Every journal of the installation: the one in use, and parts that a crash left aside. */
export async function journalFiles(ctx: JournalCtx): Promise<string[]> {
  const names = await readdir(ctx.config.data).catch(() => []);
  return names
    .filter((name) => PARTS.test(name))
    .sort()
    .map((name) => join(ctx.config.data, name));
}

/** The entries of a journal, as they were written. Throws `invalid_backup` when the file cannot be read. */
export async function* readJournal(path: string): AsyncGenerator<JournalEntry> {
  try {
    for await (const line of linesOf(createReadStream(path))) if (line !== '') yield parse(line);
  } catch (error) {
    throw new BaileeError('invalid_backup', 'An erasure journal cannot be read.', undefined, error);
  }
}

function parse(line: string): JournalEntry {
  try {
    const { v, erasure, lift } = JSON.parse(line) as Record<string, unknown>;
    if (v === 1 && isErasure(erasure))
      return { erasure: { ...erasure, tombstones: erasure.tombstones.map(fromBase64) } };
    if (v === 1 && isLift(lift)) return { lift: { ...lift, token: fromBase64(lift.token) } };
  } catch {
    // told below
  }
  return { unreadable: true };
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}

type Written<T, K extends keyof T, V> = Omit<T, K> & { readonly [name in K]: V };

function isErasure(value: unknown): value is Written<JournaledErasure, 'tombstones', readonly string[]> {
  const row = value as JournaledErasure | null | undefined;
  return (
    typeof row === 'object' &&
    row !== null &&
    [row.id, row.store, ...row.customers].every((id) => typeof id === 'string' && isUuid(id)) &&
    [row.at, row.ledgerIndex, ...row.classes].every((each) => Number.isSafeInteger(each)) &&
    row.tombstones.every((each) => typeof each === 'string')
  );
}

function isLift(value: unknown): value is Written<JournaledLift, 'token', string> {
  const row = value as JournaledLift | null | undefined;
  return (
    typeof row === 'object' &&
    row !== null &&
    typeof row.token === 'string' &&
    isUuid(row.store) &&
    Number.isSafeInteger(row.at)
  );
}

/**
 * Appends lines and syncs. When the file was set aside meanwhile (see `forgetExpired`), they are written
 * again: whoever set it aside may have read it before they were there.
 */
async function append(ctx: JournalCtx, lines: readonly string[]): Promise<void> {
  const path = join(ctx.config.data, NAME);
  await mkdir(ctx.config.data, { recursive: true, mode: 0o700 });
  for (;;) {
    const file = await open(path, 'a+', 0o600);
    try {
      const before = await file.stat();
      // The last line may have been cut short by a crash: it must not swallow this one.
      const start = before.size > 0 && !(await endsLine(file, before.size)) ? '\n' : '';
      await file.appendFile(start + lines.map((line) => `${line}\n`).join(''));
      await file.sync();
      if (before.size === 0) await syncFolder(ctx.config.data);
      const there = await stat(path).catch(() => null);
      if (there?.ino === before.ino && there.dev === before.dev) return;
    } finally {
      await file.close();
    }
  }
}

async function endsLine(file: Awaited<ReturnType<typeof open>>, size: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] === 0x0a;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}

const PAGE = 500;

/**
 * Takes expired tombstones out of the journal (they are personal data); ids stay, for backups of any age.
 * A lift goes with the tombstones it took back. Safe beside nodes that are writing, and after a crash.
 * For the retention job; resolves with the lines that were kept.
 */
export async function forgetExpired(ctx: Pick<Ctx, 'config' | 'clock'>): Promise<number> {
  const now = ctx.clock.now();
  const oldest = now - ctx.config.tombstoneDays * DAY_MS;
  const path = join(ctx.config.data, NAME);
  const left = (await journalFiles(ctx)).filter((each) => each !== path);
  // One at a time: a part that a crash left is dealt with before another is set aside.
  if (left.length === 0 && (await stat(path).catch(() => null)) !== null) {
    left.push(join(ctx.config.data, `erasures-${now}.jsonl`));
    await rename(path, left[0]!);
  }
  let kept = 0;
  for (const part of left) {
    let lines: string[] = [];
    for await (const entry of readJournal(part)) {
      const line = stillNeeded(entry, oldest);
      if (line === null) continue;
      lines.push(line);
      kept += 1;
      if (lines.length < PAGE) continue;
      await append(ctx, lines);
      lines = [];
    }
    if (lines.length > 0) await append(ctx, lines);
    await unlink(part);
  }
  if (kept > 0) await chmod(path, 0o600);
  return kept;
}

function stillNeeded(entry: JournalEntry, oldest: number): string | null {
  if ('erasure' in entry)
    return erasureLine(entry.erasure.at > oldest ? entry.erasure : { ...entry.erasure, tombstones: [] });
  if ('lift' in entry && entry.lift.at > oldest)
    return JSON.stringify({ v: 1, lift: { ...entry.lift, token: entry.lift.token.toString('base64') } });
  return null;
}
