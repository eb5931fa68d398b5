/** An access review: each person's roles are kept or taken, and somebody signs for it. */
import type { Role } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import type { By } from './by.ts';
import { needAdministratorLeft, workingPerson } from './change.ts';
import { rolesOf, setRoles } from './sql.ts';

export interface Review {
  readonly by: By;
  readonly people: readonly { readonly id: string; readonly keep: readonly Role[] }[];
}

export interface Reviewed {
  readonly kept: number;
  readonly taken: number;
}

/** Takes what is not kept; gives nothing. One's own roles are left for somebody else. Throws `forbidden`, `not_found`, `conflict`. */
export async function reviewAccess(ctx: Ctx, { by, people }: Review): Promise<Reviewed> {
  if (people.some(({ id }) => id === by.id))
    throw new BaileeError('forbidden', 'Nobody reviews their own access. Leave yourself out.');
  return ctx.db.transaction(async (tx) => {
    const now = new Date(ctx.clock.now());
    let kept = 0;
    let taken = 0;
    for (const { id, keep } of people) {
      const person = await workingPerson(tx, by, id);
      const held = await rolesOf(tx, { store: by.store, person: id, now });
      const left = held.filter(({ role }) => keep.includes(role));
      if (held.length > left.length && !left.some(({ role }) => role === 'administrator'))
        await needAdministratorLeft(tx, person, now);
      await setRoles(tx, id, left, now);
      await tx.query({ text: 'UPDATE bailee.person SET reviewed_at = $2 WHERE id = $1', values: [id, now] });
      kept += left.length;
      taken += held.length - left.length;
      if (left.length < held.length)
        await recordStaff(ctx, tx, {
          store: by.store,
          person: id,
          by: by.id,
          step: 'changed',
          details: { roles: left.map(({ role }) => role) },
        });
    }
    await sign(ctx, tx, by, { kept, taken });
    return { kept, taken };
  });
}

async function sign(
  ctx: Ctx,
  tx: Parameters<typeof recordStaff>[1],
  by: By,
  { kept, taken }: Reviewed,
): Promise<void> {
  const id = ctx.random.id();
  await tx.query({
    text: `INSERT INTO bailee.access_review (id, store_id, reviewer, reviewed_at, kept, taken)
           VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [id, by.store, by.id, new Date(ctx.clock.now()), kept, taken],
  });
  await recordStaff(ctx, tx, {
    store: by.store,
    person: null,
    by: by.id,
    step: 'access-reviewed',
    details: { review: id, kept, taken },
  });
}
