/** Shapes of the held-out texts: what a template is made of, and what a line of the set holds. */
import type { Dice } from '../../crash/dice.ts';

/** What a span can be. `README.md` beside this file says where each begins and ends. */
export const TYPES = [
  'EMAIL',
  'PHONE',
  'PERSON',
  'ADDRESS',
  'NATIONAL_ID',
  'PASSPORT',
  'PAYMENT_CARD',
  'IBAN',
  'IP',
  'MAC',
  'PLATE',
  'BIRTH_DATE',
  'AGE',
  'PLACE',
  'ORGANIZATION',
  'URL_DOMAIN',
  'SECRET',
  'DEVICE_ID',
  'LOCATION',
] as const;

export type SpanType = (typeof TYPES)[number];

/** UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: SpanType;
}

/** One line of the set. */
export interface GoldText {
  readonly id: string;
  readonly text: string;
  readonly language: string;
  /** Names the template, so that scores can be cross-validated by template. */
  readonly template: string;
  readonly spans: readonly Span[];
}

/** What a slot was filled with; without a type it is a negative. */
export interface Value {
  readonly text: string;
  readonly type?: SpanType;
}

/** What may stand between braces in a template, by name. */
export type Slots = Readonly<Record<string, (dice: Dice) => Value>>;

/** Templates that share a language and its slots. */
export interface TemplateList {
  readonly language: string;
  readonly name: string;
  readonly slots: Slots;
  readonly templates: readonly string[];
}
