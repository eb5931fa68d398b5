/** Who made the choices that stand: the customer, a parent, or both of them (GDPR art. 8; PIPL art. 31; COPPA 16 CFR 312.5). */
import type { Purpose } from '../../contract/names.ts';
import { type ChoiceRow, channelOf, inOrder } from './effective.ts';
import type { ChosenBy } from './types.ts';

export interface SaidBy extends ChoiceRow {
  readonly by: 'self' | 'parent';
}

/**
 * Who granted each purpose since it was last refused. A child's yes after a parent's leaves the parent's standing,
 * and so does a parent's after a child's: then it is `both`. Purposes whose last word is a refusal are absent.
 * `rows`: of one person, in any order. `channel`: as for `effectiveChoices`.
 */
export function chosenBy(
  rows: readonly SaidBy[],
  channel?: string,
): Readonly<Partial<Record<Purpose, ChosenBy>>> {
  const by: Partial<Record<Purpose, ChosenBy>> = {};
  for (const row of [...rows].sort(inOrder)) {
    const on = channelOf(row);
    if (row.state === 'refused') delete by[row.purpose];
    // A yes for one channel is no word on another, nor on the purpose as a whole.
    else if (on === null || on === channel) by[row.purpose] = together(by[row.purpose], row.by);
  }
  return by;
}

function together(before: ChosenBy | undefined, now: SaidBy['by']): ChosenBy {
  return before === undefined || before === now ? now : 'both';
}
