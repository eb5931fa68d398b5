/** Masks of e-mail addresses. */
import { COVER, initial } from './text.ts';

/** Longer endings are rare enough to point at a company or a person. */
const TOP_LEVEL = /^(?:\p{L}{2,6}|xn--[a-z0-9]{2,20})$/u;
const LEADING_LETTER = /^\p{L}/u;

/** `a***@e***.com`: first letters, and the top-level domain as it is; null when it is not an address. */
export function maskEmail(value: string): string | null {
  const at = value.lastIndexOf('@');
  if (at < 1 || at === value.length - 1) return null;
  const domain = value.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const top = dot < 0 ? '' : domain.slice(dot + 1).toLowerCase();
  const ending = TOP_LEVEL.test(top) ? `.${top}` : '';
  const host = dot < 0 ? domain : domain.slice(0, dot);
  return `${firstSign(value.slice(0, at))}@${firstSign(host)}${ending}`;
}

/** A part that begins with a digit or a sign shows nothing. */
function firstSign(part: string): string {
  return LEADING_LETTER.test(part) ? initial(part) : COVER;
}
