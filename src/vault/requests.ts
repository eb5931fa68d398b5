/** Requests of customers, and what was done about them. Kinds, states, days and ids; nobody's words. */
import type {
  Extension,
  Proof,
  Refusal,
  RequestChannel,
  RequestKind,
  RequestState,
} from '../../contract/requests.ts';
import type { Tx } from '../platform/ports.ts';

export interface RequestRow {
  readonly customer_id: string;
  readonly id: string;
  readonly store_id: string;
  readonly number: number;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly channel: RequestChannel;
  readonly region: string | null;
  readonly country: string | null;
  readonly zone: string;
  readonly received_at: Date;
  /** Days as `YYYY-MM-DD`. */
  readonly received_on: string;
  readonly acknowledge_on: string | null;
  readonly acknowledged_at: Date | null;
  readonly due_on: string;
  readonly due_at: Date;
  readonly extended_at: Date | null;
  readonly extended_because: Extension | null;
  readonly waits_since: Date | null;
  readonly waited: number;
  readonly proof: Proof | null;
  readonly proved_at: Date | null;
  readonly handler: string | null;
  readonly refused_because: Refusal | null;
  readonly ended_at: Date | null;
  readonly appealed_at: Date | null;
  readonly made_by: string | null;
  readonly version: number;
}

const ROW = `r.customer_id, r.id, r.store_id, r.number, r.kind, r.state, r.channel, r.region, r.country, r.zone, r.received_at,
  r.received_on::text, r.acknowledge_on::text, r.acknowledged_at, r.due_on::text, r.due_at, r.extended_at, r.extended_because,
  r.waits_since, r.waited, r.proof, r.proved_at, r.handler, r.refused_because, r.ended_at, r.appealed_at, r.made_by, r.version`;

/** Writes a new one, numbered; null when the id is taken. The counter of the store stays locked until the transaction ends. */
export async function addRequest(
  tx: Tx,
  row: Omit<RequestRow, 'number' | 'version'>,
): Promise<RequestRow | null> {
  const { rows: numbers } = await tx.query<{ next: number }>({
    name: 'request_number',
    text: `INSERT INTO bailee.request_number AS n (store_id, next) VALUES ($1, 2)
           ON CONFLICT (store_id) DO UPDATE SET next = n.next + 1 RETURNING next`,
    values: [row.store_id],
  });
  const { rows } = await tx.query<RequestRow>({
    name: 'request_add',
    text: `INSERT INTO bailee.request AS r (customer_id, id, store_id, number, kind, state, channel, region, country, zone,
             received_at, received_on, acknowledge_on, acknowledged_at, due_on, due_at, proof, proved_at, handler, made_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
           ON CONFLICT DO NOTHING RETURNING ${ROW}`,
    values: [
      ...[row.customer_id, row.id, row.store_id, numbers[0]!.next - 1, row.kind, row.state, row.channel],
      ...[row.region, row.country, row.zone, row.received_at, row.received_on, row.acknowledge_on],
      ...[row.acknowledged_at, row.due_on, row.due_at, row.proof, row.proved_at, row.handler, row.made_by],
    ],
  });
  return rows[0] ?? null;
}

/** Writes what changed, as the next version. */
export async function changeRequest(tx: Tx, row: RequestRow): Promise<RequestRow> {
  const { rows } = await tx.query<RequestRow>({
    name: 'request_change',
    text: `UPDATE bailee.request r SET state = $3, acknowledged_at = $4, due_on = $5, due_at = $6, extended_at = $7,
             extended_because = $8, waits_since = $9, waited = $10, proof = $11, proved_at = $12, handler = $13,
             refused_because = $14, ended_at = $15, appealed_at = $16, version = r.version + 1,
             -- Another last day is warned of anew.
             warned = CASE WHEN r.due_on = $5 THEN r.warned ELSE 0 END
           WHERE r.customer_id = $1 AND r.id = $2 RETURNING ${ROW}`,
    values: [
      ...[row.customer_id, row.id, row.state, row.acknowledged_at, row.due_on, row.due_at, row.extended_at],
      ...[row.extended_because, row.waits_since, row.waited, row.proof, row.proved_at, row.handler],
      ...[row.refused_because, row.ended_at, row.appealed_at],
    ],
  });
  return rows[0]!;
}

/** One of this store; null when there is none. */
export async function readRequestRow(
  tx: Tx,
  store: string,
  id: string,
  lock = false,
): Promise<RequestRow | null> {
  const { rows } = await tx.query<RequestRow>({
    name: lock ? 'request_lock' : 'request_read',
    text: `SELECT ${ROW} FROM bailee.request r WHERE r.id = $1 AND r.store_id = $2${lock ? ' FOR UPDATE' : ''}`,
    values: [id, store],
  });
  return rows[0] ?? null;
}

