/**
 * A store's file may name what is declared already, to tighten it: fewer purposes, a higher
 * sensitivity, a shorter length, no masked form. What sealed values depend on never changes.
 */
import { SENSITIVITIES } from '../../contract/names.ts';
import type { Draft, EventDraft, FieldDraft } from './draft.ts';
import { spotOf } from './draft.ts';
import { fail, quoted } from './locate.ts';
import type { EventDefinition, EventProperty, Field } from './types.ts';

const IDENTIFIABILITIES = ['none', 'indirect', 'direct'];

/** `base` as `draft` tightens it; a trait or member may be added. Throws `invalid_catalog` when it loosens. */
export function tightenField(base: Field, draft: FieldDraft): Field {
  const { values } = draft;
  unchanged(draft, base, ['id', 'class', 'type', 'retention', 'identifier', 'dpv']);
  checkShared(draft, base, values);
  if (IDENTIFIABILITIES.indexOf(values.identifiability ?? base.identifiability) < rank(base)) {
    fail(spotOf(draft, 'identifiability'), `a store may not lower it below ${quoted(base.identifiability)}`);
  }
  if (values.mask !== undefined && values.mask !== base.mask && values.mask !== 'hidden') {
    fail(spotOf(draft, 'mask'), 'a store may only keep the mask or hide the value', [base.mask, 'hidden']);
  }
  if ((values.maxLength ?? 0) > base.maxLength) {
    fail(spotOf(draft, 'maxLength'), `a store may not allow more than ${base.maxLength}`);
  }
  const members =
    values.members === undefined ? base.members : mergeProperties(draft, base.members ?? [], values.members);
  return {
    ...base,
    ...values,
    traits: [...new Set([...base.traits, ...(values.traits ?? [])])],
    ...(members === undefined ? {} : { members }),
  };
}

/** `base` as `draft` tightens it; properties may be added, tightened or left out. */
export function tightenEvent(base: EventDefinition, draft: EventDraft): EventDefinition {
  unchanged(draft, base, ['id', 'class', 'retention', 'makes', 'state', 'dpv']);
  checkShared(draft, base, draft.values);
  const names = base.properties.map((property) => property.name);
  const missing = draft.without.find((name) => !names.includes(name));
  if (missing !== undefined) {
    fail(spotOf(draft, 'without'), `${quoted(missing)} is not a property of ${quoted(base.name)}`, names);
  }
  const kept = base.properties.filter((property) => !draft.without.includes(property.name));
  const properties = mergeProperties(draft, kept, draft.values.properties ?? []);
  return { ...base, ...draft.values, properties };
}

function rank(field: Field): number {
  return IDENTIFIABILITIES.indexOf(field.identifiability);
}

function unchanged(draft: Draft<object>, base: object, keys: readonly string[]): void {
  for (const key of keys) {
    const given = Reflect.get(draft.values, key) as unknown;
    const held = Reflect.get(base, key) as unknown;
    if (given !== undefined && given !== held) {
      fail(spotOf(draft, key), `a store may not change the ${key} of ${quoted(draft.name)}`, [String(held)]);
    }
  }
}

function checkShared(
  draft: Draft<unknown>,
  base: Field | EventDefinition,
  values: Partial<Pick<Field, 'sensitivity' | 'purposes'>>,
): void {
  if (
    SENSITIVITIES.indexOf(values.sensitivity ?? base.sensitivity) < SENSITIVITIES.indexOf(base.sensitivity)
  ) {
    fail(spotOf(draft, 'sensitivity'), `a store may not lower it below ${quoted(base.sensitivity)}`);
  }
  const added = values.purposes?.find((purpose) => !base.purposes.includes(purpose));
  if (added !== undefined) {
    fail(spotOf(draft, 'purposes'), `a store may not add the purpose ${quoted(added)}`, base.purposes);
  }
}

function mergeProperties(
  draft: Draft<unknown>,
  base: readonly EventProperty[],
  given: readonly EventProperty[],
): EventProperty[] {
  const merged = new Map(base.map((property) => [property.name, property]));
  for (const property of given) {
    const held = merged.get(property.name);
    if (held !== undefined) checkProperty(draft, held, property);
    merged.set(property.name, property);
  }
  return [...merged.values()];
}

function checkProperty(draft: Draft<unknown>, held: EventProperty, given: EventProperty): void {
  const looser =
    given.type !== held.type ||
    given.maxLength > held.maxLength ||
    (held.freeText && !given.freeText) ||
    SENSITIVITIES.indexOf(given.sensitivity) < SENSITIVITIES.indexOf(held.sensitivity);
  if (looser) {
    fail(spotOf(draft, 'properties'), `the property ${quoted(held.name)} may be tightened, not loosened`);
  }
  const heldNames = new Map(held.members?.map((member) => [member.name, member]));
  for (const member of given.members ?? []) {
    const before = heldNames.get(member.name);
    if (before !== undefined) checkProperty(draft, before, member);
  }
}
