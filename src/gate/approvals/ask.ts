/** Asking for a second person's approval of one opening of highly sensitive fields. */
import type { Purpose } from '../../../contract/names.ts';
import { decide } from '../../law/decide.ts';
import { REASONS } from '../../law/reasons.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { CountApprovers } from '../../staff/people/approvers.ts';
import { lookUpEvidence } from '../../vault/identify.ts';
import type { Actor, Person } from '../actor.ts';
import { type At, atCustomer } from '../at-customer.ts';
import { needPresent } from '../at-work.ts';
import { underGlass } from '../conditions.ts';
import type { GateCtx } from '../context.ts';
import { type Evidence, evidenceEntry, evidenceToken, type Weighed, weigh } from '../evidence.ts';
import { factsByName } from '../facts.ts';
import { customerFacts } from '../gather.ts';
import { refuse } from '../refuse.ts';
import { rulesFor } from '../rules-for.ts';
import { personOf } from '../watchers.ts';
import { type Asked, keepAsked } from './keep.ts';

export interface AskApproval {
  readonly actor: Actor;
  readonly customer: string;
  /** One to five. */
  readonly fields: readonly string[];
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
  /** In the person's own words; sealed for the customer, and in no entry. */
  readonly reason: string;
  readonly approvers: CountApprovers;
}

/**
 * Asks the privacy officer or security. Everything else must hold already: role, purpose, evidence, training. Where
 * nobody else in the store could approve, the opening comes after 24 hours by itself, with an alert.
 * Throws what `open` throws; `forbidden` for fields that no approval opens to this role, and for keys and jobs.
 */
export async function askApproval(ctx: GateCtx, input: AskApproval): Promise<Asked> {
  const person = personOf(input.actor);
  const { purpose, customer } = input;
  return atCustomer(ctx, { person, purpose, customer }, (at) => askAt(ctx, at, person, input));
}

async function askAt(ctx: GateCtx, at: At, person: Person, input: AskApproval): Promise<Asked> {
  needPresent(at);
  const weighed = await weighAt(ctx, at, input);
  needApprovable(ctx, at, person, input, weighed);
  return keepAsked(ctx, at, {
    ...{ person, reason: input.reason, approvers: input.approvers, act: 'opening' },
    ...{ fields: [...new Set(input.fields)], purpose: input.purpose, evidence: weighed.found!.kind },
    details: { evidence: evidenceEntry(weighed) },
  });
}

async function weighAt(
  ctx: GateCtx,
  { tx, cluster, conditions }: At,
  { actor, evidence }: AskApproval,
): Promise<Weighed> {
  const token = evidenceToken(ctx, actor.store, evidence);
  const targets = await lookUpEvidence(tx, token === null ? [] : [token]);
  return underGlass(weigh(evidence, token, targets, cluster.members), evidence, conditions);
}

/** The opening as it would be, were it approved and the sign-in proved anew. */
function needApprovable(
  ctx: GateCtx,
  { cluster, gathered, conditions }: At,
  { role }: Person,
  { fields, purpose }: AskApproval,
  weighed: Weighed,
): void {
  const { caller } = conditions;
  const strength = caller.strength === 'two-factor' ? 'stepped-up' : caller.strength;
  const decision = decide({
    role,
    purpose,
    evidence: weighed.found,
    customer: customerFacts(cluster, gathered.ring),
    fields: [...new Set(fields)].map((name) => factsByName(ctx, name)),
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
    caller: { ...caller, strength, approved: fields },
  });
  refuse(decision, conditions.courses);
  const closed = decision.fields.filter(
    ({ because }) => !because.some(({ rule }) => rule === REASONS.approved.rule),
  );
  if (closed.length > 0)
    throw new BaileeError('forbidden', 'No approval opens these fields to your role for this purpose.', {
      fields: closed.filter(({ name }) => ctx.catalog.fieldByName.has(name)).map(({ name }) => name),
    });
}
