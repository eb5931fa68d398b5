/** Changing cases, and adding to them. Text comes in and is sealed; none goes out. */
import { COLUMNS } from '../keys/columns.ts';
import { byteaArray } from '../platform/binary-array.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { CASE_META, type CaseChange, type CaseMeta, type MessageKind, type Sent } from './case-rows.ts';
import { sealFor, type Writer } from './write.ts';

export interface NewCase extends Omit<CaseMeta, 'number' | 'version' | 'store_id'> {
  /** Subject and first words, sealed. */
  readonly details: unknown;
  /** 0: nothing but its state is known yet. */
  readonly sealedVersion: number;
}

/** Adds cases, numbered in their order. The counter of the store stays locked until the transaction ends. */
export async function addCases(writer: Writer, cases: readonly NewCase[]): Promise<void> {
  if (cases.length === 0) return;
  const { tx, store } = writer;
  const { rows } = await tx.query<{ next: number }>({
    name: 'case_number',
    text: `INSERT INTO bailee.case_number AS n (store_id, next) VALUES ($1, $2::integer + 1)
           ON CONFLICT (store_id) DO UPDATE SET next = n.next + $2::integer RETURNING next`,
    values: [store, cases.length],
  });
  const first = rows[0]!.next - cases.length;
  const { rowCount } = await tx.query({
    name: 'case_add',
    text: `INSERT INTO bailee.cases (customer_id, id, order_id, state, row_version, sealed, occurred_at, received_at, store_id,
             number, kind, channel, topic, status, priority, assignee, team, waits_since, due_at, created_at, updated_at, made_by)
           SELECT c, i, o, CASE WHEN s IN ('new', 'open', 'waiting') THEN 'open' ELSE 'closed' END, v, b, u, $18, $19,
             $20::integer + n::integer - 1, k, ch, tp, s, p, a, t, w, d, cr, u, m
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::bytea[], $7::timestamptz[], $8::text[],
             $9::text[], $10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::timestamptz[], $15::timestamptz[],
             $16::timestamptz[], $17::uuid[]) WITH ORDINALITY
             AS r (c, i, o, s, v, b, u, k, ch, tp, p, a, t, w, d, cr, m, n)
           ON CONFLICT DO NOTHING`,
    values: [
      cases.map((each) => each.customer_id),
      cases.map((each) => each.id),
      cases.map((each) => each.order_id),
      cases.map((each) => each.status),
      cases.map((each) => each.sealedVersion),
      byteaArray(cases.map((each) => sealCase(writer, each))),
      cases.map((each) => each.updated_at),
      cases.map((each) => each.kind),
      cases.map((each) => each.channel),
      cases.map((each) => each.topic),
      cases.map((each) => each.priority),
      cases.map((each) => each.assignee),
      cases.map((each) => each.team),
      cases.map((each) => each.waits_since),
      cases.map((each) => each.due_at),
      cases.map((each) => each.created_at),
      cases.map((each) => each.made_by),
      new Date(writer.receivedAt),
      store,
      first,
    ],
  });
  if (rowCount !== cases.length) throw new RetryTransaction('another transaction wrote the same case');
}

function sealCase(writer: Writer, { customer_id, id, details, sealedVersion }: NewCase): Buffer {
  const place = { customer: customer_id, retention: 'service', row: id, rowVersion: sealedVersion } as const;
  return sealFor(writer, { ...place, field: COLUMNS.case }, details);
}

export interface NewMessage {
  readonly customer: string;
  readonly case: string;
  readonly id: string;
  readonly kind: Exclude<MessageKind, 'event'>;
  readonly by: string | null;
  /** Of an answer; null for the others. */
  readonly sent: Sent | null;
  /** As it was read: sealed with the places of what `detect` found. */
  readonly text: unknown;
  /** UTC milliseconds. */
  readonly at: number;
}

export function addMessages(writer: Writer, messages: readonly NewMessage[]): void {
  if (messages.length === 0) return;
  const sealed = messages.map(({ customer, id, text }) =>
    sealFor(
      writer,
      { customer, retention: 'service', row: id, rowVersion: 1, field: COLUMNS.caseMessage },
      text,
    ),
  );
  writer.tx.later({
    name: 'case_message_add',
    text: `INSERT INTO bailee.case_message (customer_id, case_id, id, kind, by, sent, sealed, occurred_at)
           SELECT c, a, i, k, b, s, x, o FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[],
             $7::bytea[], $8::timestamptz[]) AS t (c, a, i, k, b, s, x, o)`,
    values: [
      messages.map((each) => each.customer),
      messages.map((each) => each.case),
      messages.map((each) => each.id),
      messages.map((each) => each.kind),
      messages.map((each) => each.by),
      messages.map((each) => each.sent),
      byteaArray(sealed),
      messages.map((each) => new Date(each.at)),
    ],
  });
}

