/** The review of a break-glass, by another person. */
import type { Purpose } from '../../../contract/names.ts';
import { INSTALLATION, readRing } from '../../keys/ring.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import type { CountApprovers } from '../../staff/people/approvers.ts';
import { type GlassRow, readGlass, reviewGlass } from '../../vault/alerts.ts';
import type { Actor, Person } from '../actor.ts';
import { atCustomer, recordStep } from '../at-customer.ts';
import { conditionsOf } from '../conditions.ts';
import type { GateCtx } from '../context.ts';
import { needStanding, personOf, WATCHERS } from '../watchers.ts';

/** Where nobody else could review, time stands in for the second person. */
const DELAY = 24 * 3_600_000;

export interface ReviewBreakGlass {
  readonly actor: Actor;
  readonly id: string;
  readonly justified: boolean;
  readonly approvers: CountApprovers;
}

/**
 * By the privacy officer or security, and never by who broke it; where nobody else could, by them after 24 hours.
 * Throws `forbidden`, `not_found`, `conflict` when it was reviewed before, `training_required`, `person_known`.
 */
export async function reviewBreakGlass(ctx: GateCtx, input: ReviewBreakGlass): Promise<void> {
  const person = personOf(input.actor, WATCHERS);
  const found = await readGlass(ctx.db, person.store, input.id);
  if (found === null) throw new BaileeError('not_found', 'There is no such break-glass in this store.');
  const purpose = found.purpose as Purpose;
  if (found.customer_id !== null) {
    const customer = found.customer_id;
    await atCustomer(ctx, { person, purpose, customer }, async (at) => {
      needStanding(at.conditions);
      await reviewRow(ctx, at.tx, person, input);
      await recordStep(ctx, at.tx, at.gathered.ring, at.cluster.root, stepOf(person, input));
    });
    return;
  }
  // The customer is erased: what the person did is still reviewed, and concerns nobody else any more.
  await ctx.db.transaction(async (tx) => {
    needStanding((await conditionsOf(ctx, tx, person, { purpose, customers: [] }))!);
    await reviewRow(ctx, tx, person, input);
    await recordStep(ctx, tx, await readRing(ctx, tx, [INSTALLATION]), INSTALLATION, stepOf(person, input));
  });
}

function stepOf(person: Person, { id, justified }: ReviewBreakGlass) {
  return {
    kind: 'break-glass',
    step: 'reviewed',
    person,
    subject: id,
    details: { justified },
  } as const;
}

async function reviewRow(
  ctx: GateCtx,
  tx: Transaction,
  person: Person,
  { id, justified, approvers }: ReviewBreakGlass,
): Promise<void> {
  const row = await readGlass(tx, person.store, id, true);
  if (row === null) throw new BaileeError('not_found', 'There is no such break-glass in this store.');
  const own = row.person_id === person.id;
  if (own && !(await mayReviewOwn(ctx, tx, row, approvers)))
    throw new BaileeError('forbidden', 'Nobody reviews their own break-glass. Ask another person.');
  if (row.state !== 'unreviewed') throw new BaileeError('conflict', 'This was reviewed before.');
  const at = new Date(ctx.clock.now());
  await reviewGlass(tx, { id, state: justified ? 'justified' : 'not-justified', by: person.id, at });
}

async function mayReviewOwn(
  ctx: GateCtx,
  tx: Transaction,
  row: GlassRow,
  approvers: CountApprovers,
): Promise<boolean> {
  const waited = ctx.clock.now() - row.broken_at.getTime() >= DELAY;
  return waited && (await approvers(tx, row.store_id, row.person_id)) === 0;
}
