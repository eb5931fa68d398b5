/** Break-glass: half an hour of one customer without a case, announced at once and reviewed afterwards. */
import {
  IDENTIFIER_KINDS,
  type IdentifierKind,
  type Purpose,
  RETENTION_CLASSES,
} from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { identifierToken } from '../../keys/blind.ts';
import { makeMissing } from '../../keys/ring.ts';
import { decide } from '../../law/decide.ts';
import { BaileeError } from '../../platform/errors.ts';
import { relationTo } from '../../staff/known/relation.ts';
import { trainingMissing } from '../../staff/training/missing.ts';
import { hasUnreviewed, writeGlass } from '../../vault/alerts.ts';
import { lookUp, tokenName } from '../../vault/identify.ts';
import type { Actor, Person } from '../actor.ts';
import { raise } from '../alert.ts';
import { type At, atCustomer, recordStep } from '../at-customer.ts';
import { needPresent } from '../at-work.ts';
import { personKnown, standing } from '../conditions.ts';
import type { GateCtx } from '../context.ts';
import { customerFacts } from '../gather.ts';
import { refuse } from '../refuse.ts';
import { rulesFor } from '../rules-for.ts';
import { needStanding, personOf } from '../watchers.ts';

const OPENS = 30 * 60_000;
/** How long a review may take before the next break-glass waits for it. */
const REVIEW_WITHIN = 72 * 3_600_000;

export interface BreakGlass {
  readonly actor: Actor;
  /** An emergency may know no id. */
  readonly whom:
    | { readonly customer: string }
    | { readonly identifier: { readonly kind: IdentifierKind; readonly value: string } };
  readonly purpose: Purpose;
  /** In the person's own words; sealed for the customer, and in no entry. */
  readonly reason: string;
}

export interface Broken {
  readonly id: string;
  readonly customer: string;
  /** ISO 8601. */
  readonly until: string;
}

/**
 * Opens at the role's ceiling for 30 minutes, with `{reason}` as evidence, and raises an alert; nothing more
 * sensitive than the role sees elsewhere. Training, sign-in and people one knows weigh as ever.
 * Throws `forbidden`, `conflict` while an earlier one has waited over 72 hours for its review, `not_found`,
 * `invalid_identifier`, `training_required`, `person_known`.
 */
export async function breakGlass(ctx: GateCtx, input: BreakGlass): Promise<Broken> {
  const person = personOf(input.actor);
  needAuthority(ctx, person, input.purpose);
  needStanding(await standingOf(ctx, person));
  const before = new Date(ctx.clock.now() - REVIEW_WITHIN);
  if (await hasUnreviewed(ctx.db, person.store, person.id, before))
    throw new BaileeError('conflict', 'An earlier break-glass of yours must be reviewed first.');
  const customer = await customerOf(ctx, person, input.whom);
  return atCustomer(ctx, { person, purpose: input.purpose, customer }, (at) =>
    breakAt(ctx, at, person, input),
  );
}

/** Before anybody is looked up: a role that may not break glass learns nothing. */
function needAuthority(ctx: GateCtx, { role }: Person, purpose: Purpose): void {
  refuse(
    decide({
      role,
      purpose,
      evidence: { kind: 'break-glass', holds: true },
      customer: { choices: {}, restricted: false, retained: [], erased: false },
      fields: [],
      policy: ctx.policy,
    }),
  );
  if (!MAY_BREAK.has(role))
    throw new BaileeError('forbidden', 'Your role has no emergencies with customers.');
}

const MAY_BREAK: ReadonlySet<string> = new Set(['support', 'order-desk', 'privacy-officer', 'security']);

async function standingOf(ctx: GateCtx, person: Person) {
  const courses = await trainingMissing(ctx, ctx.db, person.id, person.role);
  return { caller: standing(person, courses), courses };
}

/** Whoever is looked up in an emergency and is not there was looked up all the same: that is an alert too. */
async function customerOf(ctx: GateCtx, person: Person, whom: BreakGlass['whom']): Promise<string> {
  if ('customer' in whom) return whom.customer;
  const { kind, value } = whom.identifier;
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${kind}.`, { why: normalized.why });
  const token = identifierToken(ctx, person.store, kind, normalized.value);
  const number = IDENTIFIER_KINDS[kind];
  const found = (await lookUp(ctx.db, person.store, [{ kind, token }])).get(tokenName(number, token));
  if (found !== undefined) return found.customer;
  const known = await ctx.db.transaction(async (tx) => {
    const relation = await relationTo(ctx, tx, { person: person.id, store: person.store }, [
      { kind: number, token },
    ]);
    await raise(ctx, tx, {
      kind: relation === null ? 'break-glass' : 'person-known',
      person,
      customer: null,
    });
    return relation !== null;
  });
  throw known ? personKnown() : new BaileeError('not_found', 'There is no such customer in this store.');
}

async function breakAt(ctx: GateCtx, at: At, person: Person, input: BreakGlass): Promise<Broken> {
  const { tx, cluster, gathered, conditions } = at;
  const { purpose } = input;
  needPresent(at);
  refuse(
    decide({
      role: person.role,
      purpose,
      evidence: { kind: 'break-glass', holds: true },
      customer: customerFacts(cluster, gathered.ring),
      fields: [],
      policy: ctx.policy,
      ...rulesFor(ctx, cluster.rows),
      caller: conditions.caller,
    }),
    conditions.courses,
  );
  const now = ctx.clock.now();
  const row = {
    id: ctx.random.id(),
    store_id: person.store,
    customer_id: cluster.root,
    person_id: person.id,
    role: person.role,
    purpose,
    broken_at: new Date(now),
    until: new Date(now + OPENS),
  };
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  await writeGlass(ctx, tx, gathered.ring, row, input.reason);
  await raise(ctx, tx, { kind: 'break-glass', person, customer: cluster.root, subject: row.id });
  await recordStep(ctx, tx, gathered.ring, cluster.root, {
    kind: 'break-glass',
    step: 'broken',
    person,
    subject: row.id,
    details: { purpose, until: row.until.getTime() },
  });
  return { id: row.id, customer: cluster.root, until: row.until.toISOString() };
}
