/** Tags that the shop gave, taken away by whom they are about. */
import type { GateCtx } from '../../gate/context.ts';
import { removeOwnTags } from '../../profile/tags/remove-own.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** `tag`: null for all. Throws `step_up_required`, `not_found`. */
export async function removeTags(
  ctx: GateCtx,
  { store, customer, strength }: OwnSession,
  tag: string | null,
): Promise<{ readonly removed: number }> {
  needStrength(strength, 'tags');
  return removeOwnTags(ctx, { store, customer, strength, tag });
}
