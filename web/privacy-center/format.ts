/** Times, numbers and money as the reader writes them, and values on one line. */
import { useLanguage } from './language.ts';

export interface Format {
  readonly moment: (iso: string) => string;
  /** A moment, or a day `2026-11-23`, which is the same everywhere. */
  readonly day: (iso: string) => string;
  readonly time: (iso: string) => string;
  readonly number: (value: number) => string;
  readonly money: (value: number, currency: string) => string;
  /** `25 months`, as the schedule has it; itself where it is none. */
  readonly span: (words: string) => string;
  /** Names side by side. */
  readonly list: (names: readonly string[]) => string;
  /** A value of any kind; null where there is none. */
  readonly value: (value: unknown) => string | null;
}

/** Between names. What `Intl.ListFormat` has is nothing at all in Chinese, or ends in an “and”. */
const SEPARATORS: Readonly<Record<string, string>> = { zh: '、', ja: '、', ar: '، ' };
const SPAN = /^(\d+) (day|week|month|year)s?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;

function formatFor(language: string): Format {
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const plainDays = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const numbers = new Intl.NumberFormat(language);
  const between = SEPARATORS[language.slice(0, 2)] ?? ', ';
  const day = (iso: string) => (iso.includes('T') ? days : plainDays).format(new Date(iso));
  const moment = (iso: string) => moments.format(new Date(iso));
  const one = (value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'number') return numbers.format(value);
    if (typeof value === 'string') {
      if (!MOMENT.test(value)) return value;
      return value.includes('T') ? moment(value) : day(value);
    }
    if (typeof value !== 'object') return String(value);
    const parts = Object.values(value).flatMap((part) => one(part) ?? []);
    return parts.length === 0 ? null : parts.join(', ');
  };
  return {
    moment,
    day,
    time: (iso) => times.format(new Date(iso)),
    number: (value) => numbers.format(value),
    money(value, currency) {
      try {
        return new Intl.NumberFormat(language, { style: 'currency', currency }).format(value);
      } catch {
        return `${numbers.format(value)} ${currency}`;
      }
    },
    span(words) {
      const [, count, unit] = SPAN.exec(words) ?? [];
      if (count === undefined || unit === undefined) return words;
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
        Number(count),
      );
    },
    list: (names) => names.join(between),
    value: one,
  };
}

/** Making formatters takes longer than using them. */
const made = new Map<string, Format>();

export function useFormat(): Format {
  const language = useLanguage();
  const format = made.get(language) ?? formatFor(language);
  made.set(language, format);
  return format;
}
