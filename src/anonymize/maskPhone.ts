/** Masks of telephone numbers: country code and last two digits; of a Chinese mobile also its network prefix. */
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { localeOf } from './text.ts';

const COVER = '****';
const LONGEST = 64;
/** With fewer digits, two of them would tell too much. */
const LEAST_DIGITS = 7;
const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

/**
 * `+49 ****12`; without a country code when the number has none and the locale names no country;
 * `138****12` for a Chinese mobile shown to a reader of Chinese. Null when it holds no digit.
 */
export function maskPhone(value: string, locale: string): string | null {
  if (value.length > LONGEST || !/\p{Nd}/u.test(value)) return null;
  const tag = localeOf(locale);
  const likely = countryOf(tag?.maximize().region);
  const parsed = parsePhoneNumberFromString(value, likely === undefined ? {} : { defaultCountry: likely });
  if (parsed === undefined || !parsed.isPossible()) return COVER + lastTwo(value.replace(/\D/g, ''));
  const national = String(parsed.nationalNumber);
  const international =
    /^[^\p{Nd}]*[+＋]/u.test(value) ||
    countryOf(tag?.region) !== undefined ||
    likely === undefined ||
    parsed.countryCallingCode !== getCountryCallingCode(likely);
  if (parsed.countryCallingCode === '86' && CHINESE_MOBILE.test(national)) {
    const prefix = tag?.language === 'zh' || !international ? '' : '+86 ';
    return `${prefix}${national.slice(0, 3)}${COVER}${national.slice(-2)}`;
  }
  const prefix = international ? `+${parsed.countryCallingCode} ` : '';
  return `${prefix}${COVER}${lastTwo(national)}`;
}

function lastTwo(digits: string): string {
  return digits.length < LEAST_DIGITS ? '' : digits.slice(-2);
}

function countryOf(region: string | undefined): CountryCode | undefined {
  return region !== undefined && isSupportedCountry(region) ? region : undefined;
}
