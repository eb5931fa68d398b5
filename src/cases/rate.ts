/** How satisfied a customer was with a case, as they told it. */
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import { addCaseEvents, changeCase } from '../vault/case-work.ts';
import { atCase, recordCase } from './at-case.ts';
import { type CaseItem, itemOf } from './item.ts';
import { needWorker, workingPerson } from './roles.ts';

export interface RateCase {
  readonly actor: Actor;
  readonly id: string;
  /** 1 to 5. */
  readonly satisfaction: number;
}

/** The last word counts. Throws `conflict` before the case is solved, `forbidden`, `not_found`, `training_required`, `person_known`. */
export async function rateCase(ctx: GateCtx, input: RateCase): Promise<CaseItem> {
  const { satisfaction } = input;
  const person = workingPerson(input.actor);
  return atCase(ctx, person, input.id, async (at) => {
    const { row } = at;
    needWorker(person, row);
    if (row.status !== 'solved' && row.status !== 'closed')
      throw new BaileeError('conflict', 'A case is judged when it is solved.');
    const now = ctx.clock.now();
    const changed = await changeCase(at.tx, { ...row, satisfaction, updated_at: new Date(now) });
    const from = row.satisfaction === null ? null : String(row.satisfaction);
    await addCaseEvents(at.tx, [
      {
        customer: row.customer_id,
        case: row.id,
        id: ctx.random.id(),
        by: person.id,
        change: { what: 'satisfaction', from, to: String(satisfaction) },
        at: now,
      },
    ]);
    await recordCase(ctx, at, { actor: person, id: row.id, step: 'rated' });
    return itemOf(changed);
  });
}
