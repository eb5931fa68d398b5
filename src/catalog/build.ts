/** Sets catalog files against each other and makes the catalog in force. */
import { createHash } from 'node:crypto';
import type { CatalogDocument, Draft, EventDraft, FieldDraft } from './draft.ts';
import { spotOf } from './draft.ts';
import { fail, quoted } from './locate.ts';
import { DEFAULT_LENGTH } from './parseProperties.ts';
import { checkEvent, checkField } from './rules.ts';
import { tightenEvent, tightenField } from './tighten.ts';
import type { Catalog, EventDefinition, Field } from './types.ts';

/** Numbers below belong to the built-in catalog, so that an upgrade never meets a store's number. */
const FIRST_STORE_ID = 10_000;

const SHARED = ['id', 'class', 'sensitivity', 'purposes', 'retention', 'dpv'] as const;
const FIELD_NEEDS = [...SHARED, 'identifiability', 'mask'] as const;

/**
 * @param documents the built-in catalog first, then the store's own files, each of which may add
 *   fields and events (numbers from 10000) and tighten what came before
 * @throws BaileeError `invalid_catalog` with the place and what is allowed
 */
export function buildCatalog(documents: readonly CatalogDocument[]): Catalog {
  const fields = new Map<string, Field>();
  const events = new Map<string, EventDefinition>();
  documents.forEach((document, order) => {
    const own = order > 0;
    addAll(document.fields, fields, own, completeField, tightenField, checkField);
    addAll(document.events, events, own, completeEvent, tightenEvent, checkEvent);
    checkMapping(document, fields);
  });
  const byId = (left: { id: number }, right: { id: number }): number => left.id - right.id;
  const allFields = [...fields.values()].sort(byId);
  const allEvents = [...events.values()].sort(byId);
  return {
    hash: createHash('sha256')
      .update(canonical({ fields: allFields, events: allEvents }))
      .digest('hex'),
    fields: allFields,
    events: allEvents,
    fieldByName: new Map(allFields.map((field) => [field.name, field])),
    fieldById: new Map(allFields.map((field) => [field.id, field])),
    fieldByTrait: new Map(allFields.flatMap((field) => field.traits.map((trait) => [trait, field]))),
    eventByName: new Map(allEvents.map((event) => [event.name, event])),
    eventById: new Map(allEvents.map((event) => [event.id, event])),
  };
}

function addAll<T extends { id: number; name: string }, D extends Draft<T>>(
  drafts: readonly D[],
  known: Map<string, T>,
  own: boolean,
  complete: (draft: D) => T,
  tighten: (base: T, draft: D) => T,
  check: (draft: D, entry: T) => void,
): void {
  const ids = new Map([...known.values()].map((entry) => [entry.id, entry.name]));
  const seen = new Set<string>();
  for (const draft of drafts) {
    if (seen.has(draft.name)) fail(spotOf(draft, 'name'), `the name ${quoted(draft.name)} is taken already`);
    seen.add(draft.name);
    const base = known.get(draft.name);
    const entry = base === undefined ? complete(draft) : tighten(base, draft);
    if (base === undefined) {
      checkId(draft, entry.id, own, ids);
      ids.set(entry.id, entry.name);
    }
    check(draft, entry);
    known.set(entry.name, entry);
  }
}

function checkId(draft: Draft<unknown>, id: number, own: boolean, ids: ReadonlyMap<number, string>): void {
  const holder = ids.get(id);
  if (holder !== undefined) {
    fail(spotOf(draft, 'id'), `the id ${id} belongs to ${quoted(holder)} and never changes hands`);
  }
  if (own && id < FIRST_STORE_ID) {
    fail(
      spotOf(draft, 'id'),
      `a store's own ids begin at ${FIRST_STORE_ID}; smaller ones belong to the built-in catalog`,
    );
  }
  if (!own && id >= FIRST_STORE_ID) {
    fail(spotOf(draft, 'id'), `ids of the built-in catalog stay below ${FIRST_STORE_ID}`);
  }
}

function completeField(draft: FieldDraft): Field {
  requireKeys(draft, FIELD_NEEDS);
  const defaults: Partial<Field> = { type: 'string', maxLength: DEFAULT_LENGTH, traits: [] };
  return { ...defaults, ...draft.values } as Field;
}

function completeEvent(draft: EventDraft): EventDefinition {
  requireKeys(draft, SHARED);
  if (draft.without.length > 0) {
    fail(spotOf(draft, 'without'), 'only an event that is declared already can do without a property');
  }
  return draft.values as EventDefinition;
}

function requireKeys(draft: Draft<object>, keys: readonly string[]): void {
  const missing = keys.filter((key) => !Object.hasOwn(draft.values, key));
  if (missing.length > 0) {
    fail(draft.spot, `${quoted(draft.name)} is not declared yet and needs ${missing.join(', ')}`);
  }
}

/** A trait leads to one field, and so does a kind of identifier. */
function checkMapping(document: CatalogDocument, fields: ReadonlyMap<string, Field>): void {
  const drafts = new Map(document.fields.map((draft) => [draft.name, draft]));
  const holders = new Map<string, string>();
  const claim = (what: string, key: string, field: Field): void => {
    const holder = holders.get(what);
    if (holder !== undefined) {
      const draft = drafts.get(field.name) ?? drafts.get(holder)!;
      fail(spotOf(draft, key), `the ${what} leads to ${quoted(holder)} already`);
    }
    holders.set(what, field.name);
  };
  for (const field of fields.values()) {
    for (const trait of field.traits) claim(`trait ${quoted(trait)}`, 'traits', field);
    if (field.identifier !== undefined) claim(`identifier ${quoted(field.identifier)}`, 'identifier', field);
  }
}

/** JSON with sorted keys, so that the same catalog has the same hash. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
