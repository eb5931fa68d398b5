/** Masks: what is shown of a value to someone who may know that it is there, but not what it is. */
import type { MaskKind } from '../../contract/names.ts';
import { maskEmail } from './maskEmail.ts';
import { maskName } from './maskName.ts';
import { maskAmount, maskCardLast4, maskDate, maskId, maskIp } from './maskNumber.ts';
import { maskPhone } from './maskPhone.ts';
import { maskAddress, maskPlace } from './maskPlace.ts';
import { textOf } from './text.ts';

/**
 * The masked form of `value`, or null when it has none: for `hidden`, for `text` (free text that nothing has
 * read), and for whatever is not of the kind it should be. Null must be withheld. Never throws.
 *
 * | kind | shows |
 * |---|---|
 * | name | first letter of up to three words; Chinese, Japanese, Korean: the family name |
 * | email | first letter of both sides, top-level domain |
 * | phone | country code, last two digits |
 * | address, place | city, country |
 * | date | year |
 * | id | last two signs, from eight on |
 * | card-last4 | last four digits |
 * | ip | /24 or /48 |
 * | number | power of ten, up to a million |
 *
 * @param locale BCP 47, of the customer; nonsense counts as unknown
 */
export function mask(kind: MaskKind, value: unknown, locale: string): string | null {
  try {
    return maskOf(kind, value, locale);
  } catch {
    // A value that breaks its mask (a trap behind a property, a broken locale) is shown to no one.
    return null;
  }
}

function maskOf(kind: MaskKind, value: unknown, locale: string): string | null {
  switch (kind) {
    case 'address':
      return maskAddress(value);
    case 'place':
      return maskPlace(value);
    case 'date':
      return maskDate(value);
    case 'number':
      return maskAmount(value, locale);
    case 'text':
    case 'hidden':
      return null;
    default: {
      const text = textOf(value)?.trim();
      return text === undefined || text === '' ? null : maskText(kind, text, locale);
    }
  }
}

type TextKind = Exclude<MaskKind, 'address' | 'place' | 'date' | 'number' | 'text' | 'hidden'>;

function maskText(kind: TextKind, text: string, locale: string): string | null {
  switch (kind) {
    case 'name':
      return maskName(text, locale);
    case 'email':
      return maskEmail(text);
    case 'phone':
      return maskPhone(text, locale);
    case 'id':
      return maskId(text);
    case 'card-last4':
      return maskCardLast4(text);
    case 'ip':
      return maskIp(text);
  }
}
