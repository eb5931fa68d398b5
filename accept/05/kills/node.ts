/** Nodes of the installation under the laws that come with Bailee, and what lies in its tables. */

import { lawInForce } from '../../../src/edge/cli/packs.ts';
import type { GateCtx } from '../../../src/gate/context.ts';
import { readConfig } from '../../../src/platform/config.ts';
import type { Database } from '../../../src/platform/ports.ts';
import { type Installation, startNode } from '../../crash/installation.ts';

const BEGIN = Date.UTC(2026, 10, 23, 9, 0, 0);

/** Read once. Where nobody is known to live, the law of the EU counts. */
const law = lawInForce(readConfig({ BAILEE_LAW: 'bailee', BAILEE_STRICTEST: 'EU-GDPR' }, null));

export interface Node {
  readonly ctx: GateCtx;
  /** Sets its clock to a deed: whoever tries again does so at the same time. */
  moveTo(deed: number): void;
}

/** Each life of a node has a name of its own. It begins before the first deed. */
export async function nodeOf(
  installation: Installation,
  name: string,
  around: (db: Database) => Database = (db) => db,
): Promise<Node> {
  let now = BEGIN;
  const ctx = await startNode(installation, { name, clock: { now: () => now } });
  return {
    ctx: { ...ctx, db: around(ctx.db), ...(law === null ? {} : { law }) },
    moveTo(deed) {
      now = BEGIN + (deed + 1) * 1_000;
    },
  };
}

/** 0: there is no such request. */
export async function versionOf({ look }: Installation, request: string): Promise<number> {
  const { rows } = await look.query<{ version: number }>({
    text: 'SELECT version FROM bailee.request WHERE id = $1',
    values: [request],
  });
  return rows[0]?.version ?? 0;
}

/** How many rows each table has. */
export async function countsOf({ look }: Installation): Promise<Map<string, number>> {
  const { rows: tables } = await look.query<{ name: string }>({
    text: `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind = 'r' AND n.nspname IN ('bailee', 'keys') ORDER BY 1`,
  });
  const union = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM ${name}`);
  const { rows } = await look.query<{ name: string; count: number }>({ text: union.join(' UNION ALL ') });
  return new Map(
    rows.map(({ name, count }): [string, number] => [name, count]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The request as it stands, its steps in their order, and what became of its customer; no ids, no times. */
export async function standingOf({ look }: Installation, request: string): Promise<string> {
  const { rows } = await look.query({
    text: `SELECT r.kind, r.state, r.channel, r.proof, r.refused_because, r.extended_because, r.waited, r.version, r.due_on::text,
             r.waits_since IS NULL AS goes_on, r.ended_at IS NULL AS open, r.appealed_at IS NULL AS taken, r.acknowledged_at IS NULL AS untold,
             r.handler, c.erased_at IS NULL AS known, c.restricted_at IS NULL AS free,
             (SELECT array_agg(concat_ws(' ', s.step, s.by, s.details, s.ledger_index IS NOT NULL) ORDER BY s.ledger_index)
              FROM bailee.request_step s WHERE s.request_id = r.id) AS steps,
             (SELECT count(DISTINCT s.ledger_index)::int FROM bailee.request_step s WHERE s.request_id = r.id) AS places,
             (SELECT array_agg(concat_ws(' ', h.purpose, h.state, h.how) ORDER BY h.purpose, h.state, h.how) FROM bailee.choice h
              WHERE h.customer_id = r.customer_id) AS choices
           FROM bailee.request r JOIN bailee.customer c ON c.id = r.customer_id WHERE r.id = $1`,
    values: [request],
  });
  return JSON.stringify(rows);
}

/** Whether every index from the first to the last has its entry. */
export async function isDense({ look }: Installation): Promise<boolean> {
  const { rows } = await look.query<{ dense: boolean }>({
    text: `SELECT count(*) = coalesce(max(index) + 1, 0) AND count(*) = count(DISTINCT index) AS dense
           FROM bailee.ledger_entry WHERE index IS NOT NULL`,
  });
  return rows[0]?.dense === true;
}
