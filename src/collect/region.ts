/** The country (and, where its parts have laws of their own, the part) that a message tells of its customer. */
import type { Source } from './types.ts';

const CODE = /^[A-Z]{2}$/;
/** Countries whose parts have privacy laws of their own. */
const IN_PARTS = new Set(['US', 'CA']);
/** Not countries, or not one: `EU` says nothing of an age, `ZZ` is "unknown". */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO', 'XK']);

/** Each code by itself, and by the English name of its country; a retired code stands for today's (`UK` for `GB`). */
const CODES = countryCodes();

function countryCodes(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
  const codes = new Map<string, string>();
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = NO_COUNTRY.has(code) ? undefined : english.of(code);
    if (name === undefined) continue;
    const today = Intl.getCanonicalLocales(`und-${code}`)[0]!.slice(4);
    codes.set(code.toLowerCase(), today);
    codes.set(name.toLowerCase(), today);
  }
  return codes;
}

/**
 * ISO 3166-1 or -2, or null. A server tells it by an address in the traits, a shipping or billing address of an
 * order, or `context.location`. A browser tells nothing: its word must not choose the law.
 */
export function regionOf(source: Pick<Source, 'kind'>, ...places: readonly unknown[]): string | null {
  if (source.kind === 'browser') return null;
  for (const place of places) {
    const region = ofPlace(place);
    if (region !== null) return region;
  }
  return null;
}

function ofPlace(place: unknown): string | null {
  if (typeof place !== 'object' || place === null) return null;
  const { country, state, region } = place as Record<string, unknown>;
  const code = countryCode(country);
  if (code === null || !IN_PARTS.has(code)) return code;
  const part = [state, region].find(
    (each) => typeof each === 'string' && CODE.test(each.trim().toUpperCase()),
  );
  return part === undefined ? code : `${code}-${(part as string).trim().toUpperCase()}`;
}

function countryCode(country: unknown): string | null {
  return typeof country === 'string' ? (CODES.get(country.trim().toLowerCase()) ?? null) : null;
}