/** Of customers who belong together, newest first. */
export async function requestsOf(tx: Tx, customers: readonly string[]): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>({
    name: 'request_of',
    text: `SELECT ${ROW} FROM bailee.request r WHERE r.customer_id = ANY($1) ORDER BY r.received_at DESC, r.id LIMIT 200`,
    values: [customers],
  });
  return rows;
}

export interface PageOfRequests {
  readonly store: string;
  readonly show: 'open' | 'ended';
  readonly kind?: RequestKind;
  readonly state?: RequestState;
  readonly customers?: readonly string[];
  /** The last of the page before. */
  readonly after: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Open ones by their last day, ended ones newest first; each page is a short walk along an index. */
export async function pageOfRequests(tx: Tx, asked: PageOfRequests): Promise<RequestRow[]> {
  const open = asked.show === 'open';
  const by = open ? 'r.due_at' : 'r.ended_at';
  const values: unknown[] = [asked.store, asked.limit];
  const where = ['r.store_id = $1', `r.ended_at IS ${open ? '' : 'NOT '}NULL`];
  const add = (value: unknown) => `$${values.push(value)}`;
  if (asked.kind !== undefined) where.push(`r.kind = ${add(asked.kind)}`);
  if (asked.state !== undefined) where.push(`r.state = ${add(asked.state)}`);
  if (asked.customers !== undefined) where.push(`r.customer_id = ANY(${add(asked.customers)}::uuid[])`);
  if (asked.after !== null)
    where.push(`(${by}, r.id) ${open ? '>' : '<'} (${add(asked.after.at)}, ${add(asked.after.id)}::uuid)`);
  const way = open ? 'ASC' : 'DESC';
  const { rows } = await tx.query<RequestRow>({
    text: `SELECT ${ROW} FROM bailee.request r WHERE ${where.join(' AND ')} ORDER BY ${by} ${way}, r.id ${way} LIMIT $2`,
    values,
  });
  return rows;
}

export interface RequestCounts {
  readonly open: number;
  readonly overdue: number;
  readonly due_soon: number;
  readonly unproved: number;
  readonly unacknowledged: number;
}

/** Counts of what is not ended, each up to `most`. */
export async function countRequests(
  tx: Tx,
  store: string,
  { now, soon, most }: { readonly now: Date; readonly soon: Date; readonly most: number },
): Promise<RequestCounts> {
  const upTo = (also: string) =>
    `(SELECT count(*)::integer FROM (SELECT FROM bailee.request r
       WHERE r.store_id = $1 AND r.ended_at IS NULL${also} LIMIT $4) AS q)`;
  const { rows } = await tx.query<RequestCounts>({
    name: 'request_counts',
    text: `SELECT ${upTo('')} AS open, ${upTo(' AND r.due_at <= $2')} AS overdue,
             ${upTo(' AND r.due_at > $2 AND r.due_at <= $3')} AS due_soon,
             ${upTo(" AND r.state = 'received'")} AS unproved,
             ${upTo(' AND r.acknowledge_on IS NOT NULL AND r.acknowledged_at IS NULL')} AS unacknowledged`,
    values: [store, now, soon, most],
  });
  return rows[0]!;
}

export interface StepRow {
  readonly customer_id: string;
  readonly request_id: string;
  readonly id: string;
  readonly step: string;
  readonly by: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly occurred_at: Date;
  /** Where the ledger keeps it, a bigint; null: taken before this was kept. */
  readonly ledger_index: string | null;
}

export async function addStep(tx: Tx, row: StepRow): Promise<void> {
  await tx.query({
    name: 'request_step_add',
    text: `INSERT INTO bailee.request_step (customer_id, request_id, id, step, by, details, occurred_at, ledger_index)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      ...[row.customer_id, row.request_id, row.id, row.step, row.by],
      ...[JSON.stringify(row.details), row.occurred_at, row.ledger_index],
    ],
  });
}

/** In order. */
export async function stepsOf(
  tx: Tx,
  { customer_id, id }: Pick<RequestRow, 'customer_id' | 'id'>,
): Promise<StepRow[]> {
  const { rows } = await tx.query<StepRow>({
    name: 'request_steps',
    text: `SELECT customer_id, request_id, id, step, by, details, occurred_at, ledger_index FROM bailee.request_step
           WHERE customer_id = $1 AND request_id = $2 ORDER BY ledger_index NULLS FIRST, occurred_at, id`,
    values: [customer_id, id],
  });
  return rows;
}

export interface ProofStep {
  /** Whoever wrote it: a person, a key, an agent. Null: the customer, or the shop's platform. */
  readonly by: string | null;
  readonly proof: Proof;
}

/** How it was proved who asks, and who wrote it: the last to say so, in the order of the ledger. Null: nobody did. */
export async function proofOf(
  tx: Tx,
  { customer_id, id }: Pick<RequestRow, 'customer_id' | 'id'>,
): Promise<ProofStep | null> {
  const { rows } = await tx.query<ProofStep>({
    name: 'request_proof',
    text: `SELECT by, details->>'proof' AS proof FROM bailee.request_step
           WHERE customer_id = $1 AND request_id = $2 AND details ? 'proof'
           ORDER BY ledger_index DESC NULLS LAST, occurred_at DESC, id DESC LIMIT 1`,
    values: [customer_id, id],
  });
  return rows[0] ?? null;
}

export interface WarnedRow {
  readonly id: string;
  readonly store_id: string;
  readonly customer_id: string;
  /** 1: within a week; 2: within a day; 3: over. */
  readonly warned: number;
}

/** Moves a page of open requests on to the next warning of their last day; each comes out once for each. */
export async function warnRequests(
  tx: Tx,
  {
    now,
    day,
    week,
    page,
  }: { readonly now: Date; readonly day: Date; readonly week: Date; readonly page: number },
): Promise<WarnedRow[]> {
  const level = 'CASE WHEN r.due_at <= $1 THEN 3 WHEN r.due_at <= $2 THEN 2 ELSE 1 END';
  const { rows } = await tx.query<WarnedRow>({
    name: 'request_warn',
    text: `UPDATE bailee.request r SET warned = ${level} WHERE r.id IN (
             SELECT r.id FROM bailee.request r WHERE r.ended_at IS NULL AND r.due_at <= $3 AND r.warned < ${level}
             ORDER BY r.due_at, r.id LIMIT $4 FOR UPDATE SKIP LOCKED)
           RETURNING r.id, r.store_id, r.customer_id, r.warned`,
    values: [now, day, week, page],
  });
  return rows;
}

/** Restricts or frees customers who are locked for update; processing stops with the commit (GDPR Art 18). */
export async function restrict(tx: Tx, customers: readonly string[], at: Date | null): Promise<void> {
  await tx.query({
    name: 'request_restrict',
    text: `UPDATE bailee.customer SET restricted_at = CASE WHEN $2::timestamptz IS NULL THEN NULL
             ELSE COALESCE(restricted_at, $2) END WHERE id = ANY($1)`,
    values: [customers, at],
  });
}

/** Which of these fields of the customers came since then: numbers of the fields. */
export async function fieldsSince(
  tx: Tx,
  customers: readonly string[],
  fields: readonly number[],
  since: Date,
): Promise<number[]> {
  const { rows } = await tx.query<{ field_id: number }>({
    name: 'request_fields_since',
    text: `SELECT DISTINCT field_id FROM bailee.field_value
           WHERE customer_id = ANY($1) AND field_id = ANY($2) AND received_at > $3`,
    values: [customers, fields, since],
  });
  return rows.map((row) => row.field_id);
}

/** Ends what is open of customers who are erased in this transaction: what asked for it is fulfilled, the rest has no object. */
export async function endRequestsOf(
  tx: Tx,
  customers: readonly string[],
  { at, index }: { readonly at: Date; readonly index: number },
): Promise<void> {
  await tx.query({
    name: 'request_end_erased',
    text: `WITH ended AS (
             UPDATE bailee.request SET state = CASE kind WHEN 'erasure' THEN 'fulfilled' ELSE 'withdrawn' END,
               ended_at = $2, waits_since = NULL, version = version + 1
             WHERE customer_id = ANY($1) AND ended_at IS NULL RETURNING customer_id, id, state)
           INSERT INTO bailee.request_step (customer_id, request_id, id, step, by, details, occurred_at, ledger_index)
           SELECT customer_id, id, gen_random_uuid(), CASE state WHEN 'fulfilled' THEN 'fulfil' ELSE 'withdraw' END, NULL,
             '{"because":"erased"}', $2, $3 FROM ended`,
    values: [customers, at, index],
  });
}

/** Up to `most` customers of a store who are not erased, for when all of them go. */
export async function presentCustomers(tx: Tx, store: string, most: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'request_present_customers',
    text: 'SELECT id FROM bailee.customer WHERE store_id = $1 AND erased_at IS NULL ORDER BY id LIMIT $2',
    values: [store, most],
  });
  return rows.map((row) => row.id);
}
