/**
 * How many identical rows stand before a row in its file: exact, wherever they stand, and the same in every run.
 *
 * What bounds memory: hashes of all rows are dealt into parts of a temporary file, so that identical rows meet
 * in the same part; parts are counted one after the other, and only rows that have a twin before them are
 * written out again, in the order of the file. So memory holds the hashes of one part at a time, and later
 * one position per part; the rest lies on disk (22 bytes a row) and is gone when the command ends.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HASH = 16;
const RECORD = HASH + 6;
const TWIN = 10;
const WAITING = 300;
const MOST_PARTS = 256;
/** Bytes of a file for each part: some 50,000 rows. */
const PART_BYTES = 4 * 1024 * 1024;

/** Rows with a twin before them, asked in the order of the file. */
export interface Ordinals {
  /** Row `line` (from 1; must grow): 0 for the first of its kind, 1 for the second … */
  of(line: number): number;
  close(): void;
}

/** Reads all rows once. `bytes`: size of the file unpacked, roughly. */
export async function countTwins(
  rows: AsyncIterable<{ readonly hash: Buffer }>,
  bytes: number,
): Promise<Ordinals> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-import-'));
  try {
    const count = Math.min(MOST_PARTS, Math.max(1, Math.ceil(bytes / PART_BYTES)));
    const parts = Array.from({ length: count }, (_, at) => new Part(join(folder, `rows-${at}`), RECORD));
    let line = 0;
    for await (const { hash } of rows) {
      line += 1;
      const record = Buffer.allocUnsafe(RECORD);
      hash.copy(record, 0, 0, HASH);
      record.writeUIntBE(line, HASH, 6);
      parts[hash.readUInt16BE(0) % count]!.add(record);
    }
    const twins = parts.map((part, at) => {
      const found = twinsOf(part, join(folder, `twins-${at}`));
      part.close();
      rmSync(join(folder, `rows-${at}`));
      return found;
    });
    return merged(twins, folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function twinsOf(part: Part, path: string): Part {
  const seen = new Map<string, number>();
  const twins = new Part(path, TWIN);
  for (const record of part.records()) {
    const hash = record.toString('latin1', 0, HASH);
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    if (before === 0) continue;
    const twin = Buffer.allocUnsafe(TWIN);
    twin.writeUIntBE(record.readUIntBE(HASH, 6), 0, 6);
    twin.writeUInt32BE(before, 6);
    twins.add(twin);
  }
  return twins;
}

function merged(parts: readonly Part[], folder: string): Ordinals {
  const heads = parts.map((part) => {
    const records = part.records();
    return { records, twin: nextTwin(records) };
  });
  const first = () => Math.min(...heads.map((head) => head.twin?.line ?? Number.POSITIVE_INFINITY));
  let next = first();
  return {
    of(line) {
      while (next < line) step(next);
      return next === line ? step(line) : 0;
    },
    close() {
      for (const part of parts) part.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function step(line: number): number {
    const head = heads.find((each) => each.twin?.line === line)!;
    const { before } = head.twin!;
    head.twin = nextTwin(head.records);
    next = first();
    return before;
  }
}

function nextTwin(records: Iterator<Buffer>): { line: number; before: number } | null {
  const { value, done } = records.next();
  return done === true ? null : { line: value.readUIntBE(0, 6), before: value.readUInt32BE(6) };
}

/** Records of one length, appended through a small buffer, then read in order. */
class Part {
  readonly #file: number;
  readonly #length: number;
  #waiting: Buffer[] = [];

  constructor(path: string, length: number) {
    this.#file = openSync(path, 'wx+', 0o600);
    this.#length = length;
  }

  add(record: Buffer): void {
    if (this.#waiting.push(record) >= WAITING) this.#flush();
  }

  #flush(): void {
    if (this.#waiting.length > 0) writeSync(this.#file, Buffer.concat(this.#waiting));
    this.#waiting = [];
  }

  *records(): Generator<Buffer, undefined> {
    this.#flush();
    const page = Buffer.alloc(this.#length * 400);
    let position = 0;
    for (;;) {
      const read = readSync(this.#file, page, 0, page.length, position);
      for (let at = 0; at + this.#length <= read; at += this.#length)
        yield page.subarray(at, at + this.#length);
      if (read < page.length) return undefined;
      position += read;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
