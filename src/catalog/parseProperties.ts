/**
 * Properties of events and members of objects. A property is `name: type`, `name: freeText`, or
 * `name: {type, maxLength, sensitivity, freeText, members}`; `members` is a map of the same shape or
 * the name of an entry of `propertySets`.
 */
import { SENSITIVITIES } from '../../contract/names.ts';
import { flag, integer, map, oneOf, text } from './expect.ts';
import { fail, type Located, type LocatedMap, quoted } from './locate.ts';
import { neverStored } from './neverStored.ts';
import { safeName } from './safeName.ts';
import type { EventProperty } from './types.ts';

export const TYPES = ['string', 'number', 'boolean', 'date', 'object', 'array'] as const;
export const DEFAULT_LENGTH = 300;
export const MOST_LENGTH = 32_768;
const FREE_TEXT_LENGTH = 20_000;
/** Levels of members below a property. */
const MAX_LEVELS = 5;
const KEYS = ['type', 'maxLength', 'sensitivity', 'freeText', 'members'];

export type PropertySets = ReadonlyMap<string, Located>;

/** `at` is a map of properties; `sets` are the `propertySets` of the same file. */
export function parseProperties(at: Located, sets: PropertySets, level = 0): EventProperty[] {
  if (level > MAX_LEVELS) fail(at.spot, `members are nested deeper than ${MAX_LEVELS}`);
  const properties: EventProperty[] = [];
  for (const [name, value] of map(at).entries) {
    if (safeName(name) !== name) fail(value.spot, `${quoted(name)} cannot be the name of a property`);
    if (neverStored(name)) fail(value.spot, `${quoted(name)} names data that is stored nowhere`);
    properties.push(parseProperty(name, value, sets, level));
  }
  return properties;
}

function parseProperty(name: string, at: Located, sets: PropertySets, level: number): EventProperty {
  if (at.kind !== 'map') {
    const type = oneOf(at, 'type', [...TYPES, 'freeText']);
    if (type === 'object') fail(at.spot, 'an object needs its members declared');
    const freeText = type === 'freeText';
    const maxLength = freeText ? FREE_TEXT_LENGTH : DEFAULT_LENGTH;
    return { name, type: freeText ? 'string' : type, maxLength, sensitivity: 'ordinary', freeText };
  }
  const entries = map(at, KEYS).entries;
  const type = entries.has('type') ? oneOf(entries.get('type')!, 'type', TYPES) : 'string';
  const freeText = entries.has('freeText') && flag(entries.get('freeText')!);
  if (freeText && type !== 'string') fail(at.spot, 'only a string can be free text');
  const length = entries.get('maxLength');
  const sensitivity = entries.get('sensitivity');
  const members = parseMembers(at, type, sets, level);
  return {
    name,
    type,
    maxLength:
      length === undefined ? (freeText ? FREE_TEXT_LENGTH : DEFAULT_LENGTH) : integer(length, 1, MOST_LENGTH),
    sensitivity: sensitivity === undefined ? 'ordinary' : oneOf(sensitivity, 'sensitivity', SENSITIVITIES),
    freeText,
    ...(members === undefined ? {} : { members }),
  };
}

/** The members declared at `at`; an object must have some, an array without them holds plain values only. */
export function parseMembers(
  at: LocatedMap,
  type: EventProperty['type'],
  sets: PropertySets,
  level: number,
): EventProperty[] | undefined {
  const given = at.entries.get('members');
  if (given === undefined) {
    if (type === 'object') fail(at.spot, 'an object needs its members declared');
    return undefined;
  }
  if (type !== 'object' && type !== 'array') fail(given.spot, `a ${type} has no members`);
  const members = parseProperties(given.kind === 'map' ? given : setNamed(given, sets), sets, level + 1);
  if (members.length === 0) fail(given.spot, 'needs at least one member');
  return members;
}

/** The entry of `propertySets` that `at` names. */
export function setNamed(at: Located, sets: PropertySets): Located {
  const set = sets.get(text(at));
  if (set === undefined) fail(at.spot, `${quoted(text(at))} is not one of propertySets`, [...sets.keys()]);
  return set;
}
