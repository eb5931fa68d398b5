/** Alerts, for the privacy officer and security. */
import { type AlertKind, readAlerts } from '../../vault/alerts.ts';
import type { Actor } from '../actor.ts';
import type { GateCtx } from '../context.ts';
import { personOf, WATCHERS } from '../watchers.ts';

const MOST = 200;

export interface AlertListed {
  readonly id: string;
  readonly kind: AlertKind;
  /** Null: nobody did it, its time came. */
  readonly person: string | null;
  readonly customer: string | null;
  readonly subject: string | null;
  readonly raisedAt: string;
  readonly seenBy: string | null;
  readonly seenAt: string | null;
}

/** The newest 200. Throws `forbidden`. */
export async function listAlerts(ctx: GateCtx, actor: Actor): Promise<AlertListed[]> {
  const person = personOf(actor, WATCHERS);
  const rows = await readAlerts(ctx.db, person.store, MOST);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    person: row.person_id,
    customer: row.customer_id,
    subject: row.subject,
    raisedAt: row.raised_at.toISOString(),
    seenBy: row.seen_by,
    seenAt: row.seen_at?.toISOString() ?? null,
  }));
}
