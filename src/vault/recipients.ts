/** Recipients of a store, and what they are told about customers. What names somebody is sealed under a key of its row. */
import type {
  DeliveryKind,
  DeliveryState,
  Outcome,
  RecipientIdentifier,
  RecipientProtocol,
} from '../../contract/recipients.ts';
import { COLUMNS } from '../keys/columns.ts';
import { openRow, sealRow } from '../keys/row-secret.ts';
import { deleteRowKeys } from '../keys/sql.ts';
import type { Ctx, Tx } from '../platform/ports.ts';

export interface RecipientRow {
  readonly id: string;
  readonly store_id: string;
  readonly name: string;
  readonly protocol: RecipientProtocol;
  readonly url: string;
  readonly identify: RecipientIdentifier;
  readonly purposes: string[];
  readonly fields: string[];
  readonly sealed: Buffer;
  readonly verify_key: Buffer | null;
  readonly made_at: Date;
  readonly removed_at: Date | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly store_id: string;
  readonly recipient_id: string;
  readonly kind: DeliveryKind;
  readonly erasure_id: string | null;
  readonly request_id: string | null;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly sealed: Buffer | null;
  readonly made_at: Date;
  readonly delivered_at: Date | null;
  readonly confirmed_at: Date | null;
  readonly outcome: Outcome | null;
  readonly said: string | null;
  readonly signature: string | null;
}

/** By what the recipient knows the customer. */
export interface Identity {
  readonly kind: RecipientIdentifier;
  readonly value: string;
}

const RECIPIENT =
  'id, store_id, name, protocol, url, identify, purposes, fields, sealed, verify_key, made_at, removed_at';
const DELIVERY = `d.id, d.store_id, d.recipient_id, d.kind, d.erasure_id, d.request_id, d.state, d.tries, d.sealed, d.made_at,
  d.delivered_at, d.confirmed_at, d.outcome, d.said, d.signature`;

/** Those that are told; `all`: those that were removed, too. */
export async function recipientsOf(tx: Tx, store: string, all = false): Promise<RecipientRow[]> {
  const { rows } = await tx.query<RecipientRow>({
    name: all ? 'recipients_all' : 'recipients_of',
    text: `SELECT ${RECIPIENT} FROM bailee.recipient WHERE store_id = $1${all ? '' : ' AND removed_at IS NULL'} ORDER BY id`,
    values: [store],
  });
  return rows;
}

export async function readRecipient(tx: Tx, id: string): Promise<RecipientRow | null> {
  const { rows } = await tx.query<RecipientRow>({
    name: 'recipient_read',
    text: `SELECT ${RECIPIENT} FROM bailee.recipient WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** False when the store has one of this name. */
export async function addRecipient(
  tx: Tx,
  row: Omit<RecipientRow, 'removed_at'> & { readonly made_by: string },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'recipient_add',
    text: `INSERT INTO bailee.recipient (id, store_id, name, protocol, url, identify, purposes, fields, sealed, verify_key,
             made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
    values: [
      ...[row.id, row.store_id, row.name, row.protocol, row.url, row.identify, row.purposes, row.fields],
      ...[row.sealed, row.verify_key, row.made_by, row.made_at],
    ],
  });
  return rowCount === 1;
}

/** What waits for it is still told. */
export async function removeRecipient(tx: Tx, store: string, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'recipient_remove',
    text: 'UPDATE bailee.recipient SET removed_at = $3 WHERE id = $1 AND store_id = $2 AND removed_at IS NULL',
    values: [id, store, at],
  });
  return rowCount === 1;
}

type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'store_id' | 'recipient_id' | 'kind' | 'erasure_id' | 'request_id'
>;

