/** What the catalog could say of a field that is sent and not declared: a proposal for a person, by its name and by what its values were seen to be. */
import type { CatalogEntry } from '../detect/suggest.ts';
import { reportFrom } from '../detect/table.ts';

export interface Suggestion {
  /** A type of `detect`, or `FREE_TEXT`. */
  readonly type: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Values that were looked at; none of them is kept. */
  readonly sampled: number;
  /** Null for what is stored nowhere: full card numbers and secrets. */
  readonly entry: CatalogEntry | null;
}

/**
 * @param name safe name of the field, `products[].colour` for a member
 * @param seen counts under `sampled`, `whole:EMAIL` (values that are one), `inside:EMAIL` (values that hold one)
 * @returns null when nothing personal is seen in it
 */
export function suggestFor(name: string, seen: ReadonlyMap<string, number>): Suggestion | null {
  const whole: Record<string, number> = {};
  const inside: Record<string, number> = {};
  for (const [key, count] of seen) {
    const [where, type] = key.split(':') as [string, string?];
    if (type !== undefined) (where === 'whole' ? whole : inside)[type] = count;
  }
  const sampled = seen.get('sampled') ?? 0;
  const { type, confidence, suggestion } = reportFrom(lastPart(name), {
    sampled,
    empty: 0,
    distinct: 0,
    whole,
    inside,
  });
  return type === null ? null : { type, confidence, sampled, entry: suggestion };
}

function lastPart(name: string): string {
  return name.split('.').at(-1)!.replaceAll('[]', '') || name;
}
