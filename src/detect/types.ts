/** What `detect` takes and gives. Offsets are UTF-16 code units; `end` is exclusive. */

export const ENTITY_TYPES = [
  'EMAIL',
  'PHONE',
  'PERSON',
  'TITLE',
  'ADDRESS',
  'ZIP_CODE',
  'PLACE',
  'ORGANIZATION',
  'NATIONALITY',
  'RELIGION',
  'HEALTH',
  'NATIONAL_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
  'PAYMENT_CARD',
  'IBAN',
  'IP',
  'MAC',
  'DEVICE_ID',
  'LOCATION',
  'PLATE',
  'BIRTH_DATE',
  'DATE',
  'AGE',
  'URL_DOMAIN',
  'SECRET',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** Types that a shape, a checksum or a word beside them gives away; the others need word lists. */
export const PATTERN_TYPES: readonly EntityType[] = [
  'EMAIL',
  'PHONE',
  'NATIONAL_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
  'PAYMENT_CARD',
  'IBAN',
  'IP',
  'MAC',
  'DEVICE_ID',
  'LOCATION',
  'PLATE',
  'URL_DOMAIN',
  'SECRET',
  'ZIP_CODE',
  'BIRTH_DATE',
  'DATE',
  'AGE',
];

/** A part of a postal address. */
export interface AddressPart {
  readonly part: 'number' | 'street' | 'unit' | 'place' | 'state' | 'country' | 'code';
  readonly start: number;
  readonly end: number;
}

export interface DetectedSpan<Type extends string = string> {
  readonly start: number;
  readonly end: number;
  readonly type: Type;
  /** The share of spans with this score that are right, from 0 to 1; see `src/detect/README.md`. */
  readonly score: number;
  /** Which one of its type: `CN_RESIDENT_ID`, `US_SSN`, `IMEI` … */
  readonly kind?: string;
  /** Of an address in Latin script: what it is made of. */
  readonly parts?: readonly AddressPart[];
}

/** A recognizer of the caller's own; it sees the text with full-width signs folded, at equal length. */
export interface Recognizer {
  /** Upper snake case; may be a type of its own. */
  readonly type: string;
  /** Must be global and must not backtrack super-linearly: it runs over at most 70,000 units at a time. */
  readonly pattern: RegExp;
  /** 0 to 1 for a match without context. */
  readonly score: number;
  /** Refuses a match: a checksum, a lookup. */
  readonly validate?: (match: string) => boolean;
  /** Lower-case words that raise the score to at least 0.9 when one stands up to 48 signs before the match. */
  readonly context?: readonly string[];
}

export interface DetectOptions {
  /** Types to look for; all when absent. */
  readonly types?: readonly EntityType[];
  /** Spans below are left out; 0.5 when absent. */
  readonly minScore?: number;
  /** ISO 3166-1 alpha-2: where numbers without a country code are from. */
  readonly region?: string;
  readonly recognizers?: readonly Recognizer[];
}
