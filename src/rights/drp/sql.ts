/** Agents of the Data Rights Protocol, what they asked, and how often they were refused. */
import type { DrpExercise, DrpRefusal } from '../../../contract/drp.ts';
import type { Tx } from '../../platform/ports.ts';

export interface AgentRow {
  readonly id: string;
  readonly store_id: string;
  /** `agent-id`. */
  readonly agent: string;
  readonly name: string;
  readonly verify_key: Buffer;
  readonly bearer_of: Date | null;
  readonly added_at: Date;
  /** `business-id` of its store; null: none is set. */
  readonly business: string | null;
}

export interface DrpRequestRow {
  readonly id: string;
  readonly store_id: string;
  readonly agent: string;
  readonly content: Buffer;
  readonly agent_request: string | null;
  readonly exercise: DrpExercise;
  readonly vouched: boolean;
  readonly request: string | null;
  readonly joined: boolean;
  readonly received_at: Date;
  readonly expected_by: Date;
  readonly revoked_at: Date | null;
}

const AGENT = `SELECT a.id, a.store_id, a.agent, a.name, a.verify_key, a.bearer_of, a.added_at, b.business
  FROM bailee.drp_agent a LEFT JOIN bailee.drp_business b USING (store_id) WHERE a.removed_at IS NULL`;
const REQUEST = `id, store_id, agent, content, agent_request, exercise, vouched, request, joined, received_at,
  expected_by, revoked_at`;

export async function agentOfBearer(tx: Tx, hash: Buffer): Promise<AgentRow | null> {
  const { rows } = await tx.query<AgentRow>({
    name: 'drp_of_bearer',
    text: `${AGENT} AND a.bearer = $1`,
    values: [hash],
  });
  return rows[0] ?? null;
}

/** Of all stores: the message says which business it is for. */
export async function agentsNamed(tx: Tx, agent: string): Promise<AgentRow[]> {
  const { rows } = await tx.query<AgentRow>({
    name: 'drp_named',
    text: `${AGENT} AND a.agent = $1 ORDER BY a.id`,
    values: [agent],
  });
  return rows;
}

export async function agentsOf(tx: Tx, store: string): Promise<AgentRow[]> {
  const { rows } = await tx.query<AgentRow>({
    name: 'drp_agents',
    text: `${AGENT} AND a.store_id = $1 ORDER BY a.id`,
    values: [store],
  });
  return rows;
}

/** Who made an agent of this store known, whether it is still or not. */
export async function agentAdder(tx: Tx, store: string, id: string): Promise<string | null> {
  const { rows } = await tx.query<{ added_by: string }>({
    name: 'drp_added_by',
    text: 'SELECT added_by FROM bailee.drp_agent WHERE store_id = $1 AND id = $2',
    values: [store, id],
  });
  return rows[0]?.added_by ?? null;
}

/** False when a message that is as new was taken before. */
export async function giveBearer(tx: Tx, id: string, hash: Buffer, of: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'drp_give_bearer',
    text: `UPDATE bailee.drp_agent SET bearer = $2, bearer_of = $3
           WHERE id = $1 AND removed_at IS NULL AND (bearer_of IS NULL OR bearer_of < $3)`,
    values: [id, hash, of],
  });
  return rowCount === 1;
}

export interface NewAgent {
  readonly id: string;
  readonly store_id: string;
  readonly agent: string;
  readonly name: string;
  readonly verify_key: Buffer;
  readonly added_by: string;
  readonly added_at: Date;
}

