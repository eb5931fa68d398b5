/** Days where the shop is. A day of the law is a day of its calendar, from midnight to midnight there. */
import { BaileeError } from '../platform/errors.ts';

/** True for a name of the IANA time zone database that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The day `YYYY-MM-DD` in a zone at a moment in UTC milliseconds. Throws `bad_request` for an unknown zone. */
export function localDay(at: number, zone: string): string {
  if (!isZone(zone)) throw new BaileeError('bad_request', 'This is not a time zone, like Europe/Berlin.');
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

const HOUR_MS = 3_600_000;

/** The first moment after a day there, in UTC milliseconds: what is due on that day is late from then on. */
export function endOfDay(day: string, zone: string): number {
  // No zone is more than fourteen hours from UTC, and none begins a day at other than a quarter of an hour.
  let low = Date.parse(day) + 8 * HOUR_MS;
  let high = Date.parse(day) + 38 * HOUR_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localDay(middle, zone) > day) high = middle;
    else low = middle;
  }
  return high;
}
