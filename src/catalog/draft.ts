/** A catalog file as read: entries may be partial, for a store's file need only say what it tightens. */
import type { Spot } from './locate.ts';
import type { EventDefinition, Field } from './types.ts';

/** What an entry says, and where it says it. */
export interface Draft<T> {
  readonly spot: Spot;
  readonly spots: ReadonlyMap<string, Spot>;
  readonly name: string;
  readonly values: Partial<T>;
}

export type FieldDraft = Draft<Field>;

export interface EventDraft extends Draft<EventDefinition> {
  /** Properties of a built-in event that the store does without. */
  readonly without: readonly string[];
}

/** One YAML file, its shape and words checked, not yet set against the other files. */
export interface CatalogDocument {
  readonly source: string;
  readonly fields: readonly FieldDraft[];
  readonly events: readonly EventDraft[];
}

/** Where `key` stands, or else where the entry begins. */
export function spotOf(draft: Draft<unknown>, key: string): Spot {
  return draft.spots.get(key) ?? draft.spot;
}
