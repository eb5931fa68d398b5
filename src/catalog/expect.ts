/** What a place in the catalog must hold: each function returns it or throws `invalid_catalog`. */
import { fail, type Located, type LocatedMap, quoted } from './locate.ts';

/** A map whose keys are all among `keys`. */
export function map(at: Located, keys?: readonly string[]): LocatedMap {
  if (at.kind !== 'map') fail(at.spot, 'must be a map');
  if (keys !== undefined) {
    for (const [key, value] of at.entries) {
      if (!keys.includes(key)) fail(value.spot, `${quoted(key)} is not known here`, keys);
    }
  }
  return at;
}

export function list(at: Located): readonly Located[] {
  if (at.kind !== 'list') fail(at.spot, 'must be a list');
  return at.items;
}

export function text(at: Located): string {
  if (at.kind !== 'scalar' || typeof at.value !== 'string') fail(at.spot, 'must be a text');
  return at.value;
}

export function flag(at: Located): boolean {
  if (at.kind !== 'scalar' || typeof at.value !== 'boolean') fail(at.spot, 'must be true or false');
  return at.value;
}

export function integer(at: Located, least: number, most: number): number {
  const value = at.kind === 'scalar' ? at.value : undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    fail(at.spot, `must be a whole number from ${least} to ${most}`);
  }
  return value;
}

/** One of `allowed`; `what` names the kind of thing in the message. */
export function oneOf<T extends string>(at: Located, what: string, allowed: readonly T[]): T {
  const found = at.kind === 'scalar' ? allowed.find((one) => one === at.value) : undefined;
  if (found === undefined) {
    const given = at.kind === 'scalar' ? quoted(at.value) : `a ${at.kind}`;
    fail(at.spot, `${given} is not a ${what}`, allowed);
  }
  return found;
}

/** A list without repetition, each item one of `allowed`, at least one. */
export function someOf<T extends string>(at: Located, what: string, allowed: readonly T[]): T[] {
  const found: T[] = [];
  for (const item of list(at)) {
    const one = oneOf(item, what, allowed);
    if (found.includes(one)) fail(item.spot, `${quoted(one)} is named twice`);
    found.push(one);
  }
  if (found.length === 0) fail(at.spot, `needs at least one ${what}`, allowed);
  return found;
}
