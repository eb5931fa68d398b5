/** What names a customer: normalize first, then validate, so that two spellings of one address are one address. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { IdentifierKind } from '../../contract/names.ts';

/** Ids that clients send when they have none. They never identify anyone. Compared in lower case. */
const JUNK = new Set([
  'null',
  'undefined',
  'nil',
  'none',
  'nan',
  'guest',
  'anonymous',
  'anon',
  'unknown',
  'user',
  'userid',
  'user_id',
  'id',
  'anonymousid',
  'anonymous_id',
  'distinctid',
  'distinct_id',
  'email',
  'true',
  'false',
  'not_authenticated',
  'test',
  'n/a',
  'na',
  '-',
  '[object object]',
  '{}',
  '[]',
  '""',
  "''",
  'void',
  'default',
  'visitor',
  'customer',
  'no_user',
]);

const MOST: Record<IdentifierKind, number> = {
  userId: 256,
  anonymousId: 256,
  email: 254,
  phone: 32,
  order: 128,
  case: 128,
};

export type Normalized =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: 'junk' | 'invalid' };

/** True for ids that only look like one: `null`, `[object Object]`, all zeros … */
export function isJunk(value: string): boolean {
  const lower = value.toLowerCase();
  return lower === '' || JUNK.has(lower) || /^[0\-_.\s]+$/.test(lower);
}

/**
 * Normalizes an identifier. `country` (ISO 3166-1 alpha-2) helps to read a national phone number.
 * Never throws; `junk` and `invalid` identify no one.
 */
export function normalizeIdentifier(
  kind: IdentifierKind,
  value: unknown,
  country?: string | null,
): Normalized {
  if (typeof value === 'number' && Number.isSafeInteger(value))
    return normalizeIdentifier(kind, String(value), country);
  if (typeof value !== 'string') return { ok: false, why: 'invalid' };
  const text = value.normalize('NFKC').trim();
  if (isJunk(text)) return { ok: false, why: 'junk' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come in
  if (text.length > MOST[kind] || !text.isWellFormed() || /[\u0000-\u001f\u007f]/.test(text))
    return { ok: false, why: 'invalid' };
  if (kind === 'email') return email(text);
  if (kind === 'phone') return phone(text, country);
  return { ok: true, value: text };
}

function email(text: string): Normalized {
  // Small letters can compose anew (J̌ → ǰ) and grow: normalized and measured once more.
  const value = text.toLowerCase().normalize('NFKC');
  const at = value.lastIndexOf('@');
  const local = value.slice(0, at);
  const domain = value.slice(at + 1);
  const valid =
    at > 0 &&
    value.length <= MOST.email &&
    local.length <= 64 &&
    !/[\s<>()[\]\\,;:"]/.test(value) &&
    /^[^.@]([^@]*[^.@])?$/.test(domain) &&
    domain.includes('.') &&
    !domain.includes('..');
  return valid ? { ok: true, value } : { ok: false, why: 'invalid' };
}

/** In E.164. A number that would be another when it is read again (`+61 000…`, where each reading drops a zero) is none. */
function phone(text: string, country: string | null | undefined): Normalized {
  const value = readPhone(text, country);
  if (value === null || (value !== text && readPhone(value, country) !== value))
    return { ok: false, why: 'invalid' };
  return { ok: true, value };
}

function readPhone(text: string, country: string | null | undefined): string | null {
  try {
    const parsed = parsePhoneNumberFromString(text, (country ?? undefined) as CountryCode | undefined);
    return parsed?.isPossible() ? parsed.number : null;
  } catch {
    return null; // no number, whatever the library makes of it
  }
}
