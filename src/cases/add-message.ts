/** Writing in a case: an answer to the customer, or a note that stays inside. */
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import { leave } from '../platform/outbox.ts';
import { waitsAndDue } from '../vault/case-clock.ts';
import type { CaseMeta } from '../vault/case-rows.ts';
import { addMessages, changeCase } from '../vault/case-work.ts';
import { atCase, recordCase, writerAt } from './at-case.ts';
import { type CaseItem, itemOf } from './item.ts';
import { needWorker, workingPerson } from './roles.ts';
import { wordsOf } from './words.ts';

export interface AddMessage {
  readonly actor: Actor;
  readonly id: string;
  readonly kind: 'answer' | 'note';
  readonly text: string;
}

/**
 * An answer waits in the outbox to be sent, and the case then waits for the customer. Whoever answers a case that
 * nobody has takes it. Throws `conflict` for a closed case, `invalid_body`, `forbidden`, `not_found`,
 * `training_required`, `person_known`.
 */
export async function addMessage(
  ctx: GateCtx,
  input: AddMessage,
): Promise<{ readonly message: string; readonly case: CaseItem }> {
  const person = workingPerson(input.actor);
  return atCase(ctx, person, input.id, async (at) => {
    const { row, tx } = at;
    needWorker(person, row);
    if (row.status === 'closed')
      throw new BaileeError('conflict', 'This case is closed. Write a new one down.');
    const text = wordsOf(input.text, at.cluster.rows[0]?.country ?? null, '/text');
    const now = ctx.clock.now();
    const message = ctx.random.id();
    const answer = input.kind === 'answer';
    addMessages(writerAt(ctx, person.store, at), [
      {
        customer: row.customer_id,
        case: row.id,
        id: message,
        kind: input.kind,
        by: person.id,
        sent: answer ? 'waiting' : null,
        text,
        at: now,
      },
    ]);
    const changed = await changeCase(tx, {
      ...row,
      ...(answer ? answered(row, person.id) : {}),
      updated_at: new Date(now),
    });
    if (answer) await leave(ctx, tx, 'case.answer', { customer: row.customer_id, case: row.id, message });
    const step = answer ? 'answered' : 'noted';
    await recordCase(ctx, at, { actor: person, id: row.id, step, details: { message } });
    return { message, case: itemOf(changed) };
  });
}

/** What is solved stays solved when somebody adds a word to it. */
function answered(row: CaseMeta, person: string) {
  const status = row.status === 'solved' ? row.status : ('waiting' as const);
  return { status, assignee: row.assignee ?? person, ...waitsAndDue({ ...row, status, since: 0 }) };
}
