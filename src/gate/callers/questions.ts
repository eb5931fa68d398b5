/** Questions that a caller is checked by: one right option among five. The wrong ones are made up, and are nobody's values. */
import { CALLER_QUESTIONS, type CallerQuestion } from '../../../contract/callers.ts';

/** What is known of the customer, as far as the gate may use it; what is absent is not asked about. */
export interface CallerFacts {
  /** UTC milliseconds. */
  readonly lastOrderAt?: number;
  readonly lastOrderTotal?: { readonly amount: number; readonly currency: string };
  readonly ordersThisYear?: number;
  readonly postalCode?: string;
  /** ISO 8601 date. */
  readonly birthDate?: string;
}

export interface Question {
  readonly question: CallerQuestion;
  /** Five, in their own order. */
  readonly options: readonly string[];
  readonly right: string;
}

/** A number that only this installation can tell, of a text: what is drawn is drawn by it. */
export type Draw = (text: string) => string;

const ASKED = 3;
const WRONG = 4;

const two = (number: number) => String(number).padStart(2, '0');
const MONTHS = Array.from({ length: 12 }, (_, at) => two(at + 1));
const DAYS = Array.from({ length: 31 }, (_, at) => two(at + 1));
const AMOUNTS = [0, 20, 50, 100, 200, 500, 1000];
const COUNTS = ['0', '1', '2', '3-4', '5-9', '10+'];
const DIGITS = [...'0123456789'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

interface Choice {
  readonly right: string;
  /** All options there could be, in their own order. */
  readonly all: readonly string[];
}

/**
 * Three questions, drawn anew each day; null when less than three can be asked. The same facts have the same options
 * every time, so that asking twice tells nothing.
 * @param day of the asking, `2026-11-26`
 */
export function questionsFor(facts: CallerFacts, day: string, draw: Draw): Question[] | null {
  const asked = CALLER_QUESTIONS.flatMap((question) => {
    const choice = CHOICES[question](facts);
    return choice === null ? [] : [{ question, ...choice }];
  })
    .sort(by((each) => draw(`question/${day}/${each.question}`)))
    .slice(0, ASKED);
  if (asked.length < ASKED) return null;
  return asked.map(({ question, right, all }) => {
    const wrong = all
      .filter((option) => option !== right)
      .sort(by((option) => draw(`option/${question}/${right}/${option}`)))
      .slice(0, WRONG);
    const options = all.filter((option) => option === right || wrong.includes(option));
    return { question, options, right };
  });
}

function by<T>(nameOf: (each: T) => string): (a: T, b: T) => number {
  const names = new Map<T, string>();
  const name = (each: T) => {
    const known = names.get(each) ?? nameOf(each);
    names.set(each, known);
    return known;
  };
  return (a, b) => (name(a) < name(b) ? -1 : 1);
}

const CHOICES: Readonly<Record<CallerQuestion, (facts: CallerFacts) => Choice | null>> = {
  'last-order-month': ({ lastOrderAt }) =>
    lastOrderAt === undefined ? null : { right: two(new Date(lastOrderAt).getUTCMonth() + 1), all: MONTHS },
  'last-order-amount': ({ lastOrderTotal }) =>
    lastOrderTotal === undefined ? null : bandOf(lastOrderTotal.amount, lastOrderTotal.currency),
  'orders-this-year': ({ ordersThisYear: count }) =>
    count === undefined ? null : { right: countBand(count), all: COUNTS },
  'postal-code-end': ({ postalCode }) => endOf(postalCode ?? ''),
  'birthday-day': ({ birthDate }) => {
    const [, day] = /^\d{4}-\d{2}-(\d{2})/.exec(birthDate ?? '') ?? [];
    return day === undefined || !DAYS.includes(day) ? null : { right: day, all: DAYS };
  },
};

function bandOf(amount: number, currency: string): Choice | null {
  if (!(amount >= 0) || !/^[A-Z]{3}$/.test(currency)) return null;
  // Of a currency without cents (yen, won) a hundred is about one of the others.
  const { maximumFractionDigits: cents } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const edges = AMOUNTS.map((edge) => (cents === 0 ? edge * 100 : edge));
  const all = edges.map((edge, at) => {
    const next = edges[at + 1];
    return next === undefined ? `${edge}+ ${currency}` : `${edge}-${next} ${currency}`;
  });
  return { right: all[edges.findLastIndex((edge) => amount >= edge)]!, all };
}

function countBand(count: number): string {
  if (count <= 2) return String(count);
  if (count <= 4) return '3-4';
  return count <= 9 ? '5-9' : '10+';
}

/** The last two characters, and all that look like them: digits for digits, letters for letters. */
function endOf(postalCode: string): Choice | null {
  const right = postalCode.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').slice(-2);
  if (!/^[0-9A-Z]{2}$/.test(right)) return null;
  const [first, second] = [...right].map((sign) => (DIGITS.includes(sign) ? DIGITS : LETTERS));
  return { right, all: first!.flatMap((one) => second!.map((other) => one + other)) };
}
