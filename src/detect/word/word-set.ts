/** Small sets of words that many tokens are asked about: the key of a token says no without a string of it. */
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import { keyOf, SECOND_SEED, secondHash } from '../word-table.ts';

/** The word at a token, in small letters; empty where there is none. */
export function lower(tokens: Tokens, at: number): string {
  if (at < 0 || at >= tokens.count || tokens.kind[at] !== KIND.word) return '';
  const word = tokens.text.slice(tokens.start[at]!, tokens.end[at]!);
  return tokens.letterCase[at] === CASE.lower ? word : word.toLowerCase();
}

export interface WordMap<Value> {
  readonly byKey: ReadonlyMap<number, readonly [word: string, value: Value]>;
}
export interface WordSet {
  /** 1 where the last bits of a key of the set say so: most words end here. */
  readonly hints: Uint8Array;
  readonly keys: ReadonlySet<number>;
  readonly words: ReadonlySet<string>;
}

const HINTS = 1024;

function keyOfWord(word: string): number {
  let hash = SECOND_SEED;
  for (let at = 0; at < word.length; at += 1) hash = secondHash(hash, word.charCodeAt(at));
  return keyOf(hash, word.length);
}

/** @param list words in small letters, with spaces between */
export function wordSet(list: string): WordSet {
  const words = new Set(list.split(' '));
  const keys = new Set([...words].map(keyOfWord));
  const hints = new Uint8Array(HINTS);
  for (const key of keys) hints[key & (HINTS - 1)] = 1;
  return { hints, keys, words };
}

/** Whether the token is a word of the set, in whatever case. */
export function isAmong(tokens: Tokens, at: number, { hints, keys, words }: WordSet): boolean {
  const key = tokens.key[at]!;
  return hints[key & (HINTS - 1)] === 1 && keys.has(key) && words.has(lower(tokens, at));
}

export function wordMap<Value>(entries: Iterable<readonly [string, Value]>): WordMap<Value> {
  const byKey = new Map<number, readonly [string, Value]>();
  for (const [word, value] of entries) byKey.set(keyOfWord(word), [word, value]);
  return { byKey };
}

/** What the map says of the word at the token; undefined where there is none. */
export function lookUp<Value>(tokens: Tokens, at: number, { byKey }: WordMap<Value>): Value | undefined {
  const known = byKey.get(tokens.key[at]!);
  return known !== undefined && known[0] === lower(tokens, at) ? known[1] : undefined;
}
