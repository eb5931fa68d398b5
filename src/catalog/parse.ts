/**
 * Reads one catalog file: the built-in one or a store's own.
 *
 *     version: 1
 *     propertySets: { product: { product_id: string, price: number } }
 *     fields: [ { id, name, class, sensitivity, identifiability, purposes, retention, mask, dpv, … } ]
 *     events: [ { id, name, class, sensitivity, purposes, retention, dpv, include, properties, … } ]
 */
import {
  CLASSES,
  IDENTIFIER_KINDS,
  type IdentifierKind,
  MASK_KINDS,
  PURPOSES,
  RETENTION_CLASSES,
  type RetentionClass,
  SENSITIVITIES,
} from '../../contract/names.ts';
import { dpvFault } from './dpv.ts';
import type { CatalogDocument, EventDraft, FieldDraft } from './draft.ts';
import { integer, list, map, oneOf, someOf, text } from './expect.ts';
import { fail, type Located, type LocatedMap, locate, quoted, type Spot } from './locate.ts';
import { neverStored } from './neverStored.ts';
import {
  MOST_LENGTH,
  type PropertySets,
  parseMembers,
  parseProperties,
  setNamed,
  TYPES,
} from './parseProperties.ts';
import { safeName } from './safeName.ts';
import type { EventDefinition, EventProperty, Field } from './types.ts';

