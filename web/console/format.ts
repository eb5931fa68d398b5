/** Times, numbers and money as the reader writes them. */
import { useLanguage } from './language.ts';

export interface Format {
  /** 26 Nov 2026, 13:47 */
  readonly moment: (iso: string) => string;
  readonly day: (iso: string) => string;
  /** 13:47 */
  readonly time: (iso: string) => string;
  /** in 3 hours, 2 days ago */
  readonly since: (iso: string, now?: number) => string;
  /** 23 Nov: a day of UTC, `2026-11-23`. */
  readonly dayOf: (date: string) => string;
  /** 0.64 is 64 % */
  readonly percent: (share: number) => string;
  /** 3 hours, 2 days: how far away, before or after. */
  readonly span: (iso: string, now?: number) => string;
  readonly number: (value: number) => string;
  readonly money: (value: number, currency: string) => string;
}

/** With a capital, where a name that is written small begins a line. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UNITS = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function inUnits(ms: number): readonly [number, (typeof UNITS)[number][0]] {
  const [unit, size] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? ['minute', 60_000];
  return [Math.trunc(ms / size), unit];
}

export function formatFor(language: string): Format {
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const times = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const calendar = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const numbers = new Intl.NumberFormat(language);
  return {
    moment: (iso) => moments.format(new Date(iso)),
    day: (iso) => days.format(new Date(iso)),
    time: (iso) => times.format(new Date(iso)),
    since(iso, now = Date.now()) {
      const [count, unit] = inUnits(Date.parse(iso) - now);
      return ago.format(count, unit);
    },
    span(iso, now = Date.now()) {
      const [count, unit] = inUnits(Math.abs(Date.parse(iso) - now));
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    dayOf: (date) => calendar.format(new Date(date)),
    percent: (share) => shares.format(share),
    number: (value) => numbers.format(value),
    money(value, currency) {
      try {
        return new Intl.NumberFormat(language, { style: 'currency', currency }).format(value);
      } catch {
        return `${numbers.format(value)} ${currency}`;
      }
    },
  };
}

/** Making formatters takes longer than using them. */
const made = new Map<string, Format>();

export function useFormat(): Format {
  const language = useLanguage();
  const known = made.get(language);
  if (known !== undefined) return known;
  const format = formatFor(language);
  made.set(language, format);
  return format;
}
