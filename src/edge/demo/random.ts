/**
 * Seeded chance for the demo shop: the same seed tells the same story on every machine.
 * Not for secrets; those come from `ctx.random`.
 */

/** Draws in [0, 1) and what follows from them. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `share` of the cases. */
  yes(share: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** `count` different items, in drawn order; fewer when there are not as many. */
  some<T>(items: readonly T[], count: number): T[];
  /** The pattern with every `#` replaced by a digit. */
  digits(pattern: string): string;
}

/** FNV-1a over UTF-16 units: turns seed and label into a starting state. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** splitmix32: spreads one word over the four that xoshiro needs. */
function spread(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** xoshiro128** (Blackman and Vigna, 2018). */
function xoshiro(seed: string): () => number {
  const word = spread(hash32(seed));
  let [a, b, c, d] = [word(), word(), word(), word()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

/**
 * A stream of its own for `seed` and `label`: what one customer draws never shifts another's.
 */
export function chance(seed: number, label: string): Chance {
  const word = xoshiro(`${seed}/${label}`);
  const next = () => word() / 0x1_0000_0000;
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const some = <T>(items: readonly T[], count: number): T[] => {
    const left = [...items];
    const drawn: T[] = [];
    while (drawn.length < count && left.length > 0) {
      drawn.push(...left.splice(between(0, left.length - 1), 1));
    }
    return drawn;
  };
  return {
    next,
    between,
    yes: (share) => next() < share,
    pick: <T>(items: readonly T[]) => items[between(0, items.length - 1)] as T,
    some,
    digits: (pattern) => pattern.replaceAll('#', () => String(between(0, 9))),
  };
}
