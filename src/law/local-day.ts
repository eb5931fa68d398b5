/** Days where the shop is. A day of the law is a day of its calendar, from midnight to midnight there. */

import { BaileeError } from '../platform/errors.ts';

/** One for each zone that was asked for: making one takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws `bad_request` for what is no name of the IANA time zone database that this machine knows. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  } catch {
    throw new BaileeError('bad_request', 'This is not a time zone, like Europe/Berlin.');
  }
}

/** The day `YYYY-MM-DD` in a zone at a moment in UTC milliseconds. Throws `bad_request` for an unknown zone. */
export function localDay(at: number, zone: string): string {
  const parts = formatOf(zone).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
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
