/** What is stored, as a reader reads it. */
import type { Format } from '../format.ts';

const ISO = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;

/** A value on one line; null where there is none. Names of inner parts are left out: an address reads as one. */
export function oneLine(value: unknown, format: Format): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'string') {
    if (!ISO.test(value)) return value;
    return value.includes('T') ? format.moment(value) : format.day(value);
  }
  if (typeof value !== 'object') return String(value);
  const parts = Object.values(value).flatMap((part) => oneLine(part, format) ?? []);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Parts by name, for what has no words of its own here. */
export function named(value: unknown, format: Format): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const line = oneLine(value, format);
    return line === null ? [] : [['', line]];
  }
  return Object.entries(value).flatMap(([name, part]) => {
    const line = oneLine(part, format);
    return line === null ? [] : [[name, line] as const];
  });
}

/** Classes in the order in which one reads them; fields of a class stand together. */
export function byClass<Field>(
  fields: Readonly<Record<string, Field>>,
): readonly (readonly [string, readonly (readonly [string, Field])[]])[] {
  const groups = new Map<string, [string, Field][]>();
  for (const [name, field] of Object.entries(fields)) {
    if (name === 'transaction.order') continue;
    const group = name.split('.')[0]!;
    groups.set(group, [...(groups.get(group) ?? []), [name, field]]);
  }
  const order = ['identity', 'contact', 'account', 'transaction', 'behavior', 'biometric', 'sensitive'];
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...groups]
    .sort(([left], [right]) => place(left) - place(right))
    .map(
      ([group, members]) =>
        [group, members.sort(([left], [right]) => firstOf(left) - firstOf(right))] as const,
    );
}

/** What tells who it is comes before the rest. */
const FIRST = [
  'identity.name',
  'identity.firstName',
  'identity.lastName',
  'contact.email',
  'contact.phone',
  'account.userId',
];

function firstOf(name: string): number {
  return FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
}

interface Decided {
  readonly state: string;
  readonly because: readonly { readonly rule: string }[];
}

/** Reasons that no asking changes: the field has no business here, or is gone. */
const FINAL = ['field.not-for-purpose', 'retention.not-kept', 'customer.erased'];

/** Names of fields that are hidden, and that one may ask to see. */
export function askable(fields: Readonly<Record<string, Decided>>): string[] {
  return byClass(fields).flatMap(([, members]) =>
    members.flatMap(([name, { state, because }]) =>
      state === 'revealed' || because.some(({ rule }) => FINAL.includes(rule)) ? [] : [name],
    ),
  );
}
