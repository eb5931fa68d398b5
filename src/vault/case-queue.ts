/** Which cases there are: lists, counts, numbers. Nothing that anybody wrote passes here. */
import type { CaseKind, CasePriority, CaseStatus, CaseTopic } from '../../contract/cases.ts';
import { IDENTIFIER_KINDS } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';
import { CASE_META, type CaseMeta } from './case-rows.ts';
import { members } from './identify.ts';

export interface CaseFilter {
  readonly store: string;
  /** One at least. */
  readonly statuses: readonly CaseStatus[];
  readonly kind?: CaseKind;
  readonly priority?: CasePriority;
  readonly topic?: CaseTopic;
  /** Null: those that nobody took. */
  readonly assignee?: string | null;
  readonly team?: string;
  /** Those who belong together. */
  readonly customers?: readonly string[];
}

export type CaseSort = 'due' | 'updated' | 'created';

const ORDERS: Readonly<Record<CaseSort, { readonly by: string; readonly way: 'ASC' | 'DESC' }>> = {
  // Cases with nothing due come last.
  due: { by: `COALESCE(c.due_at, 'infinity'::timestamptz)`, way: 'ASC' },
  updated: { by: 'c.updated_at', way: 'DESC' },
  created: { by: 'c.created_at', way: 'DESC' },
};

