/**
 * Values that occur nowhere else, planted wherever a shop puts content. All of a run begin with one mark, and
 * the mark is searched in every spelling: UTF-8, UTF-16 of both orders, hex of both cases, base64 at all three
 * alignments, and with every letter escaped as JSON allows. What follows the mark then tells which value it is.
 */
import { randomBytes, randomInt } from 'node:crypto';

const MARK_LETTERS = 8;
const REST_LETTERS = 18;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Every fifth value of free text ends in letters beyond ASCII: whoever writes it may then choose another spelling for all of it. */
const FOREIGN = 'éßñжщλ日本ø';

export function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

export class Plants {
  readonly mark = `zq${letters(MARK_LETTERS - 2)}`;
  readonly values: string[] = [];

  /** A new value: letters alone, so that every identifier and every field takes it. */
  plain(): string {
    const value = this.mark + letters(REST_LETTERS);
    this.values.push(value);
    return value;
  }

  /** A new value for fields of free text. */
  text(): string {
    if (this.values.length % 5 !== 0) return this.plain();
    const value = `${this.plain()}${Array.from({ length: 3 }, () => FOREIGN[randomInt(FOREIGN.length)]).join('')}`;
    this.values[this.values.length - 1] = value;
    return value;
  }
}

interface Spelling {
  readonly name: string;
  readonly encode: (text: string) => Buffer;
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const escaped = (text: string): string =>
  [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

/** The part of the base64 of `before` bytes and the text that depends on the text alone. */
function base64(text: string, before: number): Buffer {
  const bytes = Buffer.from(text);
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const first = before === 0 ? 0 : before + 1;
  const bits = (before + bytes.length) * 8;
  return Buffer.from(whole.slice(first, Math.floor(bits / 6)));
}

const SPELLINGS: readonly Spelling[] = [
  { name: 'UTF-8', encode: (text) => Buffer.from(text) },
  { name: 'JSON escapes', encode: (text) => Buffer.from(escaped(text)) },
  { name: 'UTF-16LE', encode: (text) => Buffer.from(text, 'utf16le') },
  { name: 'UTF-16BE', encode: utf16be },
  { name: 'hex', encode: (text) => Buffer.from(Buffer.from(text).toString('hex')) },
  { name: 'HEX', encode: (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase()) },
  { name: 'base64 +0', encode: (text) => base64(text, 0) },
  { name: 'base64 +1', encode: (text) => base64(text, 1) },
  { name: 'base64 +2', encode: (text) => base64(text, 2) },
];

/** A text in every spelling, to be searched as it is. */
export function spell(text: string): Buffer[] {
  return SPELLINGS.map(({ encode }) => encode(text));
}

export interface Finding {
  /** Numbers of the values that were found whole. */
  readonly values: ReadonlySet<number>;
  /** Places where the mark stood, whole value or not. */
  readonly marks: number;
  readonly spellings: ReadonlySet<string>;
}

/** Searches bytes for the values of one run. */
export class Searcher {
  readonly #spellings: { name: string; mark: Buffer; values: Map<string, number>; length: number }[];

  constructor({ mark, values }: Plants) {
    this.#spellings = SPELLINGS.map(({ name, encode }) => {
      // All but the last letter, since that one may share its base64 with what follows it.
      const length = encode(mark + 'a'.repeat(REST_LETTERS)).length - 2;
      const known = new Map(
        values.map((value, n) => [encode(value).subarray(0, length).toString('latin1'), n]),
      );
      return { name, mark: encode(mark), values: known, length };
    });
  }

  search(bytes: Buffer): Finding {
    const values = new Set<number>();
    const spellings = new Set<string>();
    let marks = 0;
    for (const { name, mark, values: known, length } of this.#spellings)
      for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
        marks += 1;
        spellings.add(name);
        const n = known.get(bytes.subarray(at, at + length).toString('latin1'));
        if (n !== undefined) values.add(n);
      }
    return { values, marks, spellings };
  }
}
