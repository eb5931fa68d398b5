/** Who looked at the customer, for the customer. */
import type { GateCtx } from '../../gate/context.ts';
import { ownLooks } from '../../gate/own/own-looks.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** Newest first; `after`: id of the last look of the page before. Throws `step_up_required`. */
export async function looksOf(
  ctx: GateCtx,
  { store, customer, strength }: OwnSession,
  page: { readonly after: string | null; readonly limit: number },
) {
  needStrength(strength, 'looks');
  const { looks, after } = await ownLooks(ctx, { store, customer, strength, ...page });
  return {
    looks: looks.map(({ id, ledgerIndex, at, kind, step, actor, purpose, evidence, revealed, masked }) => ({
      ...{ id, ledgerIndex, at, kind, step, by: actor.type, role: actor.role, purpose, evidence },
      revealed: [...revealed],
      masked: [...masked],
    })),
    after,
  };
}