export interface NewCaseEvent {
  readonly customer: string;
  readonly case: string;
  readonly id: string;
  readonly by: string | null;
  readonly change: CaseChange;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What changed, kept with the case for whoever reads it. */
export async function addCaseEvents(tx: Tx, events: readonly NewCaseEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query({
    name: 'case_event_add',
    text: `INSERT INTO bailee.case_message (customer_id, case_id, id, kind, by, change, occurred_at)
           SELECT c, a, i, 'event', b, x::jsonb, o FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
             $6::timestamptz[]) AS t (c, a, i, b, x, o)`,
    values: [
      events.map((each) => each.customer),
      events.map((each) => each.case),
      events.map((each) => each.id),
      events.map((each) => each.by),
      events.map((each) => JSON.stringify(each.change)),
      events.map((each) => new Date(each.at)),
    ],
  });
}

/** Locks a case of this store until the transaction ends; null when there is none. Its customer must be locked before. */
export async function lockCase(tx: Tx, store: string, id: string): Promise<CaseMeta | null> {
  const { rows } = await tx.query<CaseMeta>({
    name: 'case_lock',
    text: `SELECT ${CASE_META} FROM bailee.cases c WHERE c.id = $2 AND c.store_id = $1 FOR UPDATE`,
    values: [store, id],
  });
  return rows[0] ?? null;
}

/** What of a case can change, as it stands after the change. */
export type CaseState = Pick<
  CaseMeta,
  | 'customer_id'
  | 'id'
  | 'kind'
  | 'topic'
  | 'status'
  | 'priority'
  | 'assignee'
  | 'team'
  | 'waits_since'
  | 'due_at'
  | 'updated_at'
  | 'satisfaction'
>;

/** Changes a case that is locked. What the shop's tools tell of an earlier time changes its state no more. */
export async function changeCase(tx: Tx, state: CaseState): Promise<CaseMeta> {
  const { rows } = await tx.query<CaseMeta>({
    name: 'case_change',
    text: `UPDATE bailee.cases c SET kind = $3, topic = $4, status = $5, state = CASE WHEN $5 IN ('new', 'open', 'waiting') THEN 'open' ELSE 'closed' END,
             priority = $6, assignee = $7, team = $8, waits_since = $9, due_at = $10, updated_at = $11,
             occurred_at = GREATEST(c.occurred_at, $11), satisfaction = $12, version = c.version + 1
           WHERE c.customer_id = $1 AND c.id = $2 RETURNING ${CASE_META}`,
    values: [
      state.customer_id,
      state.id,
      state.kind,
      state.topic,
      state.status,
      state.priority,
      state.assignee,
      state.team,
      state.waits_since,
      state.due_at,
      state.updated_at,
      state.satisfaction,
    ],
  });
  if (rows[0] === undefined) throw new RetryTransaction('an erasure came between');
  return rows[0];
}

/** Takes a person off all their cases; answers which those were. */
export async function unassignAll(
  tx: Tx,
  person: string,
  at: Date,
): Promise<Pick<CaseMeta, 'customer_id' | 'id' | 'store_id'>[]> {
  const { rows } = await tx.query<Pick<CaseMeta, 'customer_id' | 'id' | 'store_id'>>({
    name: 'case_unassign',
    text: `UPDATE bailee.cases SET assignee = NULL, updated_at = $2, version = version + 1
           WHERE assignee = $1 AND status <> 'closed' RETURNING customer_id, id, store_id`,
    values: [person, at],
  });
  return rows;
}

/** Whether an answer left. */
export async function markSent(
  tx: Tx,
  { customer, message }: { readonly customer: string; readonly message: string },
  sent: Sent,
): Promise<void> {
  await tx.query({
    name: 'case_answer_sent',
    text: `UPDATE bailee.case_message SET sent = $3 WHERE customer_id = $1 AND id = $2 AND kind = 'answer'`,
    values: [customer, message, sent],
  });
}
