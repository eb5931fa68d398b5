/** Masks of ids, cards, IP addresses, dates and amounts. */
import { localeOf } from './text.ts';

const COVER = '****';
/** With fewer signs, two of them would tell too much. */
const LEAST_ID = 8;
const HIGHEST_BUCKET = 1_000_000;
const FURTHEST_MS = 8.64e15;

/** `****12`; `****` when short or when the end is not plain letters or digits. */
export function maskId(value: string): string | null {
  if (value === '') return null;
  return value.length >= LEAST_ID && /[A-Za-z0-9]{2}$/.test(value) ? COVER + value.slice(-2) : COVER;
}

/** `**** 1234` of the last four digits, or of a whole card number should one come by. */
export function maskCardLast4(value: string): string | null {
  const digits = value.slice(0, 40).replace(/[ -]/g, '');
  return /^(?:\d{4}|\d{12,19})$/.test(digits) ? `${COVER} ${digits.slice(-4)}` : null;
}

/** IPv4 to its /24 (`203.0.113.x`), IPv6 to its /48 (`2001:db8:1::/48`), as RFC 5952 writes it. */
export function maskIp(value: string): string | null {
  if (value.length > 64) return null;
  const address = value.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(mapped ?? address);
  if (v4 !== null) {
    const bytes = v4.slice(1).map(Number);
    return bytes.every((byte) => byte <= 255) ? `${bytes.slice(0, 3).join('.')}.x` : null;
  }
  const head = firstThreeGroups(address);
  return head === null ? null : `${head.replace(/(:0)+$/, '').replace(/^0$/, '')}::/48`;
}

function firstThreeGroups(address: string): string | null {
  const halves = address.replace(/:\d+\.\d+\.\d+\.\d+$/, ':0:0').split('::');
  if (halves.length > 2) return null;
  const [front, back] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...(front ?? []), ...(back ?? [])];
  if (!given.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  if (halves.length === 1 ? given.length !== 8 : given.length > 7) return null;
  const zeros = new Array<string>(8 - given.length).fill('0');
  const groups = [...(front ?? []), ...zeros, ...(back ?? [])];
  return groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** The year, of an ISO 8601 date or of epoch milliseconds (UTC). */
export function maskDate(value: unknown): string | null {
  if (typeof value === 'number') {
    return Math.abs(value) <= FURTHEST_MS ? String(new Date(value).getUTCFullYear()) : null;
  }
  return typeof value === 'string' && value.length <= 40
    ? (/^(\d{4})(?:-\d{2}|$)/.exec(value)?.[1] ?? null)
    : null;
}

/** The power of ten it lies in, written for the locale: `100–999`, `< 0`, `≥ 1,000,000`. */
export function maskAmount(value: unknown, locale: string): string | null {
  const number = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const format = new Intl.NumberFormat(localeOf(locale)?.toString() ?? 'en', { maximumFractionDigits: 0 });
  if (number < 0) return `< ${format.format(0)}`;
  if (number >= HIGHEST_BUCKET) return `≥ ${format.format(HIGHEST_BUCKET)}`;
  let top = 10;
  while (number >= top) top *= 10;
  return `${format.format(top === 10 ? 0 : top / 10)}–${format.format(top - 1)}`;
}
