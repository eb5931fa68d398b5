/** The budget of a set of data for a purpose: set by the privacy officer, spent by releases. */
import type { Purpose } from '../../contract/names.ts';
import type { Dataset } from '../../contract/releases.ts';
import { divide, ratioText, toProbability, whole } from '../anonymize/private/ratio.ts';
import { rhoWithin } from '../anonymize/private/zcdp.ts';
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { recordRelease } from '../gate/record-release.ts';
import { BaileeError } from '../platform/errors.ts';
import { told } from './refusal.ts';
import { type BudgetRow, lockBudget, readBudget, writeLimit } from './sql.ts';

export interface BudgetInput {
  readonly actor: Actor;
  readonly dataset: Dataset;
  readonly purpose: Purpose;
  /** In all, with `delta`: exact texts such as `1` and `1e-6`. */
  readonly epsilon: string;
  readonly delta: string;
}

/**
 * Sets how much may be learned in all. Half of δ is for the conversion from zCDP, half for groups that are
 * selected. What was spent stays spent, also when the limit is lowered below it.
 * Throws `forbidden` unless a privacy officer asks, `invalid_body`.
 */
export async function setBudget(ctx: GateCtx, input: BudgetInput): Promise<BudgetRow> {
  const { actor, dataset, purpose, epsilon, delta } = input;
  if (actor.type === 'job' || actor.role !== 'privacy-officer')
    throw new BaileeError('forbidden', 'A privacy officer sets the budget.');
  const limit = told(() => {
    const half = divide(toProbability(delta, 'delta'), whole(2n));
    return { rho: ratioText(rhoWithin(epsilon, half)), delta: ratioText(half) };
  });
  const key = { store: actor.store, dataset, purpose };
  return ctx.db.transaction(async (tx) => {
    await lockBudget(tx, key);
    await writeLimit(tx, key, {
      rho_limit: limit.rho,
      delta_limit: limit.delta,
      epsilon,
      delta,
      set_at: new Date(ctx.clock.now()),
    });
    const set = await readBudget(tx, key);
    const details = { dataset, epsilon, delta, rho: limit.rho };
    await recordRelease(ctx, tx, { kind: 'privacy-budget', actor, purpose, details });
    return set!;
  });
}
