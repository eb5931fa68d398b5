/** Telephone numbers: candidates by shape, judged by their country's plan or by the words beside them. */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { FLAG } from '../flags.ts';
import type { Neighborhood } from '../neighborhood.ts';
import { isOneDigit } from './checksums.ts';

export interface PhoneShape {
  readonly digits: string;
  /** Sizes of the groups, `3-4-4`. */
  readonly written: string;
  readonly plus: boolean;
  readonly parenthesis: boolean;
  /** What stands between the groups, all of it. */
  readonly gaps: string;
}

/** Country, first digits, the number, its groups as they are written, and how sure that makes it. */
type Plan = readonly [CountryCode, string, RegExp, RegExp, number];

/** National numbers that their form alone gives away, by plan. */
const NATIONAL: readonly Plan[] = [
  ['CN', '18', /^(?:86)?1[3-9]\d{9}$/, /^(?:2-)?(?:\d{1,2}-){0,10}\d{1,2}$/, 0.9],
  ['CN', '0', /^0(?:10|2\d|[3-9]\d\d)\d{7,8}$/, /^(?:3|4)-(?:7|8|4-4|3-4)$/, 0.85],
  ['CN', '48', /^(?:400|800)\d{7}$/, /^(?:3-3-4|3-4-3|10)$/, 0.75],
  ['TW', '0', /^09\d{8}$/, /^(?:4-3-3|4-6|10)$/, 0.8],
  ['JP', '0', /^0[5-9]0\d{8}$/, /^(?:3-4-4|11)$/, 0.9],
  ['JP', '0', /^0\d{9}$/, /^(?:2-4-4|3-3-4|4-2-4|5-1-4)$/, 0.8],
  ['JP', '0', /^0120\d{6}$/, /^4-3-3$|^4-2-4$/, 0.8],
  ['KR', '0', /^01[016789]\d{7,8}$/, /^(?:3-4-4|3-3-4|11)$/, 0.9],
  ['KR', '0', /^0(?:2|[3-6]\d)\d{7,8}$/, /^(?:2|3)-(?:3|4)-4$/, 0.85],
  ['KR', '1', /^1[5-9]\d{6}$/, /^4-4$/, 0.7],
  ['US', '123456789', /^1?[2-9]\d\d[2-9]\d{6}$/, /^(?:1-)?3-3-4$/, 0.85],
  ['FR', '0', /^0[1-9]\d{8}$/, /^2-2-2-2-2$/, 0.95],
  ['ES', '6789', /^[6789]\d{8}$/, /^(?:3-3-3|3-2-2-2)$/, 0.8],
  ['GB', '0', /^0[1-37]\d{8,9}$/, /^(?:5-6|4-3-4|3-4-4|5-3-3|4-6|4-7|5-5)$/, 0.75],
  ['DE', '0', /^0[1-9]\d{7,11}$/, /^[345]-(?:\d-?){1,5}\d?$/, 0.7],
];

const BY_FIRST_DIGIT: readonly (readonly Plan[])[] = Array.from({ length: 10 }, (_, digit) =>
  NATIONAL.filter(([, leads]) => leads.includes(String(digit))),
);

function planOf({ digits, written }: PhoneShape): Plan | undefined {
  const plans = BY_FIRST_DIGIT[digits.charCodeAt(0) - 48]!;
  return plans.find(([, , number, groups]) => number.test(digits) && groups.test(written));
}

/** How sure it is that this is a telephone number, from 0 to 1. `region` is where the text is from. */
export function phoneScore(shape: PhoneShape, around: Neighborhood, region: string | undefined): number {
  const { digits, gaps } = shape;
  if (digits.length < 7 || digits.length > 16) return 0;
  if (/[,_]|\/.*\//.test(gaps) || isOneDigit(digits)) return 0;
  const international = shape.plus || /^00[1-9]\d{7}/.test(digits);
  if (international) return internationalScore(shape, around);
  const named = ((around.near | around.after) & FLAG.phone) !== 0;
  if (
    !named &&
    (around.near & (FLAG.order | FLAG.card | FLAG.id | FLAG.account | FLAG.zip | FLAG.device)) !== 0
  )
    return 0.2;
  const plan = planOf(shape);
  if (plan !== undefined) return named ? 0.98 : plan[4];
  if (named) return isWrittenLikePhone(shape) ? 0.9 : 0.4;
  if ((around.all & FLAG.phone) !== 0 && (around.near & ~FLAG.phone) === 0 && isWrittenLikePhone(shape))
    return 0.8;
  if (shape.parenthesis && digits.length >= 8 && isWrittenLikePhone(shape)) return 0.75;
  if (isNational(digits, region)) return shape.written.includes('-') ? 0.75 : 0.55;
  return 0.3;
}

/** Calling codes of all countries (ITU-T E.164). */
const CALLING_CODES: ReadonlySet<string> = new Set(
  getCountries().map((country) => getCountryCallingCode(country)),
);

function internationalScore({ digits, plus, gaps }: PhoneShape, around: Neighborhood): number {
  const number = plus ? digits : digits.slice(2);
  const called = [1, 2, 3].some((length) => CALLING_CODES.has(number.slice(0, length)));
  if (!called || number.length < 8 || number.length > 16) return plus && number.length >= 8 ? 0.5 : 0.2;
  if (plus) return 0.96;
  if ((around.near & FLAG.order) !== 0) return 0.3;
  if ((around.all & FLAG.phone) !== 0 || gaps !== '') return 0.85;
  return parsePhoneNumberFromString(`+${number}`)?.isValid() === true ? 0.8 : 0.2;
}

function isNational(digits: string, region: string | undefined): boolean {
  if (region === undefined || !isSupportedCountry(region)) return false;
  return parsePhoneNumberFromString(digits, region)?.isValid() === true;
}

/** Groups of two to six digits; not one digit by one, and not a decimal number. */
function isWrittenLikePhone({ written, digits, gaps }: PhoneShape): boolean {
  if (!written.includes('-')) return digits.length >= 7 && digits.length <= 13;
  if (gaps === '.' && digits.length < 9) return false;
  return written.split('-').every((size) => Number(size) <= 9) && digits.length <= 15;
}
