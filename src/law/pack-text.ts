/** Reads a pack's YAML into places that know their line, so that every fault names file, line and reason. */
import { LineCounter, parseDocument } from 'yaml';
import { BaileeError } from '../platform/errors.ts';

const MOST_TEXT = 2_000_000;

/** A value in a pack file and where it stands. */
export interface Place {
  readonly value: unknown;
  readonly line: number;
  readonly key: string;
  readonly file: string;
  /** The place below; its value is undefined where nothing stands. */
  readonly at: (key: string | number) => Place;
}

/** Throws `invalid_pack` with `{file, line, reason}`. */
export function failAt({ file, line }: Pick<Place, 'file' | 'line'>, reason: string): never {
  throw new BaileeError('invalid_pack', `${file}:${line}: ${reason}.`, { file, line, reason });
}

/** `text` is YAML 1.2; `file` its name for messages. Duplicate keys and syntax errors are faults. */
export function readPlaces(text: string, file: string): Place {
  if (text.length > MOST_TEXT) failAt({ file, line: 1 }, `the file is longer than ${MOST_TEXT} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined)
    failAt({ file, line: lines.linePos(fault.pos[0]).line }, fault.message.replace(/\.$/, ''));
  const root: unknown = document.toJS({ maxAliasCount: 0 });
  const place = (path: readonly (string | number)[], value: unknown, above: number): Place => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    const range = (node as { range?: readonly number[] } | undefined | null)?.range;
    const line = range?.[0] === undefined ? above : Math.max(1, lines.linePos(range[0]).line);
    return {
      value,
      line,
      file,
      key: path.join('.'),
      at: (key) => place([...path, key], below(value, key), line),
    };
  };
  return place([], root, 1);
}

function below(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}

/** The keys of a map, all of them among `allowed` when given. */
export function keysOf(place: Place, allowed?: readonly string[]): string[] {
  const { value } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    failAt(place, `${name(place)} must be a map`);
  const keys = Object.keys(value);
  for (const key of keys)
    if (allowed !== undefined && !allowed.includes(key))
      failAt(place.at(key), `"${key.slice(0, 60)}" is not known here; known: ${allowed.join(', ')}`);
  return keys;
}

export function itemsOf(place: Place): Place[] {
  if (!Array.isArray(place.value)) failAt(place, `${name(place)} must be a list`);
  return place.value.map((_, index) => place.at(index));
}

export function textAt(place: Place): string {
  if (typeof place.value !== 'string' || place.value.trim() === '')
    failAt(place, place.value === undefined ? `${name(place)} is missing` : `${name(place)} must be a text`);
  return place.value;
}

export function numberAt(place: Place, most = Number.MAX_SAFE_INTEGER): number {
  const { value } = place;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > most)
    failAt(place, `${name(place)} must be a number from 0 to ${most}`);
  return value;
}

export function flagAt(place: Place): boolean {
  if (typeof place.value !== 'boolean') failAt(place, `${name(place)} must be true or false`);
  return place.value;
}

export function oneOf<T extends string>(place: Place, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === place.value);
  if (found === undefined)
    failAt(
      place,
      `"${String(place.value).slice(0, 60)}" is not known as ${name(place)}; known: ${allowed.join(', ')}`,
    );
  return found;
}

const WORD = /^[a-z0-9][a-z0-9.-]*$/;

/** A word of the packs: lower case, digits, dots, hyphens. */
export function wordAt(place: Place): string {
  const text = textAt(place);
  if (!WORD.test(text)) failAt(place, `${name(place)} must be a word in lower case with hyphens`);
  return text;
}

export function wordsAt(place: Place): string[] {
  return place.value === undefined ? [] : itemsOf(place).map(wordAt);
}

function name({ key }: Place): string {
  return key === '' ? 'the file' : key.slice(key.lastIndexOf('.') + 1);
}
