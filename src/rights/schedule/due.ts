/** Days of the schedule: until when a record is kept, on which day it goes, and how old it must be to go today. */
import { addSpan, anchorDay } from '../../law/calendar.ts';
import type { ScheduleLine, Term } from './types.ts';

const DAY_MS = 86_400_000;
/** No record is older. */
const FIRST_DAY = '1970-01-01';

type Timed = Pick<ScheduleLine, 'least' | 'most'> & Partial<Pick<ScheduleLine, 'set'>>;

interface Ends {
  /** The term that asks for the longest keeping, and the last day of it. */
  readonly longest: Term | null;
  readonly keptUntil: string | null;
  /** The term with the shortest maximum, and the day by which the record must be gone. */
  readonly shortest: Term | null;
  readonly goneBy: string | null;
  /** The end of what is set; null: nothing ends it. */
  readonly own: string | null;
}

/** When a term ends whose record began on `day`. */
export function endOf({ span, from }: Pick<Term, 'span' | 'from'>, day: string): string {
  return addSpan(startOf(from, day), span);
}

/** These run from a filing that comes after the year of the sale: so its end is taken. */
const NEXT_YEAR = ['filing', 'filing-deadline', 'due-date-of-annual-return', 'end-of-year-tax-due'];
/** The last entry of a year's books may stand on its last day. */
const THIS_YEAR = ['last-entry', 'latest-transaction'];

function startOf(from: string, day: string): string {
  if (NEXT_YEAR.includes(from)) return `${Number(day.slice(0, 4)) + 1}-12-31`;
  return anchorDay(day, THIS_YEAR.includes(from) ? 'end-of-year' : from);
}

/** The ends of a line for a record that began on `day`. */
export function ends({ least, most, set }: Timed, day: string): Ends {
  const sorted = (terms: readonly Term[]) =>
    terms
      .map((term) => ({ term, end: endOf(term, day) }))
      .sort((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0));
  const longest = sorted(least).at(-1);
  const shortest = sorted(most)[0];
  const own = set === undefined || set === null || typeof set === 'string' ? null : addSpan(day, set);
  return {
    longest: longest?.term ?? null,
    keptUntil: longest?.end ?? null,
    shortest: shortest?.term ?? null,
    goneBy: shortest?.end ?? null,
    own,
  };
}

/** The day after. */
export function nextDay(day: string): string {
  return addSpan(day, { count: 1, unit: 'days' });
}

/**
 * The first day on which a record that began on `day` goes; null: nothing ends it. The earlier of what is set and
 * of the shortest maximum, but never before the day after the longest duty.
 */
export function goesOn(line: Timed, day: string): string | null {
  const { keptUntil, goneBy, own } = ends(line, day);
  const free = keptUntil === null ? null : nextDay(keptUntil);
  const wished = [own, goneBy, line.set === 'duty' ? free : null].filter((each) => each !== null).sort()[0];
  if (wished === undefined) return null;
  return free !== null && free > wished ? free : wished;
}

/** The latest day on which a record may have begun that goes on `today`; null: none goes. Exactly inverts `goesOn`. */
export function dueSince(line: Timed, today: string): string | null {
  const goes = (day: number) => {
    const on = goesOn(line, dayAt(day));
    return on !== null && on <= today;
  };
  let low = numberOf(FIRST_DAY);
  let high = numberOf(today);
  if (!goes(low)) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (goes(middle)) low = middle;
    else high = middle - 1;
  }
  return dayAt(low);
}

function numberOf(day: string): number {
  return Date.parse(day) / DAY_MS;
}

function dayAt(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
