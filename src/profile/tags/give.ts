/** Giving a customer a tag, and taking it: by people and keys, for a purpose of the tag, with evidence. */
import type { Purpose, Role } from '../../../contract/names.ts';
import type { Caller } from '../../gate/actor.ts';
import { type AtWork, atWork, needOpen, recordWork, weighWork } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type Evidence, evidenceEntry, type Weighed } from '../../gate/evidence.ts';
import { ROLE_PURPOSES } from '../../law/roles.ts';
import { BaileeError, isBaileeError } from '../../platform/errors.ts';
import { lockTag, removeGiven, type TagRow, writeGiven } from '../../vault/tags.ts';

const DAY = 86_400_000;
/** They deal with customers; each of them acts for a purpose at least. */
const GIVERS: readonly Role[] = ['support', 'order-desk', 'marketing', 'privacy-officer'];

export interface TagCustomer {
  readonly actor: Caller;
  readonly customer: string;
  readonly tag: string;
  readonly evidence: Evidence | null;
}

/**
 * Gives it until its days are over; again begins anew. Throws `not_found`, `forbidden` when the role acts for no
 * purpose of the tag, the customer allows none, or a rule gives it, and what an opening throws of the caller.
 */
export async function giveTag(ctx: GateCtx, input: TagCustomer): Promise<{ readonly until: string }> {
  return withTag(ctx, input, async (at, tag, purpose, weighed) => {
    if (tag.rule !== null)
      throw new BaileeError('forbidden', 'This tag is given by its rule, and by nobody else.');
    const now = ctx.clock.now();
    const until = new Date(now + tag.days * DAY);
    const { actor } = input;
    await writeGiven(at.tx, {
      customer: at.cluster.root,
      tag: tag.id,
      byType: actor.type,
      byId: actor.id,
      byRole: actor.role,
      evidence: weighed.found!.kind,
      at: new Date(now),
      until,
    });
    await recordTag(ctx, at, input, { step: 'given', purpose, weighed });
    return { until: until.toISOString() };
  });
}

/** Throws as `giveTag` does, and `not_found` when the customer does not have it. */
export async function removeTag(ctx: GateCtx, input: TagCustomer): Promise<void> {
  await withTag(ctx, input, async (at, tag, purpose, weighed) => {
    const now = new Date(ctx.clock.now());
    if (!(await removeGiven(at.tx, [...at.cluster.members], tag.id, now)))
      throw new BaileeError('not_found', 'This customer does not have this tag.');
    await recordTag(ctx, at, input, { step: 'removed', purpose, weighed });
  });
}

async function withTag<T>(
  ctx: GateCtx,
  { actor, customer, tag: id, evidence }: TagCustomer,
  step: (at: AtWork, tag: TagRow, purpose: Purpose, weighed: Weighed) => Promise<T>,
): Promise<T> {
  if (!GIVERS.includes(actor.role))
    throw new BaileeError('forbidden', 'Your role neither gives nor takes tags.', { roles: GIVERS });
  if (evidence === null)
    throw new BaileeError('evidence_required', 'Name the evidence: a case, an order or a reason.');
  const own = ROLE_PURPOSES[actor.role];
  const purpose = own[0]!;
  return atWork(ctx, { actor, customer, purpose, mode: 'update' }, async (at) => {
    const tag = await lockTag(at.tx, actor.store, id);
    if (tag === null) throw new BaileeError('not_found', 'There is no such tag in this store.');
    const served = await servedPurpose(
      ctx,
      at,
      { actor, evidence },
      own.filter((each) => tag.purposes.includes(each)),
    );
    return step(at, tag, served.purpose, served.weighed);
  });
}

/** The first of the tag's purposes that the role, the evidence and the customer all open. */
async function servedPurpose(
  ctx: GateCtx,
  at: AtWork,
  asked: Pick<TagCustomer, 'actor'> & { readonly evidence: Evidence },
  purposes: readonly Purpose[],
): Promise<{ readonly purpose: Purpose; readonly weighed: Weighed }> {
  let refused: unknown = new BaileeError('forbidden', 'Your role acts for no purpose of this tag.');
  for (const purpose of purposes)
    try {
      const { decision, weighed } = await weighWork(ctx, at, { ...asked, purpose });
      needOpen(decision);
      return { purpose, weighed };
    } catch (error) {
      if (!isBaileeError(error)) throw error;
      refused = error;
    }
  throw refused;
}

async function recordTag(
  ctx: GateCtx,
  { tx, gathered, cluster }: AtWork,
  { actor, tag }: TagCustomer,
  { step, purpose, weighed }: { readonly step: string; readonly purpose: Purpose; readonly weighed: Weighed },
): Promise<void> {
  const details = { step, subject: tag, purpose, evidence: evidenceEntry(weighed) };
  await recordWork(ctx, tx, gathered.ring, cluster.root, { kind: 'tag', actor, details });
}
