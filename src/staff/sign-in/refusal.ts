/** A refused sign-in is an entry; of an account that does not exist there is nothing to tell. */
import type { Ctx } from '../../platform/ports.ts';
import type { PersonRow } from '../people/sql.ts';
import { recordStaff } from '../record.ts';

export interface Refusal {
  readonly factor: 'password' | 'code' | 'passkey' | 'openid';
  /** Where more is known than that it was wrong. */
  readonly why?: string;
}

/** @param person null where nobody is known: nothing is recorded then */
export async function recordRefusal(
  ctx: Ctx,
  person: Pick<PersonRow, 'id' | 'store_id'> | null,
  { factor, why }: Refusal,
): Promise<void> {
  if (person === null) return;
  await ctx.db.transaction((tx) =>
    recordStaff(ctx, tx, {
      store: person.store_id,
      person: person.id,
      step: 'sign-in-refused',
      details: { factor, ...(why === undefined ? {} : { why }) },
    }),
  );
}
