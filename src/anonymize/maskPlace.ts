/** Masks of addresses and places: the city and the country at most, never the street. */
import { initial } from './text.ts';

/** City names are short and hold no digits; what is not so may be a street put into the wrong box. */
const CITY = /^[\p{L}\p{M}][\p{L}\p{M} .'’()-]{0,39}$/u;
const COUNTRY_CODE = /^[A-Z]{2}$/;
const MOST_WORDS = 4;

/** `{city, country, …}` → `Lyon, FR`; a text has no part that is surely the city, so it has no masked form. */
export function maskAddress(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const parts = ['city', 'country']
    .map((key) => placeName(ownText(value, key)))
    .filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** An object as an address; of a text the country after its last comma, a country code, or a first letter. */
export function maskPlace(value: unknown): string | null {
  if (typeof value !== 'string') return maskAddress(value);
  const text = value.trim();
  if (COUNTRY_CODE.test(text)) return text;
  const comma = text.lastIndexOf(',');
  if (comma > 0) {
    const country = placeName(text.slice(comma + 1));
    if (country !== null) return country;
  }
  return text === '' ? null : initial(text);
}

function placeName(text: string | null): string | null {
  const name = text?.trim() ?? '';
  return CITY.test(name) && name.split(' ').length <= MOST_WORDS ? name : null;
}

function ownText(from: object, key: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(from, key)?.value;
  return typeof value === 'string' ? value : null;
}
