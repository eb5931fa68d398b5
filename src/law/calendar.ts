/**
 * Days and clocks of the law. A month ends on the day of the same number, or on the last of a shorter month
 * (Regulation 1182/71 art. 3); business days pass over Saturdays, Sundays and the holidays given.
 */
import type { Span } from './facts.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/;

/** True for a real day `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}

/** True for a real day, or a moment in UTC `YYYY-MM-DDThh:mmZ`. */
export function isDate(text: string): boolean {
  return isDay(text) || (MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)));
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

function addBusinessDays(day: string, days: number, holidays: ReadonlySet<string>): string {
  let at = Date.parse(day);
  for (let left = days; left > 0; ) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.has(dayOf(at))) left -= 1;
  }
  return dayOf(at);
}

/** `date` plus the span: a day for days and more, a moment for hours. A day counts from its midnight UTC. */
export function addSpan(date: string, { count, unit }: Span, holidays: readonly string[] = []): string {
  const day = date.slice(0, 10);
  switch (unit) {
    case 'hours':
      return `${new Date(Date.parse(date) + count * HOUR_MS).toISOString().slice(0, 16)}Z`;
    case 'days':
      return dayOf(Date.parse(day) + count * DAY_MS);
    case 'business-days':
      return addBusinessDays(day, count, new Set(holidays));
    case 'months':
      return addMonths(day, count);
    case 'years':
      return addMonths(day, count * 12);
  }
}

/** The day from which a period runs: the event itself, or the end of the year in which it fell. */
export function anchorDay(date: string, from: string): string {
  return from.startsWith('end-of-') ? `${date.slice(0, 4)}-12-31` : date.slice(0, 10);
}

/** The hour and the weekday (1 is Monday) of a moment in a time zone. */
export function localHour(moment: string, zone: string): { readonly hour: number; readonly weekday: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  }).formatToParts(Date.parse(moment));
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  return { hour: Number(part('hour')), weekday };
}
