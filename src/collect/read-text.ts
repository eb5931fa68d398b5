/**
 * Free text is read on its way in: what must not be stored is cut out, and where personal data stands is kept
 * with the text. Fields of fixed values are not read: that would cost much and find nothing.
 */
import type { EventProperty } from '../catalog/types.ts';
import { detect } from '../detect/detect.ts';
import type { DetectedSpan, DetectOptions, EntityType } from '../detect/types.ts';
import { type FreeText, holdsText } from '../gate/free-text.ts';

const STORED_NOWHERE: readonly EntityType[] = ['PAYMENT_CARD', 'SECRET'];
/** A value without spaces may be an id: only what is almost certain is cut out of it. */
const ALMOST_CERTAIN = 0.9;
const SHORTEST_SECRET = 8;

const withTexts = new WeakMap<readonly EventProperty[], boolean>();

function optionsFor(country: string | null): DetectOptions {
  return country === null ? {} : { region: country };
}

/** `[card 1111]` or `[secret]`. */
function insteadOf(value: string, type: string): string {
  if (type === 'SECRET') return '[secret]';
  const digits = value.normalize('NFKC').replace(/\D/g, '');
  return digits.length < 12 ? '[card]' : `[card ${digits.slice(-4)}]`;
}

/**
 * Reads a well-formed text: without full card numbers and secrets, with the places of all else that was found.
 * @param country of the store (ISO 3166-1 alpha-2), to read national phone numbers; null when unknown
 */
export function readText(text: string, country: string | null): FreeText {
  return cut(text, detect(text, optionsFor(country)));
}

function cut(text: string, found: readonly DetectedSpan[]): FreeText {
  const spans: [number, number, EntityType][] = [];
  let kept = '';
  let last = 0;
  for (const { start, end, type } of found) {
    const value = text.slice(start, end);
    kept += text.slice(last, start);
    last = end;
    if (STORED_NOWHERE.includes(type as EntityType)) {
      kept += insteadOf(value, type);
      continue;
    }
    spans.push([kept.length, kept.length + value.length, type as EntityType]);
    kept += value;
  }
  return { '@text': kept + text.slice(last), '@spans': spans };
}

/** A text that is kept unread, such as one in quarantine: without card numbers and secrets. */
export function withoutSecrets(text: string): string {
  if (text.length < SHORTEST_SECRET) return text;
  const minScore = /\s/.test(text) ? {} : { minScore: ALMOST_CERTAIN };
  return cut(text, detect(text, { types: STORED_NOWHERE, ...minScore }))['@text'];
}

/** Reads the free texts among picked values, in place; answers the same values. */
export function readTexts(
  values: Record<string, unknown>,
  declared: readonly EventProperty[],
  country: string | null,
): Record<string, unknown> {
  let reads = withTexts.get(declared);
  if (reads === undefined) {
    reads = holdsText(declared);
    withTexts.set(declared, reads);
  }
  if (!reads) return values;
  for (const { name, freeText, members } of declared) {
    const value = values[name];
    if (freeText && typeof value === 'string') values[name] = readText(value, country);
    else if (members !== undefined && typeof value === 'object' && value !== null)
      for (const item of (Array.isArray(value) ? value : [value]) as Record<string, unknown>[])
        readTexts(item, members, country);
  }
  return values;
}

/** Reads every text of a field whose mask is `text`. */
export function readField(value: unknown, country: string | null): unknown {
  if (typeof value === 'string') return readText(value, country);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => readField(item, country));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, readField(item, country)]));
}
