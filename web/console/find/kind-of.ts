/** What somebody typed: an e-mail, a phone number, a case or an order. */
import type { IdentifierKind } from '../../../contract/names.ts';

export const LOOKED_FOR = ['order', 'case', 'email', 'phone'] as const satisfies readonly IdentifierKind[];
export type LookedFor = (typeof LOOKED_FOR)[number];

const CASE = /^(t-|#|case\s)/i;
/** With a plus or a leading zero, or written in groups: order numbers are not. */
const PHONE = /^(\+|0)[\d\s()./-]{5,}$|^\d{2,}([\s/-]\d{2,}){2,}$/;

/** The likeliest; whoever typed it can say otherwise. */
export function kindOf(text: string): LookedFor {
  const words = text.trim();
  if (words.includes('@')) return 'email';
  if (CASE.test(words)) return 'case';
  if (PHONE.test(words)) return 'phone';
  return 'order';
}

/** Without what people write before a number. */
export function cleaned(kind: LookedFor, text: string): string {
  const words = text.trim();
  return kind === 'case' ? words.replace(/^(#|case\s+)/i, '') : words.replace(/^#/, '');
}
