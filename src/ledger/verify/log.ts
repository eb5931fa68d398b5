/**
 * Verifies a whole log as an outsider: from its entries, not from what it says of them. Memory does
 * not grow with the log: one bundle and one tile a level at a time.
 */
import { hashLeaf, TILE, TileLevels } from './merkle.ts';
import { openCheckpoint, type SignedTree } from './note.ts';

export type LogFault =
  | 'checkpoint' // not signed by a given key, or malformed
  | 'earlier-checkpoint' // an earlier checkpoint that is not signed or malformed
  | 'missing' // a tile or bundle that the checkpoint promises is not served
  | 'malformed' // a tile or bundle of the wrong length
  | 'tile' // a tile does not hold the hashes of the entries
  | 'root' // the entries do not give the signed root
  | 'fork' // an earlier checkpoint is not a beginning of this log
  | 'shrunk'; // an earlier checkpoint is larger than this one

export interface LogProblem {
  readonly fault: LogFault;
  readonly message: string;
  readonly path?: string;
  /** Index of the first entry concerned, or size of the earlier checkpoint. */
  readonly index?: number;
}

export interface LogReport {
  readonly ok: boolean;
  /** Size and root (base64) of the checkpoint; null when it cannot be believed. */
  readonly size: number | null;
  readonly root: string | null;
  /** The first hundred. */
  readonly problems: LogProblem[];
}

export interface LogToVerify {
  /** Bytes at a path below the log's prefix, such as `tile/0/000`; null when there is none. */
  readonly fetchTile: (path: string) => Promise<Buffer | null>;
  readonly checkpoint: string;
  /** Keys of the log; a checkpoint needs one that bears its origin's name. */
  readonly vkeys: readonly string[];
  /** Checkpoints kept from before: the log must still begin with each of them. */
  readonly earlier?: readonly string[];
  /** After each bundle: entries done, entries in all. */
  readonly onProgress?: (done: number, size: number) => void;
}

const MOST_PROBLEMS = 100;

/** Reads every entry and every tile, and reports all that is wrong. Throws only what `fetchTile` throws. */
export async function verifyLog(log: LogToVerify): Promise<LogReport> {
  const problems: LogProblem[] = [];
  const report = (problem: LogProblem): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const tree = openOrReport(log.checkpoint, log.vkeys, 'checkpoint', report);
  if (tree === null) return { ok: false, size: null, root: null, problems };

  const past = openEarlier(log, tree, report);
  const levels = new TileLevels();
  compareEarlier(levels, past, report);
  let whole = true;
  while (whole && levels.size < tree.size) {
    whole = await readBundle(log, tree.size, levels, past, report);
    log.onProgress?.(levels.size, tree.size);
  }
  if (whole) {
    for (const [level, hashes] of levels.open.entries()) {
      const n = Math.floor(tree.size / TILE ** (level + 1));
      if (hashes.length > 0) await compareTile(log, level, n, hashes, report);
    }
    if (!levels.root().equals(tree.root)) {
      report({ fault: 'root', message: 'The entries do not give the root that the checkpoint signs.' });
    }
  }
  return { ok: problems.length === 0, size: tree.size, root: tree.root.toString('base64'), problems };
}

type Report = (problem: LogProblem) => void;

async function readBundle(
  log: LogToVerify,
  size: number,
  levels: TileLevels,
  past: SignedTree[],
  report: Report,
): Promise<boolean> {
  const first = levels.size;
  const width = Math.min(TILE, size - first);
  const path = tilePath('entries', first / TILE, width);
  const bundle = await log.fetchTile(path);
  if (bundle === null) {
    report({
      fault: 'missing',
      message: 'A bundle of entries is missing; what follows cannot be read.',
      path,
    });
    return false;
  }
  const leaves = splitBundle(bundle);
  if (leaves === null || leaves.length !== width) {
    report({ fault: 'malformed', message: `The bundle does not hold ${width} entries.`, path, index: first });
    return false;
  }
  for (const leaf of leaves) {
    for (const { level, n, hashes } of levels.add(hashLeaf(leaf)))
      await compareTile(log, level, n, hashes, report);
    compareEarlier(levels, past, report);
  }
  return true;
}

async function compareTile(
  log: LogToVerify,
  level: number,
  n: number,
  hashes: readonly Buffer[],
  report: Report,
): Promise<void> {
  const path = tilePath(level, n, hashes.length);
  const served = await log.fetchTile(path);
  const span = TILE ** level;
  if (served === null) {
    report({ fault: 'missing', message: 'A tile is missing.', path });
  } else if (served.length !== 32 * hashes.length) {
    report({ fault: 'malformed', message: `The tile does not hold ${hashes.length} hashes.`, path });
  } else {
    const at = hashes.findIndex(
      (hash, position) => !hash.equals(served.subarray(32 * position, 32 * position + 32)),
    );
    const index = (n * TILE + at) * span;
    if (at >= 0)
      report({ fault: 'tile', message: 'A tile does not hold the hash of its entries.', path, index });
  }
}

function openEarlier(log: LogToVerify, tree: SignedTree, report: Report): SignedTree[] {
  const past: SignedTree[] = [];
  for (const note of log.earlier ?? []) {
    const opened = openOrReport(note, log.vkeys, 'earlier-checkpoint', report);
    if (opened === null) continue;
    if (opened.origin !== tree.origin) {
      report({
        fault: 'earlier-checkpoint',
        message: 'An earlier checkpoint is of another log.',
        index: opened.size,
      });
    } else if (opened.size > tree.size) {
      report({ fault: 'shrunk', message: 'The log is smaller than it once was.', index: opened.size });
    } else {
      past.push(opened);
    }
  }
  return past.sort((one, other) => one.size - other.size);
}

function compareEarlier(levels: TileLevels, past: SignedTree[], report: Report): void {
  while (past[0]?.size === levels.size) {
    const { size, root } = past.shift()!;
    if (levels.root().equals(root)) continue;
    report({ fault: 'fork', message: 'The log no longer begins with what it once signed.', index: size });
  }
}

function openOrReport(
  note: string,
  vkeys: readonly string[],
  fault: 'checkpoint' | 'earlier-checkpoint',
  report: Report,
): SignedTree | null {
  try {
    return openCheckpoint(note, vkeys);
  } catch (error) {
    report({ fault, message: (error as Error).message });
    return null;
  }
}

function splitBundle(bundle: Buffer): Buffer[] | null {
  const leaves: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bundle.length) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return null;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return at === bundle.length ? leaves : null;
}

function tilePath(level: number | 'entries', n: number, width: number): string {
  let spelled = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    spelled = `x${String(rest % 1000).padStart(3, '0')}/${spelled}`;
  }
  return `tile/${level}/${spelled}${width < TILE ? `.p/${width}` : ''}`;
}
