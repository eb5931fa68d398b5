/** Gives equal keys equal numbers, 0, 1, 2 … in the order of first occurrence: an open-addressing hash over typed arrays. */

export interface KeyPart {
  readonly codes: Uint32Array;
  /** Codes are below it. */
  readonly size: number;
  /** When given, the key holds `table[code]` instead of the code. */
  readonly table?: Uint32Array;
}

/** Writes the number of each of `count` keys to `out` and answers how many differ. Keeps its memory between calls. */
export type NumberKeys = (parts: readonly KeyPart[], count: number, out: Uint32Array) => number;

/** Mixed-radix keys stay exact in a double up to here. */
const EXACT = 2 ** 53;
/** A regular or hostile set of keys that collides more than this is numbered by a map instead. */
const PROBES_PER_KEY = 64;

interface Scratch {
  keys: Float64Array;
  slotKey: Float64Array;
  slotNumber: Uint32Array;
}

export function makeNumberKeys(): NumberKeys {
  const scratch = { keys: new Float64Array(0), slotKey: new Float64Array(0), slotNumber: new Uint32Array(0) };
  return (parts, count, out) => {
    if (scratch.keys.length < count) scratch.keys = new Float64Array(count);
    const { keys } = scratch;
    keys.fill(0, 0, count);
    let space = 1;
    for (const { codes, size, table } of parts) {
      if (space * size > EXACT) {
        // Too wide for one number: what there is so far is numbered first, which makes it small again.
        space = number(scratch, count, out);
        for (let at = 0; at < count; at++) keys[at] = out[at]!;
      }
      if (table === undefined) for (let at = 0; at < count; at++) keys[at]! += codes[at]! * space;
      else for (let at = 0; at < count; at++) keys[at]! += table[codes[at]!]! * space;
      space *= size;
    }
    return number(scratch, count, out);
  };
}

function number(scratch: Scratch, count: number, out: Uint32Array): number {
  let slots = 16;
  while (slots < 2 * count) slots *= 2;
  if (scratch.slotKey.length < slots) {
    scratch.slotKey = new Float64Array(slots);
    scratch.slotNumber = new Uint32Array(slots);
  }
  const { keys, slotKey, slotNumber } = scratch;
  slotNumber.fill(0, 0, slots);
  const mask = slots - 1;
  let probes = PROBES_PER_KEY * count + slots;
  let next = 0;
  for (let at = 0; at < count; at++) {
    const key = keys[at]!;
    let slot = spread(key) & mask;
    while (slotNumber[slot] !== 0 && slotKey[slot] !== key) {
      slot = (slot + 1) & mask;
      probes -= 1;
    }
    if (probes < 0) return numberByMap(keys, count, out);
    if (slotNumber[slot] === 0) {
      next += 1;
      slotKey[slot] = key;
      slotNumber[slot] = next;
    }
    out[at] = slotNumber[slot]! - 1;
  }
  return next;
}

/** Mixes both halves of the key, so that regular codes do not fill one run of slots. */
function spread(key: number): number {
  let hash = Math.imul(key >>> 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function numberByMap(keys: Float64Array, count: number, out: Uint32Array): number {
  const numbers = new Map<number, number>();
  for (let at = 0; at < count; at++) {
    const key = keys[at]!;
    let known = numbers.get(key);
    if (known === undefined) {
      known = numbers.size;
      numbers.set(key, known);
    }
    out[at] = known;
  }
  return numbers.size;
}
