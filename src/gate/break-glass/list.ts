/** Broken glass: who, whom, when, and what the review said. No text: a reason is opened one at a time. */
import type { Role } from '../../../contract/names.ts';
import { type GlassState, listGlass } from '../../vault/alerts.ts';
import type { Actor } from '../actor.ts';
import type { GateCtx } from '../context.ts';
import { personOf, watches } from '../watchers.ts';

const MOST = 200;

export interface GlassListed {
  readonly id: string;
  /** Null once the customer is erased. */
  readonly customer: string | null;
  readonly person: string;
  readonly role: Role;
  readonly purpose: string;
  readonly brokenAt: string;
  readonly until: string;
  readonly state: GlassState;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
}

/** The newest 200: of the whole store for the privacy officer and security, else one's own. Throws `forbidden` for keys. */
export async function listBreakGlass(ctx: GateCtx, actor: Actor): Promise<GlassListed[]> {
  const person = personOf(actor);
  const rows = await listGlass(ctx.db, person.store, watches(person) ? null : person.id, MOST);
  return rows.map((row) => ({
    id: row.id,
    customer: row.customer_id,
    person: row.person_id,
    role: row.role,
    purpose: row.purpose,
    brokenAt: row.broken_at.toISOString(),
    until: row.until.toISOString(),
    state: row.state,
    reviewedBy: row.reviewed_by,
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
  }));
}
