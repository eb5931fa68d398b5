/** Texts in what a customer is handed: what names other people is masked, what names the customer stays (GDPR art. 15(4)). */
import type { EventProperty } from '../catalog/types.ts';
import { detect } from '../detect/detect.ts';
import { redact } from '../detect/redact.ts';
import type { DetectedSpan, EntityType } from '../detect/types.ts';
import { type FreeText, isFreeText } from './free-text.ts';

/** What points to a person. Places, dates and conditions alone name nobody. */
const NAMING: ReadonlySet<string> = new Set([
  'EMAIL',
  'PHONE',
  'PERSON',
  'ADDRESS',
  'NATIONAL_ID',
  'PASSPORT',
  'DRIVER_LICENSE',
  'PAYMENT_CARD',
  'IBAN',
  'IP',
  'MAC',
  'DEVICE_ID',
  'PLATE',
  'SECRET',
] satisfies EntityType[]);
const SHORTEST_NUMBER = 7;

/** What is the customer's own: names, addresses and numbers of theirs, in any spelling. */
export class Own {
  readonly #words = new Set<string>();
  readonly #whole = new Set<string>();
  readonly #numbers: string[] = [];

  /** Every text in it is the customer's. */
  add(value: unknown): void {
    if (typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) this.add(item);
      return;
    }
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const text = String(value);
    this.#whole.add(folded(text));
    for (const word of wordsIn(text)) this.#words.add(word);
    const digits = text.replace(/\D/g, '');
    if (digits.length >= SHORTEST_NUMBER) this.#numbers.push(digits.slice(-SHORTEST_NUMBER));
  }

  /** True when what stands there is the customer's own. */
  holds(text: string, type: string): boolean {
    if (this.#whole.has(folded(text))) return true;
    if (type === 'PERSON' || type === 'ADDRESS') return wordsIn(text).every((word) => this.#words.has(word));
    const digits = text.replace(/\D/g, '');
    return type === 'PHONE' && this.#numbers.some((own) => digits.endsWith(own));
  }
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** A text with `[PERSON 1]` where somebody else is named. A text that nothing has read is read now. */
function ownText(own: Own, text: string, spans: readonly DetectedSpan[]): string {
  const others = spans.filter(
    ({ start, end, type }) => NAMING.has(type) && !own.holds(text.slice(start, end), type),
  );
  return others.length === 0 ? text : redact(text, others, 'label');
}

function ownFreeText(own: Own, { '@text': text, '@spans': spans }: FreeText): string {
  try {
    const read = spans.map(([start, end, type]) => ({ start, end, type, score: 1 }));
    return ownText(own, text, read);
  } catch {
    return ownText(own, text, detect(text));
  }
}

/** An opened value for the customer: texts without others, everything else as it was sent. */
export function withoutOthers(own: Own, value: unknown, declared: readonly EventProperty[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isFreeText(value)) return ownFreeText(own, value);
  if (Array.isArray(value)) return value.map((item) => withoutOthers(own, item, declared));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const property = declared.find((each) => each.name === name);
      const unread = property?.freeText === true && typeof item === 'string';
      return [name, unread ? readForOthers(own, item) : withoutOthers(own, item, property?.members)];
    }),
  );
}

/** A text that may not have been read, such as a message or a name of a file. */
export function readForOthers(own: Own, value: unknown): string | null {
  if (isFreeText(value)) return ownFreeText(own, value);
  if (typeof value !== 'string') return null;
  return value.isWellFormed() ? ownText(own, value, detect(value)) : null;
}

/** The same of a payload that nobody understood: every text in it is read. */
export function leavesForOthers(own: Own, value: unknown): unknown {
  if (typeof value === 'string') return readForOthers(own, value);
  if (typeof value !== 'object' || value === null) return value;
  if (isFreeText(value)) return ownFreeText(own, value);
  if (Array.isArray(value)) return value.map((item) => leavesForOthers(own, item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, leavesForOthers(own, item)]));
}
