/**
 * The lexicon as an open-addressing table keyed by a hash of the word's lower-case units, so that a look at a
 * word allocates nothing. Two independent 32-bit hashes and the length stand for the word: among some 80,000
 * words a stranger is taken for a known one less than once in 10^12.
 */
export interface WordTable {
  readonly mask: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly flags: Int32Array;
}

export const FIRST_SEED = 0x811c9dc5 | 0;
export const SECOND_SEED = 0x9e3779b9 | 0;

/** FNV-1a, one unit on. */
export function firstHash(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** A multiply-and-rotate hash, one unit on. */
export function secondHash(hash: number, unit: number): number {
  const mixed = Math.imul(hash + unit, 0x85ebca6b);
  return (mixed << 13) | (mixed >>> 19);
}

/** A table of the words with their bits; at most half full. */
export function wordTable(words: ReadonlyMap<string, number>): WordTable {
  let size = 1024;
  while (size < words.size * 2) size *= 2;
  const table = {
    mask: size - 1,
    first: new Int32Array(size),
    second: new Int32Array(size),
    flags: new Int32Array(size),
  };
  for (const [word, flags] of words) {
    let first = FIRST_SEED;
    let second = SECOND_SEED;
    for (let at = 0; at < word.length; at += 1) {
      first = firstHash(first, word.charCodeAt(at));
      second = secondHash(second, word.charCodeAt(at));
    }
    let slot = slotOf(first, table.mask);
    while (table.flags[slot] !== 0) slot = (slot + 1) & table.mask;
    table.first[slot] = first;
    table.second[slot] = second ^ word.length;
    table.flags[slot] = flags;
  }
  return table;
}

function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** The bits of the word with these hashes; 0 for an unknown one. */
export function flagsOf(table: WordTable, first: number, second: number, length: number): number {
  const { mask } = table;
  let slot = slotOf(first, mask);
  while (table.flags[slot] !== 0) {
    if (table.first[slot] === first && table.second[slot] === (second ^ length)) return table.flags[slot]!;
    slot = (slot + 1) & mask;
  }
  return 0;
}