/** Without identities there is nothing to say: then the row only tells so. */
export async function addDelivery(
  ctx: Ctx,
  tx: Tx,
  row: NewDelivery,
  identities: readonly Identity[],
): Promise<void> {
  const known = identities.length > 0;
  const sealed = known ? await sealRow(ctx, tx, row, COLUMNS.delivery, identities) : null;
  await tx.query({
    name: 'delivery_add',
    text: `INSERT INTO bailee.recipient_delivery (id, store_id, recipient_id, kind, erasure_id, request_id, state, next_at,
             made_at, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    values: [
      ...[row.id, row.store_id, row.recipient_id, row.kind, row.erasure_id, row.request_id],
      ...[known ? 'waiting' : 'not-known', new Date(ctx.clock.now()), sealed],
    ],
  });
}

/** Of a message that waits; null once it does not. */
export async function openIdentities(ctx: Ctx, tx: Tx, row: DeliveryRow): Promise<Identity[] | null> {
  const { id, store_id, sealed } = row;
  if (sealed === null) return null;
  return (await openRow(ctx, tx, { id, store_id, sealed }, COLUMNS.delivery)) as Identity[] | null;
}

export interface Taking {
  readonly now: Date;
  /** Until when nobody else takes them. */
  readonly until: Date;
  readonly most: number;
  /** At one time for one recipient, on all nodes. */
  readonly each: number;
}

/** Takes messages that are due, few of each recipient, so that who answers late holds up nobody else. */
export async function takeDue(tx: Tx, { now, until, most, each }: Taking): Promise<DeliveryRow[]> {
  const { rows } = await tx.query<DeliveryRow>({
    name: 'delivery_take',
    text: `WITH busy AS (
             SELECT recipient_id, count(*) AS n FROM bailee.recipient_delivery
             WHERE state = 'waiting' AND leased_until > $1 GROUP BY recipient_id),
           due AS (
             SELECT d.id, d.next_at, coalesce(b.n, 0) + row_number() OVER (PARTITION BY d.recipient_id ORDER BY d.next_at, d.id) AS nth
             FROM bailee.recipient_delivery d LEFT JOIN busy b USING (recipient_id)
             WHERE d.state = 'waiting' AND d.next_at <= $1 AND (d.leased_until IS NULL OR d.leased_until <= $1))
           UPDATE bailee.recipient_delivery d SET leased_until = $2, tries = d.tries + 1
           WHERE d.id IN (SELECT id FROM due WHERE nth <= $4 ORDER BY nth, next_at LIMIT $3)
             AND d.state = 'waiting' AND (d.leased_until IS NULL OR d.leased_until <= $1)
           RETURNING ${DELIVERY}`,
    values: [now, until, most, each],
  });
  return rows;
}

/** It was taken: what named the customer goes. Nothing happens where they confirmed it meanwhile. */
export async function markDelivered(tx: Tx, id: string, status: number, at: Date): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'delivery_delivered',
    text: `UPDATE bailee.recipient_delivery SET state = 'delivered', sealed = NULL, leased_until = NULL, answered = $2,
             delivered_at = $3 WHERE id = $1 AND state = 'waiting'`,
    values: [id, status, at],
  });
  if (rowCount === 1) await deleteRowKeys(tx, [id]);
}

/** It waits for the next try. */
export async function markFailed(tx: Tx, id: string, status: number | null, next: Date): Promise<void> {
  await tx.query({
    name: 'delivery_failed',
    text: `UPDATE bailee.recipient_delivery SET leased_until = NULL, answered = $2, next_at = $3
           WHERE id = $1 AND state = 'waiting'`,
    values: [id, status, next],
  });
}

/** Nobody tries any more: what named the customer goes. */
export async function markGivenUp(tx: Tx, id: string, status: number | null): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'delivery_given_up',
    text: `UPDATE bailee.recipient_delivery SET state = 'given-up', sealed = NULL, leased_until = NULL, answered = $2
           WHERE id = $1 AND state = 'waiting'`,
    values: [id, status],
  });
  if (rowCount === 1) await deleteRowKeys(tx, [id]);
}

export async function readDelivery(tx: Tx, id: string, lock = false): Promise<DeliveryRow | null> {
  const { rows } = await tx.query<DeliveryRow>({
    name: lock ? 'delivery_lock' : 'delivery_read',
    text: `SELECT ${DELIVERY} FROM bailee.recipient_delivery d WHERE d.id = $1${lock ? ' FOR UPDATE' : ''}`,
    values: [id],
  });
  return rows[0] ?? null;
}

export interface Confirmation {
  readonly id: string;
  readonly outcome: Outcome;
  readonly said: string;
  readonly signature: string;
  readonly at: Date;
}

/** They say what they did; who was not told by us, but says so, was told. */
export async function markConfirmed(
  tx: Tx,
  { id, outcome, said, signature, at }: Confirmation,
): Promise<void> {
  await tx.query({
    name: 'delivery_confirmed',
    text: `UPDATE bailee.recipient_delivery SET state = CASE WHEN $2 = 'refused' THEN 'refused' ELSE 'confirmed' END,
             sealed = NULL, leased_until = NULL, outcome = $2, said = $3, signature = $4, confirmed_at = $5,
             delivered_at = coalesce(delivered_at, $5) WHERE id = $1`,
    values: [id, outcome, said, signature, at],
  });
  await deleteRowKeys(tx, [id]);
}

/** About one request or one erasure, with the names of whom it went to. */
export async function deliveriesAbout(
  tx: Tx,
  store: string,
  about: { readonly request: string | null; readonly erasure: string | null },
): Promise<(DeliveryRow & { readonly name: string })[]> {
  const { rows } = await tx.query<DeliveryRow & { readonly name: string }>({
    name: 'delivery_about',
    text: `SELECT ${DELIVERY}, r.name FROM bailee.recipient_delivery d JOIN bailee.recipient r ON r.id = d.recipient_id
           WHERE d.store_id = $1 AND (d.request_id = $2 OR d.erasure_id = $3) ORDER BY r.name, d.made_at, d.id`,
    values: [store, about.request, about.erasure],
  });
  return rows;
}

export async function countDeliveries(
  tx: Tx,
  store: string,
): Promise<{ readonly recipient_id: string; readonly state: DeliveryState; readonly count: number }[]> {
  const { rows } = await tx.query<{ recipient_id: string; state: DeliveryState; count: number }>({
    name: 'delivery_counts',
    text: `SELECT d.recipient_id, d.state, count(*)::integer AS count FROM bailee.recipient_delivery d
           JOIN bailee.recipient r ON r.id = d.recipient_id WHERE r.store_id = $1 GROUP BY 1, 2`,
    values: [store],
  });
  return rows;
}

/** Forgets up to `page` messages made before `before`; answers how many. */
export async function expireDeliveries(tx: Tx, before: Date, page: number): Promise<number> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'delivery_expire',
    text: `DELETE FROM bailee.recipient_delivery WHERE id IN (
             SELECT id FROM bailee.recipient_delivery WHERE made_at < $1 AND state <> 'waiting'
             LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
    values: [before, page],
  });
  return rows.length;
}
