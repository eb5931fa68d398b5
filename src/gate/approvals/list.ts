/** What was asked of a second person. No text: a reason is opened one at a time. */
import type { Role } from '../../../contract/names.ts';
import { type ApprovalRow, type ApprovedAct, readApprovals } from '../../vault/approvals.ts';
import type { Actor } from '../actor.ts';
import type { GateCtx } from '../context.ts';
import { personOf, watches } from '../watchers.ts';

const MOST = 200;

export interface ApprovalListed {
  readonly id: string;
  readonly customer: string;
  readonly askedBy: string;
  readonly role: Role;
  /** What is approved; of an erasure there are no fields. */
  readonly act: ApprovedAct;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly evidence: string;
  /** `delayed`: nobody else could approve, and its time has not come; `lapsed`: its time is over. */
  readonly state: 'asked' | 'approved' | 'delayed' | 'refused' | 'used' | 'lapsed';
  readonly askedAt: string;
  readonly decidedBy: string | null;
  readonly opensAt: string | null;
  readonly until: string;
}

/** The newest 200: of the whole store for the privacy officer and security, else one's own. Throws `forbidden` for keys. */
export async function listApprovals(ctx: GateCtx, actor: Actor): Promise<ApprovalListed[]> {
  const person = personOf(actor);
  const rows = await readApprovals(ctx.db, person.store, watches(person) ? null : person.id, MOST);
  const now = ctx.clock.now();
  return rows.map((row) => ({
    id: row.id,
    customer: row.customer_id,
    askedBy: row.asked_by,
    role: row.role,
    act: row.act,
    fields: row.fields,
    purpose: row.purpose,
    evidence: row.evidence,
    state: stateNow(row, now),
    askedAt: row.asked_at.toISOString(),
    decidedBy: row.decided_by,
    opensAt: row.opens_at?.toISOString() ?? null,
    until: row.until.toISOString(),
  }));
}

function stateNow(
  { state, until, opens_at: opens }: Omit<ApprovalRow, 'sealed'>,
  now: number,
): ApprovalListed['state'] {
  if (state === 'refused' || state === 'used') return state;
  if (until.getTime() <= now) return 'lapsed';
  return state === 'approved' && opens !== null && opens.getTime() > now ? 'delayed' : state;
}
