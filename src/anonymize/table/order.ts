/** Sorts tuples by their packs, so that neighbours fall into neighbouring classes and counting stays in the caches. */
import type { KeyPart } from './number-keys.ts';

/** The order of `count` tuples by the parts of their keys, the last part first: one counting sort per part. */
export function sortedOrder(parts: readonly KeyPart[], count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, at) => at);
  let next = new Uint32Array(count);
  for (const { codes: code, size } of parts) {
    const start = new Uint32Array(size + 1);
    for (let tuple = 0; tuple < count; tuple++) start[code[tuple]! + 1]! += 1;
    for (let key = 0; key < size; key++) start[key + 1]! += start[key]!;
    for (let place = 0; place < count; place++) {
      const tuple = order[place]!;
      next[start[code[tuple]!]!++] = tuple;
    }
    [order, next] = [next, order];
  }
  return order;
}
