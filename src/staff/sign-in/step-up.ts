/** A new proof of who sits there, before sensitive fields and changes of rights. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { readPerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import { STEPPED_UP_MS } from '../sessions/life.ts';
import { setSteppedUp } from '../sessions/sql.ts';
import { codeHolds } from './one-time-code.ts';
import { recordRefusal } from './refusal.ts';
import { countTry, forgiveTry } from './tries.ts';

export interface StepUp {
  readonly person: string;
  readonly store: string;
  readonly session: string;
  readonly code: string;
  readonly network: string;
}

/** Holds for ten minutes. Throws `sign_in_refused`, `too_many_tries`. */
export async function stepUpByCode(ctx: Ctx, steppingUp: StepUp): Promise<void> {
  const { person, store, session, code, network } = steppingUp;
  const trying = { account: person, network };
  await countTry(ctx, trying);
  const right = await ctx.db.transaction(async (tx) => {
    const row = await readPerson(tx, person, true);
    if (row === null || row.state !== 'active' || row.totp_step === null) return false;
    if (!(await codeHolds(ctx, tx, row, code.trim()))) return false;
    await forgiveTry(ctx, tx, trying);
    await setSteppedUp(tx, session, new Date(ctx.clock.now() + STEPPED_UP_MS), 'code');
    await recordStaff(ctx, tx, { store: row.store_id, person, step: 'stepped-up', details: { session } });
    return true;
  });
  if (right) return;
  await recordRefusal(ctx, { id: person, store_id: store }, { factor: 'code' });
  throw new BaileeError(
    'sign_in_refused',
    'This code is wrong, or it was used before. Wait for the next one.',
  );
}

/** Changes of rights, keys and proofs ask for a proof that is fresh. Throws `step_up_required`. */
export function needSteppedUp({ strength }: { readonly strength: string }): void {
  if (strength !== 'stepped-up')
    throw new BaileeError('step_up_required', 'Prove who you are once more to change this.');
}
