/** Writes where customers live, as coarsely as the law needs it. */
import type { Transaction } from '../platform/ports.ts';

/** The customers must be new, or locked FOR UPDATE. */
export function writeRegions(tx: Transaction, regions: ReadonlyMap<string, string>): void {
  if (regions.size === 0) return;
  tx.later({
    name: 'write_regions',
    text: `UPDATE bailee.customer c SET region = t.r FROM unnest($1::uuid[], $2::text[]) AS t (i, r) WHERE c.id = t.i`,
    values: [[...regions.keys()], [...regions.values()]],
  });
}
