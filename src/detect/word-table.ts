/**
 * The lexicon as an open-addressing table keyed by hashes of the word's lower-case units, so that a look at a
 * word allocates nothing. One hash says where to look, another one with the length stands for the word: among
 * some 80,000 words a stranger is taken for a known one about once in 10^9.
 */
export interface WordTable {
  readonly mask: number;
  /** Two numbers a slot, next to each other so that one look at memory has both: the key and the bits. */
  readonly slots: Int32Array;
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

/** What stands for a word of this length outside the table: a positive number of 30 bits. */
export function keyOf(second: number, length: number): number {
  return (second ^ length) >>> 2;
}

/** An empty table for up to `words` words; at most three quarters full. */
export function wordTable(words: number): WordTable {
  let size = 1024;
  while (size * 3 < words * 4) size *= 2;
  return { mask: size - 1, slots: new Int32Array(size * 2) };
}

/** Gives a word in small letters more bits; without those of `not`. */
export function addWord({ mask, slots }: WordTable, word: string, flags: number, not = 0): void {
  let first = FIRST_SEED;
  let second = SECOND_SEED;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    first = firstHash(first, unit);
    second = secondHash(second, unit);
  }
  const key = second ^ word.length;
  let slot = slotOf(first, mask);
  while (slots[slot * 2 + 1] !== 0 && slots[slot * 2] !== key) slot = (slot + 1) & mask;
  slots[slot * 2] = key;
  slots[slot * 2 + 1] = (slots[slot * 2 + 1]! & ~not) | flags;
}

function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** The bits of the word with these hashes; 0 for an unknown one. */
export function flagsOf({ mask, slots }: WordTable, first: number, second: number, length: number): number {
  const key = second ^ length;
  let slot = slotOf(first, mask);
  for (;;) {
    const flags = slots[slot * 2 + 1]!;
    if (flags === 0 || slots[slot * 2] === key) return flags;
    slot = (slot + 1) & mask;
  }
}
