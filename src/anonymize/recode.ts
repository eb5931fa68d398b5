/** Coarser forms of a value: the ends of a text, a span of numbers, a part of a date. Null when it has none. */
import { localeOf, textOf } from './text.ts';

const COVER = '****';
/** So many signs must stay hidden, or the ends would be the value. */
const LEAST_HIDDEN = 4;
const LONGEST = 512;
const FURTHEST_MS = 8.64e15;

/** `****4242`: the last `n` graphemes, or the first; the cover alone when fewer than four would be hidden. */
export function keepEnd(value: unknown, n: number, end: 'first' | 'last'): string | null {
  const text = textOf(value)?.trim();
  if (text === undefined || text === '' || text.length > LONGEST) return null;
  const signs = [...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment);
  if (signs.length < n + LEAST_HIDDEN) return COVER;
  return end === 'last' ? COVER + signs.slice(-n).join('') : signs.slice(0, n).join('') + COVER;
}

/** `100–150`, for 100 up to but not including 150, written for the locale. */
export function bucketByWidth(value: unknown, width: number, locale: string): string | null {
  const number = numberOf(value);
  if (number === null) return null;
  const lower = Math.floor(number / width) * width;
  const write = writer(locale);
  return Number.isSafeInteger(lower + width) ? `${write(lower)}–${write(lower + width)}` : null;
}

/** Between which of the bounds it lies: `< 0`, `0–100`, `≥ 100`. */
export function bucketByBounds(value: unknown, bounds: readonly number[], locale: string): string | null {
  const number = numberOf(value);
  if (number === null) return null;
  const write = writer(locale);
  const above = bounds.findIndex((bound) => number < bound);
  if (above === 0) return `< ${write(bounds[0]!)}`;
  if (above === -1) return `≥ ${write(bounds.at(-1)!)}`;
  return `${write(bounds[above - 1]!)}–${write(bounds[above]!)}`;
}

/** `2024`, `2024-Q2`, `2024-05` or `2024-05-17`, of an ISO 8601 date as it is written or of epoch ms (UTC). */
export function truncateDate(value: unknown, to: 'year' | 'quarter' | 'month' | 'day'): string | null {
  const text =
    typeof value === 'number' && Math.abs(value) <= FURTHEST_MS ? new Date(value).toISOString() : value;
  if (typeof text !== 'string' || text.length > 40) return null;
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?$/.exec(text) ?? [];
  if (year === undefined) return null;
  if (to === 'year') return year;
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return null;
  if (to === 'quarter') return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  if (to === 'month') return `${year}-${month}`;
  return day === undefined ? null : `${year}-${month}-${day}`;
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function writer(locale: string): (value: number) => string {
  const format = new Intl.NumberFormat(localeOf(locale)?.toString() ?? 'en');
  return (value) => format.format(value);
}