export interface PageOfCases {
  readonly sort: CaseSort;
  /** The last case of the page before. */
  readonly after: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

/** Where a case stands in an order: ISO 8601, or `infinity`. */
export function placeOf({ due_at, updated_at, created_at }: CaseMeta, sort: CaseSort): string {
  const at = { due: due_at, updated: updated_at, created: created_at }[sort];
  return at?.toISOString() ?? 'infinity';
}

/** Values of a statement, each named by its number when it is used. */
class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/** The statement of a page; not prepared, so that the planner sees which filters are set. */
export function pageStatement(filter: CaseFilter, { sort, after, limit }: PageOfCases) {
  const { by, way } = ORDERS[sort];
  const values = new Values();
  const where = conditions(values, filter);
  if (after !== null)
    where.push(
      `(${by}, c.id) ${way === 'ASC' ? '>' : '<'} (${values.add(after.at)}::timestamptz, ${values.add(after.id)}::uuid)`,
    );
  const most = values.add(limit);
  // Status by status, each along its index; of each a page at most.
  const text = `SELECT q.* FROM unnest(${values.add(filter.statuses)}::text[]) AS s (status), LATERAL (
      SELECT ${CASE_META}, ${by} AS place FROM bailee.cases c WHERE c.status = s.status AND ${where.join(' AND ')}
      ORDER BY ${by} ${way}, c.id ${way} LIMIT ${most}) AS q
    ORDER BY q.place ${way}, q.id ${way} LIMIT ${most}`;
  return { text, values: values.all };
}

export async function pageOfCases(tx: Tx, filter: CaseFilter, page: PageOfCases): Promise<CaseMeta[]> {
  return (await tx.query<CaseMeta>(pageStatement(filter, page))).rows;
}

/** A customer and who belongs together with them. */
export async function together(tx: Tx, customer: string): Promise<string[]> {
  return (await members(tx, [customer])).map((each) => each.member);
}

/** How many there are, and no more than `most`. */
export async function countCases(tx: Tx, filter: CaseFilter, most: number): Promise<number> {
  const values = new Values();
  const where = conditions(values, filter);
  const { rows } = await tx.query<{ count: string }>({
    text: `SELECT count(*) FROM (SELECT FROM bailee.cases c
             WHERE c.status = ANY(${values.add(filter.statuses)}) AND ${where.join(' AND ')} LIMIT ${values.add(most)}) AS q`,
    values: values.all,
  });
  return Number(rows[0]?.count ?? 0);
}

function conditions(values: Values, { store, kind, priority, topic, assignee, team, customers }: CaseFilter) {
  const where = [`c.store_id = ${values.add(store)}`];
  if (kind !== undefined) where.push(`c.kind = ${values.add(kind)}`);
  if (priority !== undefined) where.push(`c.priority = ${values.add(priority)}`);
  if (topic !== undefined) where.push(`c.topic = ${values.add(topic)}`);
  if (assignee === null) where.push('c.assignee IS NULL');
  else if (assignee !== undefined) where.push(`c.assignee = ${values.add(assignee)}`);
  if (team !== undefined) where.push(`c.team = ${values.add(team)}`);
  if (customers !== undefined) where.push(`c.customer_id = ANY(${values.add(customers)}::uuid[])`);
  return where;
}

export interface CaseCounts {
  readonly mine: number;
  readonly unassigned: number;
  readonly overdue: number;
  readonly due_today: number;
  readonly complaints: number;
  readonly waiting: number;
}

/** Counts of what is neither solved nor closed. `person`: whose are "mine"; null: nobody's. */
export async function countWork(
  tx: Tx,
  store: string,
  person: string | null,
  { now, midnight }: { readonly now: Date; readonly midnight: Date },
): Promise<CaseCounts> {
  const { rows } = await tx.query<CaseCounts>({
    name: 'case_work_counts',
    text: `SELECT count(*) FILTER (WHERE assignee = $2 AND status <> 'waiting')::integer AS mine,
             count(*) FILTER (WHERE assignee IS NULL AND status <> 'waiting')::integer AS unassigned,
             count(*) FILTER (WHERE due_at <= $3)::integer AS overdue,
             count(*) FILTER (WHERE due_at > $3 AND due_at < $4)::integer AS due_today,
             count(*) FILTER (WHERE kind = 'complaint' AND status <> 'waiting')::integer AS complaints,
             count(*) FILTER (WHERE status = 'waiting')::integer AS waiting
           FROM bailee.cases WHERE store_id = $1 AND status = ANY ('{new,open,waiting}')`,
    values: [store, person, now, midnight],
  });
  return rows[0]!;
}

export interface RatingCount {
  /** Its Monday, `2026-11-23`. */
  readonly week: string;
  /** Null: not rated. */
  readonly satisfaction: number | null;
  readonly cases: number;
}

/** Cases that came since, by ISO week of UTC and by what their customers gave. */
export async function countRatings(tx: Tx, store: string, since: Date): Promise<RatingCount[]> {
  const { rows } = await tx.query<RatingCount>({
    name: 'case_rating_counts',
    text: `SELECT to_char(date_trunc('week', created_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week, satisfaction,
             count(*)::integer AS cases
           FROM bailee.cases WHERE store_id = $1 AND created_at >= $2 GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [store, since],
  });
  return rows;
}

/** A case of this store; null when there is none. */
export async function caseById(tx: Tx, store: string, id: string): Promise<CaseMeta | null> {
  const { rows } = await tx.query<CaseMeta>({
    name: 'case_by_id',
    text: `SELECT ${CASE_META} FROM bailee.cases c WHERE c.id = $2 AND c.store_id = $1`,
    values: [store, id],
  });
  return rows[0] ?? null;
}

/** By Bailee's own number, and by the token of the shop's. */
export async function casesByNumber(
  tx: Tx,
  store: string,
  { number, token }: { readonly number: number | null; readonly token: Buffer | null },
): Promise<CaseMeta[]> {
  const { rows } = await tx.query<CaseMeta>({
    name: 'case_by_number',
    text: `SELECT ${CASE_META} FROM bailee.cases c WHERE c.store_id = $1 AND (c.number = $2 OR c.id =
             (SELECT i.target_id FROM bailee.identifier i WHERE i.store_id = $1 AND i.kind = $3 AND i.token = $4))
           ORDER BY c.number = $2 DESC`,
    values: [store, number, IDENTIFIER_KINDS.case, token],
  });
  return rows;
}

/** The order that a number names, if it is of one of these customers. */
export async function orderOf(
  tx: Tx,
  store: string,
  token: Buffer,
  customers: readonly string[],
): Promise<string | null> {
  const { rows } = await tx.query<{ target_id: string | null }>({
    name: 'case_order',
    text: `SELECT target_id FROM bailee.identifier WHERE store_id = $1 AND kind = $2 AND token = $3 AND customer_id = ANY($4)`,
    values: [store, IDENTIFIER_KINDS.order, token, customers],
  });
  return rows[0]?.target_id ?? null;
}