/** False when the store has one of this id. */
export async function addAgent(tx: Tx, row: NewAgent): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'drp_add_agent',
    text: `INSERT INTO bailee.drp_agent (id, store_id, agent, name, verify_key, added_by, added_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values: [row.id, row.store_id, row.agent, row.name, row.verify_key, row.added_by, row.added_at],
  });
  return rowCount === 1;
}

/** Its token opens nothing from then on. */
export async function removeAgent(tx: Tx, store: string, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'drp_remove_agent',
    text: `UPDATE bailee.drp_agent SET removed_at = $3, bearer = NULL
           WHERE id = $1 AND store_id = $2 AND removed_at IS NULL`,
    values: [id, store, at],
  });
  return rowCount === 1;
}

export async function businessOf(tx: Tx, store: string): Promise<string | null> {
  const { rows } = await tx.query<{ business: string }>({
    name: 'drp_business',
    text: 'SELECT business FROM bailee.drp_business WHERE store_id = $1',
    values: [store],
  });
  return rows[0]?.business ?? null;
}

/** False when another store goes by this name. */
export async function setBusiness(
  tx: Tx,
  store: string,
  { business, by, at }: { readonly business: string | null; readonly by: string; readonly at: Date },
): Promise<boolean> {
  await tx.query({
    name: 'drp_forget_business',
    text: 'DELETE FROM bailee.drp_business WHERE store_id = $1',
    values: [store],
  });
  if (business === null) return true;
  const { rowCount } = await tx.query({
    name: 'drp_set_business',
    text: `INSERT INTO bailee.drp_business (store_id, business, set_by, set_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
    values: [store, business, by, at],
  });
  return rowCount === 1;
}

/** False when the same message was taken before. */
export async function addDrpRequest(tx: Tx, row: DrpRequestRow): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'drp_add_request',
    text: `INSERT INTO bailee.drp_request (id, store_id, agent, content, agent_request, exercise, vouched, request, joined,
             received_at, expected_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    values: [
      ...[row.id, row.store_id, row.agent, row.content, row.agent_request, row.exercise, row.vouched],
      ...[row.request, row.joined, row.received_at, row.expected_by],
    ],
  });
  return rowCount === 1;
}

export async function readDrpRequest(tx: Tx, id: string): Promise<DrpRequestRow | null> {
  const { rows } = await tx.query<DrpRequestRow>({
    name: 'drp_request',
    text: `SELECT ${REQUEST} FROM bailee.drp_request WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function wasAsked(tx: Tx, agent: string, content: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'drp_was_asked',
    text: 'SELECT FROM bailee.drp_request WHERE agent = $1 AND content = $2',
    values: [agent, content],
  });
  return rowCount === 1;
}

export async function revokeDrpRequest(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query({
    name: 'drp_revoke',
    text: 'UPDATE bailee.drp_request SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1',
    values: [id, at],
  });
}

export async function countRefusal(tx: Tx, agent: string, reason: DrpRefusal, at: Date): Promise<void> {
  await tx.query({
    name: 'drp_count_refusal',
    text: `INSERT INTO bailee.drp_refusal AS r (agent, reason, day, count)
           VALUES ($1, $2, ($3::timestamptz AT TIME ZONE 'UTC')::date, 1)
           ON CONFLICT (agent, reason, day) DO UPDATE SET count = r.count + 1`,
    values: [agent, reason, at],
  });
}

export interface RefusalRow {
  readonly agent: string;
  readonly reason: DrpRefusal;
  readonly day: string;
  readonly count: number;
}

export async function refusalsOf(tx: Tx, store: string, since: Date): Promise<RefusalRow[]> {
  const { rows } = await tx.query<RefusalRow>({
    name: 'drp_refusals',
    text: `SELECT r.agent, r.reason, r.day::text, r.count FROM bailee.drp_refusal r JOIN bailee.drp_agent a ON a.id = r.agent
           WHERE a.store_id = $1 AND r.day >= $2::date ORDER BY r.day DESC, r.agent, r.reason LIMIT 1000`,
    values: [store, since],
  });
  return rows;
}

/** Forgets up to `page` of what agents asked before `before`, and the counts of those days; answers how many requests went. */
export async function expireDrp(tx: Tx, before: Date, page: number): Promise<number> {
  await tx.query({
    name: 'drp_expire_refusals',
    text: 'DELETE FROM bailee.drp_refusal WHERE day < $1::date',
    values: [before],
  });
  const { rowCount } = await tx.query({
    name: 'drp_expire_requests',
    text: `DELETE FROM bailee.drp_request WHERE id IN (
             SELECT id FROM bailee.drp_request WHERE expected_by < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    values: [before, page],
  });
  return rowCount;
}
