/** What is done about staff that the privacy officer and security must see at once. */
import { leave as leaveMessage } from '../platform/outbox.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type AlertKind, writeAlert } from '../vault/alerts.ts';

export interface Watched {
  readonly kind: Extract<AlertKind, 'recovery' | 'rights-given'>;
  readonly store: string;
  /** Whom it is about: they are not the one to say that it was seen. */
  readonly person: string;
  readonly subject?: string;
}

/** Writes the alert and leaves it in the outbox, in the caller's transaction. */
export async function alertWatchers(
  ctx: Ctx,
  tx: Tx,
  { kind, store, person, subject }: Watched,
): Promise<void> {
  const id = ctx.random.id();
  await writeAlert(tx, {
    id,
    store_id: store,
    kind,
    person_id: person,
    customer_id: null,
    subject: subject ?? null,
    raised_at: new Date(ctx.clock.now()),
  });
  await leaveMessage(ctx, tx, 'alert', { alert: id });
}
