/** The names that Presidio's documentation gives the same things, for tools that score or merge both. */
import type { AddressPart, DetectedSpan } from './types.ts';

const NAMES: Readonly<Record<string, string>> = {
  PERSON: 'PERSON',
  ADDRESS: 'STREET_ADDRESS',
  PLACE: 'GPE',
  ORGANIZATION: 'ORGANIZATION',
  PAYMENT_CARD: 'CREDIT_CARD',
  DATE: 'DATE_TIME',
  BIRTH_DATE: 'DATE_TIME',
  PHONE: 'PHONE_NUMBER',
  TITLE: 'TITLE',
  AGE: 'AGE',
  EMAIL: 'EMAIL_ADDRESS',
  ZIP_CODE: 'ZIP_CODE',
  NATIONALITY: 'NRP',
  RELIGION: 'NRP',
  URL_DOMAIN: 'DOMAIN_NAME',
  IBAN: 'IBAN_CODE',
  IP: 'IP_ADDRESS',
  DRIVER_LICENSE: 'US_DRIVER_LICENSE',
};

/**
 * The spans by Presidio's names; types that it has no name for are left out. Its data marks the parts of an
 * address apart where each has a line of its own, and where a number stands before a street that has one.
 */
export function presidioLabels(spans: readonly DetectedSpan[], text: string): DetectedSpan[] {
  return spans.flatMap((span) => {
    const { start, end, score, parts = [] } = span;
    const type = span.type === 'NATIONAL_ID' && span.kind === 'US_SSN' ? 'US_SSN' : NAMES[span.type];
    if (type === undefined) return [];
    if (type !== 'STREET_ADDRESS' || !isApart(span, text)) return [{ start, end, type, score }];
    return parts.map((each) => ({
      start: each.start,
      end: each.end,
      type: partName(each, text) ?? type,
      score,
    }));
  });
}

/** A code on a line of its own, or behind the state, is called a zip code. */
function partName({ part, start, end }: AddressPart, text: string): string | undefined {
  if (part === 'place' || part === 'country' || part === 'state') return 'GPE';
  return part === 'code' && isOwnLine(start, end, text) ? 'ZIP_CODE' : undefined;
}

function isOwnLine(start: number, end: number, text: string): boolean {
  return (
    /\n[ \t]*$/.test(text.slice(Math.max(0, start - 16), start)) &&
    /^\s*(?:\n|$)/.test(text.slice(end, end + 8))
  );
}

function isApart({ start, end, parts = [] }: DetectedSpan, text: string): boolean {
  const lines = text.slice(start, end).includes('\n');
  if (lines)
    return (
      /(?:^|\n[ \t]*|\n[>?*|]+ ?|^[>?*|]+ ?)$/.test(text.slice(Math.max(0, start - 6), start)) &&
      isBlock(start, text)
    );
  return (
    parts[0]?.part === 'number' &&
    !parts.some(({ part }) => part === 'unit' || part === 'code' || part === 'country')
  );
}

/** At the top, below an empty line, or in a reply with its mark before each line. */
function isBlock(start: number, text: string): boolean {
  if (/:\s*$/.test(text.slice(Math.max(0, start - 6), start))) return false;
  return start === 0 || /\n\s*\n\s*$|[>?*|] ?$/.test(text.slice(Math.max(0, start - 6), start));
}
