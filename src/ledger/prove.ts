/** Proofs from the tables: at most three queries each, and two tiles a level. */
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { gatherProof, type ProofPlan, planConsistency, planInclusion, type Subtree } from './proof.ts';
import { type Run, readHead, readLeaves, readNodes } from './sql.ts';
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
  const head = await readHead(tx);
  if (size > head.size) throw new BaileeError('not_found', 'The ledger is not that large yet.', { size });
  const runs = plan.flat().map(runOf);
  const atLeaves = runs.filter((run) => run.level === 0);
  const above = runs.filter((run) => run.level > 0);
  const leaves = atLeaves.length > 0 ? await readLeaves(tx, atLeaves) : new Map<number, Buffer>();
  const nodes = above.length > 0 ? await readNodes(tx, above) : new Map<string, Buffer>();
  const missing = runs.some(
    ({ level, low, high }) =>
      !range(low, high).every((n) => (level === 0 ? leaves.has(n) : nodes.has(`${level}/${n}`))),
  );
  if (missing) throw new BaileeError('ledger_damaged', 'A row of the ledger is missing.');
  return gatherProof(plan, (height, index) => {
    const { level, low, high } = runOf({ height, index });
    return perfectRoot(
      range(low, high).map((n) => (level === 0 ? leafHash(leaves.get(n)!) : nodes.get(`${level}/${n}`)!)),
    );
  });
}

/** The rows whose hashes, paired up to one, are the root of the subtree: they lie in one tile. */
function runOf({ height, index }: Subtree): Run {
  const level = Math.floor(height / TILE_HEIGHT);
  const width = 2 ** (height % TILE_HEIGHT);
  return { level, low: index * width, high: (index + 1) * width };
}

function perfectRoot(hashes: Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    row = range(0, row.length / 2).map((at) => nodeHash(row[2 * at]!, row[2 * at + 1]!));
  }
  return row[0]!;
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low }, (_, at) => low + at);
}
