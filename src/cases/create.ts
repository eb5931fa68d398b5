/** Writing a case down: what a customer asked, complained of or said, and about which order. */
import type { CaseChannel, CaseKind, CasePriority, CaseTopic } from '../../contract/cases.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { identifierToken } from '../keys/blind.ts';
import { BaileeError } from '../platform/errors.ts';
import { waitsAndDue } from '../vault/case-clock.ts';
import { caseById, orderOf } from '../vault/case-queue.ts';
import { addCases } from '../vault/case-work.ts';
import { type AtCustomer, recordCase, withCustomer, writerAt } from './at-case.ts';
import { needHolders } from './holders.ts';
import { type CaseItem, itemOf } from './item.ts';
import { keeper, needWorker } from './roles.ts';
import { wordsOf } from './words.ts';

export interface CreateCase {
  readonly actor: Actor;
  readonly customer: string;
  readonly kind: CaseKind;
  readonly channel: CaseChannel;
  readonly topic: CaseTopic;
  readonly priority?: CasePriority;
  /** The order it is about, by its number. */
  readonly order?: string;
  readonly subject: string;
  readonly text: string;
  readonly assignee?: string | null;
  readonly team?: string | null;
}

/**
 * By a person, or by a key of the shop's own system. The case counts as evidence by its id from now on.
 * Throws `forbidden`, `not_found`, `already_erased`, `invalid_body`, and for persons `training_required`, `person_known`.
 */
export async function createCase(ctx: GateCtx, input: CreateCase): Promise<CaseItem> {
  const actor = keeper(input.actor);
  needWorker(actor, input);
  return withCustomer(ctx, actor, input.customer, async (at) => {
    const now = new Date(ctx.clock.now());
    const { assignee = null, team = null, kind, channel, topic, priority = 'normal' } = input;
    await needHolders(at.tx, { store: actor.store, assignee, team, now });
    const country = at.cluster.rows[0]?.country ?? null;
    const status = assignee === null ? 'new' : 'open';
    const id = ctx.random.id();
    await addCases(writerAt(ctx, actor.store, at), [
      {
        customer_id: input.customer,
        id,
        order_id: await orderIn(ctx, at, input),
        ...{ kind, channel, topic, priority, status, assignee, team },
        ...waitsAndDue({ kind, priority, status, since: now.getTime() }),
        created_at: now,
        updated_at: now,
        made_by: actor.id,
        satisfaction: null,
        details: {
          subject: wordsOf(input.subject, country, '/subject'),
          body: wordsOf(input.text, country, '/text'),
          ...(input.order === undefined ? {} : { order_id: input.order }),
        },
        sealedVersion: 1,
      },
    ]);
    await recordCase(ctx, at, { actor, id, step: 'created', details: { what: kind, topic, channel } });
    return itemOf((await caseById(at.tx, actor.store, id))!);
  });
}

/** Throws `invalid_body` for an order of somebody else, as for one that does not exist. */
async function orderIn(
  ctx: GateCtx,
  { tx, cluster }: AtCustomer,
  { actor, order }: CreateCase,
): Promise<string | null> {
  if (order === undefined) return null;
  const number = normalizeIdentifier('order', order);
  const token = number.ok ? identifierToken(ctx, actor.store, 'order', number.value) : null;
  const found = token === null ? null : await orderOf(tx, actor.store, token, [...cluster.members]);
  if (found === null)
    throw new BaileeError('invalid_body', 'This customer has no such order.', { path: '/order' });
  return found;
}
