/** A new proof of who sits there, before sensitive fields and changes of rights. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { readPerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import { stepUp } from '../sessions/start.ts';
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

/** Holds for ten minutes. Resolves with the session's new value, for the cookie alone. Throws `sign_in_refused`, `too_many_tries`. */
export async function stepUpByCode(ctx: Ctx, steppingUp: StepUp): Promise<string> {
  const { person, store, session, code, network } = steppingUp;
  const trying = { account: person, network };
  await countTry(ctx, trying);
  const value = await ctx.db.transaction(async (tx) => {
    const row = await readPerson(tx, person, true);
    if (row === null || row.state !== 'active' || row.totp_step === null) return null;
    if (!(await codeHolds(ctx, tx, row, code.trim()))) return null;
    await forgiveTry(ctx, tx, trying);
    const made = await stepUp(ctx, tx, session, 'code');
    await recordStaff(ctx, tx, { store: row.store_id, person, step: 'stepped-up', details: { session } });
    return made;
  });
  if (value !== null) return value;
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
