/** Proofs from the tables: at most three queries each, and two tiles a level. */
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { integrate } from './integrate.ts';
import { gatherProof, type ProofPlan, planConsistency, planInclusion, type Subtree } from './proof.ts';
import { readLeaves, readNodes } from './sql.ts';
import { leafHash, nodeHash } from './tree.ts';

const TILE_HEIGHT = 8;

/**
 * Inclusion proof (RFC 9162 §2.1.3) of entry `index` in the tree of `size` entries.
 * Throws `not_found` when the ledger has no such entry or is not that large yet.
 */
export function proveInclusion(_ctx: unknown, tx: Tx, index: number, size: number): Promise<Buffer[]> {
  return prove(tx, planInclusion(index, size), size);
}

/**
 * Consistency proof (RFC 9162 §2.1.4) from the tree of `from` entries to the tree of `to` entries; 0 < from ≤ to.
 * Throws `bad_request` for other numbers, `not_found` when the ledger is not that large yet.
 */
export function proveConsistency(_ctx: unknown, tx: Tx, from: number, to: number): Promise<Buffer[]> {
  return prove(tx, planConsistency(from, to), to);
}

async function prove(tx: Tx, plan: ProofPlan, size: number): Promise<Buffer[]> {
  const head = await integrate(tx);
  if (size > head.size) throw new BaileeError('not_found', 'The ledger is not that large yet.', { size });
  const rows = plan.flat().flatMap(rowsOf);
  const leaves = await hashedLeaves(tx, rows);
  const above = rows.filter(({ level }) => level > 0);
  const nodes = above.length > 0 ? await readNodes(tx, above) : new Map<string, Buffer>();
  return gatherProof(plan, (height, index) => {
    const hashes = rowsOf({ height, index }).map(({ level, n }) =>
      level === 0 ? leaves.get(n) : nodes.get(`${level}/${n}`),
    );
    return perfectRoot(hashes);
  });
}

async function hashedLeaves(tx: Tx, rows: readonly Row[]): Promise<Map<number, Buffer>> {
  const indices = rows.filter(({ level }) => level === 0).map(({ n }) => n);
  if (indices.length === 0) return new Map();
  const leaves = await readLeaves(tx, indices);
  return new Map([...leaves].map(([index, leaf]) => [index, leafHash(leaf)]));
}

interface Row {
  /** 0: the entry at n; above: the root of the full tile n below that level. */
  readonly level: number;
  readonly n: number;
}

/** The rows whose hashes, paired up to one, are the root of the subtree: they lie in one tile. */
function rowsOf({ height, index }: Subtree): Row[] {
  const level = Math.floor(height / TILE_HEIGHT);
  const width = 2 ** (height % TILE_HEIGHT);
  return Array.from({ length: width }, (_, at) => ({ level, n: index * width + at }));
}

function perfectRoot(hashes: readonly (Buffer | undefined)[]): Buffer {
  let row = hashes.map((hash) => {
    if (hash === undefined) throw new BaileeError('ledger_damaged', 'A row of the ledger is missing.');
    return hash;
  });
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[2 * at]!, row[2 * at + 1]!));
  }
  return row[0]!;
}
