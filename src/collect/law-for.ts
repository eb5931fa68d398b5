/** The law under which data of a person is taken in. */
import type { GateCtx } from '../gate/context.ts';
import { type LawOf, rulesFor } from '../gate/rules-for.ts';
import type { Person } from './people.ts';
import type { Source } from './types.ts';

/** Of someone who is known by where they live; of someone new by what the message tells, and otherwise the strictest. */
export function lawFor(
  ctx: GateCtx,
  source: Pick<Source, 'country'>,
  known: Person | undefined,
  region: string | null,
): LawOf {
  const places = known?.group.places;
  if (places !== undefined && places.size > 0) return rulesFor(ctx, { places });
  return rulesFor(ctx, { places: new Map([['', { region, country: source.country }]]) });
}
