/** A safe copy of what a sender sent: no card numbers, no passwords, no prototype tricks, no bottomless nesting. */
import { neverStored } from '../catalog/neverStored.ts';
import { withoutCards } from './cards.ts';

const DEEPEST = 16;
const MOST_MEMBERS = 2000;

/** Copies plain JSON. Card numbers are cut, members that are stored nowhere are left out, the rest stays as it is. */
export function scrub(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return withoutCards(value.toWellFormed().replaceAll('\u0000', '\ufffd'));
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
    copy[withoutCards(name.toWellFormed().replaceAll('\u0000', '\ufffd'))] = scrub(item, depth + 1);
    members += 1;
  }
  return copy;
}

function cutNumber(value: number): unknown {
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) < 1e13) return value;
  const text = BigInt.asUintN(64, BigInt(Math.trunc(Math.abs(Math.min(value, 1e19))))).toString();
  const cut = withoutCards(text);
  return cut === text ? value : cut;
}

/** Bytes of the value as JSON, roughly, and whether it is nested too deep; stops counting at `most`. */
export function measure(value: unknown, most: number): { bytes: number; deep: boolean } {
  let bytes = 0;
  let deep = false;
  const stack: { item: unknown; depth: number }[] = [{ item: value, depth: 0 }];
  while (stack.length > 0 && bytes <= most) {
    const { item, depth } = stack.pop()!;
    if (typeof item === 'string') bytes += Buffer.byteLength(item) + 2;
    else if (typeof item !== 'object' || item === null) bytes += 8;
    else if (depth >= 64) deep = true;
    else
      for (const [name, inner] of Object.entries(item)) {
        bytes += name.length + 4;
        stack.push({ item: inner, depth: depth + 1 });
      }
  }
  return { bytes, deep };
}