/** PostgreSQL `integer`. */
const MOST_ID = 2_147_483_647;
const IDENTIFIABILITIES = ['direct', 'indirect', 'none'] as const;
const MAKES = ['order', 'case', 'choice'] as const;
const RETENTIONS = Object.keys(RETENTION_CLASSES) as RetentionClass[];
const KINDS = Object.keys(IDENTIFIER_KINDS) as IdentifierKind[];
const FIELD_NAME = /^[a-z]+\.[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/;

const SHARED_KEYS = ['id', 'name', 'class', 'sensitivity', 'purposes', 'retention', 'dpv'];
const FIELD_KEYS = [
  ...SHARED_KEYS,
  'identifiability',
  'mask',
  'type',
  'maxLength',
  'members',
  'traits',
  'identifier',
];
const EVENT_KEYS = [...SHARED_KEYS, 'include', 'properties', 'without', 'makes', 'state'];

/**
 * @param text the YAML itself; this room reads no files
 * @param source the file's name, for messages
 * @throws BaileeError `invalid_catalog` with `{file, line, column, path, wrong, allowed?}`
 */
export function parseCatalog(text: string, source: string): CatalogDocument {
  const root = map(locate(text, source), ['version', 'propertySets', 'fields', 'events']).entries;
  const version = root.get('version');
  if (version !== undefined) integer(version, 1, 1);
  const given = root.get('propertySets');
  const sets = given === undefined ? new Map<string, Located>() : map(given).entries;
  return {
    source,
    fields: entriesOf(root.get('fields')).map((entry) => parseField(entry, sets)),
    events: entriesOf(root.get('events')).map((entry) => parseEvent(entry, sets)),
  };
}

function entriesOf(at: Located | undefined): LocatedMap[] {
  return at === undefined ? [] : list(at).map((entry) => map(entry));
}

function parseField(at: LocatedMap, sets: PropertySets): FieldDraft {
  const { entries } = map(at, FIELD_KEYS);
  const name = nameOf(at, (value) => FIELD_NAME.test(value) && value.length <= 64);
  if (neverStored(name)) fail(at.spot, `${quoted(name)} names data that is stored nowhere`);
  const type = entries.has('type') ? oneOf(entries.get('type')!, 'type', TYPES) : undefined;
  const members = entries.has('members') || type !== undefined;
  const values: Partial<Field> = {
    name,
    ...sharedOf(at),
    ...read(entries, 'identifiability', (value) => oneOf(value, 'identifiability', IDENTIFIABILITIES)),
    ...read(entries, 'mask', (value) => oneOf(value, 'mask', MASK_KINDS)),
    ...(type === undefined ? {} : { type }),
    ...read(entries, 'maxLength', (value) => integer(value, 1, MOST_LENGTH)),
    ...(members ? membersOf(parseMembers(at, type ?? 'object', sets, 0)) : {}),
    ...read(entries, 'traits', traitsOf),
    ...read(entries, 'identifier', (value) => oneOf(value, 'kind of identifier', KINDS)),
  };
  return { spot: at.spot, spots: spotsOf(at), name, values };
}

function parseEvent(at: LocatedMap, sets: PropertySets): EventDraft {
  const { entries } = map(at, EVENT_KEYS);
  const name = nameOf(at, (value) => safeName(value) === value);
  const values: Partial<EventDefinition> = {
    name,
    ...sharedOf(at),
    properties: propertiesOf(at, sets),
    ...read(entries, 'makes', (value) => oneOf(value, 'thing to make', MAKES)),
    ...read(entries, 'state', text),
  };
  const without = entries.get('without');
  return {
    spot: at.spot,
    spots: spotsOf(at),
    name,
    values,
    without: without === undefined ? [] : list(without).map(text),
  };
}

function sharedOf({ entries }: LocatedMap) {
  return {
    ...read(entries, 'id', (value) => integer(value, 1, MOST_ID)),
    ...read(entries, 'class', (value) => oneOf(value, 'class', CLASSES)),
    ...read(entries, 'sensitivity', (value) => oneOf(value, 'sensitivity', SENSITIVITIES)),
    ...read(entries, 'purposes', (value) => someOf(value, 'purpose', PURPOSES)),
    ...read(entries, 'retention', (value) => oneOf(value, 'retention class', RETENTIONS)),
    ...read(entries, 'dpv', dpvOf),
  };
}

/** `{key: value}` when the key is there, `{}` when it is not: a missing key must stay missing. */
function read<K extends string, T>(
  entries: ReadonlyMap<string, Located>,
  key: K,
  parse: (at: Located) => T,
): Partial<Record<K, T>> {
  const at = entries.get(key);
  return at === undefined ? {} : ({ [key]: parse(at) } as Record<K, T>);
}

function nameOf(at: LocatedMap, fits: (name: string) => boolean): string {
  const given = at.entries.get('name');
  if (given === undefined) fail(at.spot, 'the name is missing');
  const name = text(given);
  if (!fits(name)) fail(given.spot, `${quoted(name)} cannot be a name here`);
  return name;
}

function dpvOf(at: Located): string {
  const iri = text(at);
  const fault = dpvFault(iri);
  if (fault !== null) fail(at.spot, `${quoted(iri)} ${fault}`);
  return iri;
}

function traitsOf(at: Located): string[] {
  return list(at).map((item) => {
    const trait = text(item);
    if (safeName(trait) !== trait) fail(item.spot, `${quoted(trait)} cannot be the name of a trait`);
    if (neverStored(trait)) fail(item.spot, `${quoted(trait)} names data that is stored nowhere`);
    return trait;
  });
}

function membersOf(members: EventProperty[] | undefined): { members?: EventProperty[] } {
  return members === undefined ? {} : { members };
}

/** The sets of `include` in order, then `properties`; a name may come once. */
function propertiesOf({ entries }: LocatedMap, sets: PropertySets): EventProperty[] {
  const include = entries.get('include');
  const own = entries.get('properties');
  const places = include === undefined ? [] : list(include).map((item) => setNamed(item, sets));
  if (own !== undefined) places.push(own);
  const seen = new Map<string, EventProperty>();
  for (const place of places) {
    for (const property of parseProperties(place, sets)) {
      if (seen.has(property.name)) fail(place.spot, `the property ${quoted(property.name)} comes twice`);
      seen.set(property.name, property);
    }
  }
  return [...seen.values()];
}

function spotsOf({ entries }: LocatedMap): Map<string, Spot> {
  return new Map([...entries].map(([key, value]) => [key, value.spot]));
}
