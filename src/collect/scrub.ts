/** A safe copy of what a sender sent: no card numbers, no passwords or keys, no prototype tricks, no bottomless nesting. */
import { neverStored } from '../catalog/neverStored.ts';
import { withoutCards } from './cards.ts';
import { withoutSecrets } from './read-text.ts';

const DEEPEST = 16;
/** Of what is sent at all: deeper than that is not an event. */
const DEEPEST_SENT = 64;
const MOST_MEMBERS = 2000;

/** A number that is cut would name another person or order; full card numbers are refused there before. */
const IDS: ReadonlySet<string> = new Set(
  'userId anonymousId previousId messageId groupId order_id ticket_id'.split(' '),
);

/** Copies plain JSON. Card numbers and secrets are cut, members that are stored nowhere are left out, the rest stays as it is. */
export function scrub(value: unknown, depth = 0, name = ''): unknown {
  switch (typeof value) {
    case 'string': {
      const text = withoutCards(value.toWellFormed().replaceAll('\u0000', '\ufffd'));
      return IDS.has(name) ? text : withoutSecrets(text);
    }
    case 'number':
      return cutNumber(value);
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (depth >= DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((item) => scrub(item, depth + 1));
  const copy: Record<string, unknown> = {};
  let members = 0;
  for (const [name, item] of Object.entries(value)) {
    if (members >= MOST_MEMBERS) break;
    if (name === '__proto__' || neverStored(name)) continue;
    copy[withoutCards(name.toWellFormed().replaceAll('\u0000', '\ufffd'))] = scrub(item, depth + 1, name);
    members += 1;
  }
  return copy;
}

function cutNumber(value: number): unknown {
  if (!Number.isFinite(value)) return null;
  const whole = Math.trunc(Math.abs(value));
  if (whole < 1e13 || whole >= 1e19) return value;
  const text = BigInt(whole).toString();
  const cut = withoutCards(text);
  return cut === text ? value : cut;
}

/** Bytes of the value as JSON, roughly (as if each UTF-16 unit were one), and whether it is nested too deep; stops counting past `most`. */
export function measure(value: unknown, most: number): { bytes: number; deep: boolean } {
  const size = { bytes: 0, deep: false };
  weigh(value, most, 0, size);
  return size;
}

function weigh(value: unknown, most: number, depth: number, size: { bytes: number; deep: boolean }): void {
  if (typeof value === 'string') size.bytes += value.length + 2;
  else if (typeof value !== 'object' || value === null) size.bytes += 8;
  else if (depth >= DEEPEST_SENT) size.deep = true;
  else if (Array.isArray(value))
    for (const item of value) {
      if (size.bytes > most) return;
      weigh(item, most, depth + 1, size);
    }
  else
    for (const name in value) {
      if (size.bytes > most) return;
      size.bytes += name.length + 4;
      weigh((value as Record<string, unknown>)[name], most, depth + 1, size);
    }
}

/**
 * Cuts card numbers out of declared values, in place: the catalog has already picked plain, well-formed
 * copies, so only strings and large numbers need a look. A number that is a card is left out; undefined when
 * the value itself is one.
 */
export function cutCards<Value>(value: Value): Value | undefined {
  if (typeof value === 'string') return withoutCards(value) as Value;
  if (typeof value === 'number') return cutNumber(value) === value ? value : undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    items.splice(0, items.length, ...items.map(cutCards).filter((item) => item !== undefined));
    return value;
  }
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const cut = cutCards(members[name]);
    if (cut === undefined) delete members[name];
    else members[name] = cut;
  }
  return value;
}
