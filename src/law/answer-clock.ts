/** Clocks and periods: by when something must be done, until when something lasts. */
import { addSpan, anchorDay, isDate } from './calendar.ts';
import type { LawQuestion, Span } from './facts.ts';
import {
  type FactOf,
  factsOn,
  holds,
  isVerified,
  loosens,
  type Speaking,
  tightens,
  UNKNOWN,
  type Verdict,
  wordsOf,
} from './verdict.ts';

type Clock = FactOf<'clock'>;

/** A day or moment; after `without delay, target ` where the law names no number. */
export const NO_NUMBER = ', target ';

export function answerBy(speaking: Speaking, question: LawQuestion): Verdict {
  const { date } = question;
  if (date === undefined || !isDate(date)) return UNKNOWN;
  const words = wordsOf(question);
  const running = factsOn(speaking, 'clock', question).filter(
    ({ value }) => value.when === undefined || holds(value.when, words),
  );
  const bases = running.filter(({ value }) => !value.extends);
  // An extension gives the shop more time, so it must be verified.
  const longer = running.filter((fact) => fact.value.extends && words.has('extended') && isVerified(fact));
  const answers = bases.map((base) => due(base, longer, date, question.holidays));
  return answers.sort((a, b) => compareDue(a.answer, b.answer))[0] ?? UNKNOWN;
}

function due(base: Clock, longer: readonly Clock[], date: string, holidays: readonly string[]): Verdict {
  const { span, speed } = base.value;
  if (span === null) return speed === null ? loosens('none', [base]) : tightens(speed, [base]);
  const used = speed === null ? longer.filter(({ value }) => value.span !== null) : [];
  const spans = used.map(({ value }) => value.span!);
  const same = spans.every(({ unit }) => unit === span.unit);
  const total: readonly Span[] = same
    ? [{ unit: span.unit, count: spans.reduce((sum, each) => sum + each.count, span.count) }]
    : [span, ...spans];
  const at = total.reduce((from, each) => addSpan(from, each, holidays), date);
  return tightens(speed === null ? at : `${speed}${NO_NUMBER}${at}`, [base, ...used]);
}

/** The earlier of two answers first; what is due at once goes before a day of the same date. */
export function compareDue(a: string, b: string): number {
  const key = (text: string) =>
    text === 'none'
      ? '9'
      : text.includes(NO_NUMBER)
        ? text.slice(text.indexOf(NO_NUMBER) + NO_NUMBER.length)
        : text;
  const [left, right] = [key(a), key(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a < b ? 1 : -1;
}

/** `least`: until then it must last; `most`: then it must be gone. */
export function answerUntil(speaking: Speaking, question: LawQuestion, kind: 'least' | 'most'): Verdict {
  const { date } = question;
  if (date === undefined || !isDate(date)) return UNKNOWN;
  const ends = factsOn(speaking, kind, question).map((fact) =>
    tightens(addSpan(anchorDay(date, fact.value.from), fact.value.span), [fact]),
  );
  ends.sort((a, b) => (a.answer < b.answer ? -1 : 1));
  return (kind === 'least' ? ends.at(-1) : ends[0]) ?? UNKNOWN;
}
