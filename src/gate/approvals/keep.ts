/** Keeps what is asked of a second person; where nobody else could approve, time stands in, with an alert. */
import { type Purpose, RETENTION_CLASSES } from '../../../contract/names.ts';
import { makeMissing } from '../../keys/ring.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import type { CountApprovers } from '../../staff/people/approvers.ts';
import { type ApprovedAct, writeApproval } from '../../vault/approvals.ts';
import type { Person } from '../actor.ts';
import { raise } from '../alert.ts';
import { type At, recordStep } from '../at-customer.ts';
import type { GateCtx } from '../context.ts';

const HOUR = 3_600_000;
/** How long a question waits for an answer. */
const WAITS = 24 * HOUR;
/** Where nobody else could approve, time stands in for the second person. */
const DELAY = 24 * HOUR;
/** How long such a delayed approval then holds. */
const DELAYED_OPENS = 24 * HOUR;

export interface Asked {
  readonly id: string;
  readonly state: 'asked' | 'delayed';
  /** ISO 8601; null until somebody approves. */
  readonly opensAt: string | null;
  readonly until: string;
}

export interface Question {
  readonly person: Person;
  readonly act: ApprovedAct;
  readonly fields: string[];
  readonly purpose: Purpose;
  /** Kind of evidence. */
  readonly evidence: string;
  /** In the person's own words; sealed for the customer, and in no entry. */
  readonly reason: string;
  readonly approvers: CountApprovers;
  readonly details: CanonicalEntry;
}

/** Writes the question down at the customer, who is locked. Locks the ledger's head: call it last. */
export async function keepAsked(ctx: GateCtx, at: At, question: Question): Promise<Asked> {
  const { tx, cluster, gathered } = at;
  const { person, act, fields, purpose, evidence, reason } = question;
  const now = ctx.clock.now();
  const alone = (await question.approvers(tx, person.store, person.id)) === 0;
  const opensAt = alone ? new Date(now + DELAY) : null;
  const row = {
    ...{ id: ctx.random.id(), store_id: person.store, customer_id: cluster.root, asked_by: person.id },
    ...{ role: person.role, act, fields, purpose, evidence },
    state: alone ? ('approved' as const) : ('asked' as const),
    asked_at: new Date(now),
    decided_at: alone ? new Date(now) : null,
    opens_at: opensAt,
    until: new Date(now + (alone ? DELAY + DELAYED_OPENS : WAITS)),
  };
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  await writeApproval(ctx, tx, gathered.ring, row, reason);
  if (alone)
    await raise(ctx, tx, { kind: 'approval-alone', person, customer: cluster.root, subject: row.id });
  await recordStep(ctx, tx, gathered.ring, cluster.root, {
    ...{ kind: 'approval', step: alone ? 'asked-alone' : 'asked', person, subject: row.id },
    details: { purpose, fields, ...(act === 'opening' ? {} : { act }), ...question.details },
  });
  return {
    id: row.id,
    state: alone ? 'delayed' : 'asked',
    opensAt: opensAt?.toISOString() ?? null,
    until: row.until.toISOString(),
  };
}
