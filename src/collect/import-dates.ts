/** Dates of a file: read by a pattern, in the time zone that the file was written in. */

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const ISO_PARTS = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss', 'zone'];
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(\\d{4})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
};
const TOKEN = /YYYY|MM|M|DD|D|HH|H|mm|ss/g;
const MINUTE = 60_000;
/** Time zones change their offset on such borders, or on multiples of them. */
const STEP = 15 * MINUTE;
const MOST_REMEMBERED = 10_000;

/** UTC milliseconds of a text; null when it is no such date. */
export type DateReader = (text: string) => number | null;

/** True for a pattern that names year, month and day. */
export function isDatePattern(pattern: string): boolean {
  const found = pattern.match(TOKEN)?.map((token) => token[0]) ?? [];
  return ['Y', 'M', 'D'].every((part) => found.filter((token) => token === part).length === 1);
}

/** True for a name of the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** Reads dates of `pattern`, or of ISO 8601 without one. A text with an offset of its own needs no `timeZone`. */
export function dateReader(pattern: string | null, timeZone: string): DateReader {
  const parts = pattern === null ? ISO_PARTS : (pattern.match(TOKEN) ?? []);
  const shape = pattern === null ? ISO : shapeOf(pattern);
  const toUtc = zoneOf(timeZone);
  let last: { text: string; time: number | null } = { text: '', time: null };
  return (text) => {
    // Rows of one order carry the same text.
    if (text !== last.text) last = { text, time: timeOf(shape.exec(text.trim()), parts, toUtc) };
    return last.time;
  };
}

function shapeOf(pattern: string): RegExp {
  const escaped = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let shape = '';
  let at = 0;
  for (const found of pattern.matchAll(TOKEN)) {
    shape += escaped(pattern.slice(at, found.index)) + TOKENS[found[0]];
    at = found.index + found[0].length;
  }
  return new RegExp(`^${shape}${escaped(pattern.slice(at))}$`);
}

function timeOf(
  found: RegExpExecArray | null,
  parts: readonly string[],
  toUtc: (local: number) => number,
): number | null {
  if (found === null) return null;
  const value = { Y: 1970, M: 1, D: 1, H: 0, m: 0, s: 0 };
  let offset: string | undefined;
  parts.forEach((part, at) => {
    const text = found[at + 1];
    if (part === 'zone') offset = text;
    else if (text !== undefined) value[part[0] as keyof typeof value] = Number(text);
  });
  const local = Date.UTC(value.Y, value.M - 1, value.D, value.H, value.m, value.s);
  const back = new Date(local);
  const exists =
    back.getUTCFullYear() === value.Y &&
    back.getUTCMonth() === value.M - 1 &&
    back.getUTCDate() === value.D &&
    value.H < 24 &&
    value.m < 60 &&
    value.s < 60;
  if (!exists) return null;
  if (offset === undefined) return toUtc(local);
  return local - (offset === 'Z' ? 0 : offsetOf(offset));
}

function offsetOf(text: string): number {
  const digits = text.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -minutes : minutes) * MINUTE;
}

/** From the time on a wall clock to UTC. In the hour that comes twice, the first; in the one that is skipped, the next. */
function zoneOf(timeZone: string): (local: number) => number {
  if (timeZone === 'UTC') return (local) => local;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();
  const offsetAt = (time: number): number => {
    const step = Math.floor(time / STEP);
    let offset = known.get(step);
    if (offset === undefined) {
      const of: Record<string, number> = {};
      for (const { type, value } of format.formatToParts(step * STEP)) of[type] = Number(value);
      const wall = Date.UTC(of.year!, of.month! - 1, of.day!, of.hour!, of.minute!, of.second!);
      offset = wall - step * STEP;
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(step, offset);
    }
    return offset;
  };
  return (local) => {
    const first = local - offsetAt(local - 86_400_000);
    if (offsetAt(first) === local - first) return first;
    const second = local - offsetAt(local + 86_400_000);
    return offsetAt(second) === local - second ? second : first;
  };
}
