/** Alerts: what the privacy officer and security must see at once, and refusals that the customer's ledger keeps. */
import { type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { type KeyRing, makeMissing } from '../keys/ring.ts';
import { REASONS } from '../law/reasons.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { leave } from '../platform/outbox.ts';
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';
import { type AlertKind, writeAlert } from '../vault/alerts.ts';
import { recordNow } from '../vault/record.ts';
import { actorEntry, type Person } from './actor.ts';

export interface Raised {
  readonly kind: AlertKind;
  readonly person: Person;
  /** Null: nobody was found. */
  readonly customer: string | null;
  /** The approval or the break-glass. */
  readonly subject?: string;
}

/** Writes the alert and leaves it in the outbox, in the caller's transaction. */
export async function raise(ctx: Ctx, tx: Tx, { kind, person, customer, subject }: Raised): Promise<void> {
  const id = ctx.random.id();
  await writeAlert(tx, {
    id,
    store_id: person.store,
    kind,
    person_id: person.id,
    customer_id: customer,
    subject: subject ?? null,
    raised_at: new Date(ctx.clock.now()),
  });
  await leave(ctx, tx, 'alert', { alert: id });
}

export interface Due {
  readonly kind: Extract<AlertKind, 'request-due' | 'request-overdue'>;
  readonly store: string;
  readonly customer: string;
  /** The request. */
  readonly subject: string;
}

/** The same for what nobody did: its time came. */
export async function raiseDue(ctx: Ctx, tx: Tx, { kind, store, customer, subject }: Due): Promise<void> {
  const id = ctx.random.id();
  await writeAlert(tx, {
    ...{ id, store_id: store, kind, person_id: null, customer_id: customer, subject },
    raised_at: new Date(ctx.clock.now()),
  });
  await leave(ctx, tx, 'alert', { alert: id });
}

export interface Refused {
  readonly person: Person;
  readonly purpose: Purpose;
  readonly customer: string;
}

/** How the ledger keeps a look that was refused because the person knows the customer. */
export function refusalEntry(ctx: Ctx, { person, purpose, customer }: Refused): CanonicalEntry {
  return {
    v: 1,
    kind: 'opening-refused',
    at: ctx.clock.now(),
    store: person.store,
    customer,
    actor: actorEntry(person),
    purpose,
    because: REASONS.relation.rule,
  };
}

/** Raises the alert and records the refusal. The ledger's head is locked: call it last. */
export async function recordRefusal(
  ctx: Ctx,
  tx: Transaction,
  ring: KeyRing,
  refused: Refused,
): Promise<void> {
  const { person, customer } = refused;
  await raise(ctx, tx, { kind: 'person-known', person, customer });
  await makeMissing(ctx, tx, ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const entry = refusalEntry(ctx, refused);
  await recordNow(ctx, tx, person.store, ring, [{ customer, kind: 'opening-refused', entry }]);
}
