/** Which store an app at Shopify belongs to, and shops of which all shall go. */
import type { RedactionState } from '../../../contract/shopify.ts';
import type { Tx } from '../../platform/ports.ts';

export interface AppRow {
  readonly id: string;
  readonly store_id: string;
  readonly domain: string;
  readonly sealed: Buffer;
  readonly secrets: number;
}

export interface RedactionRow {
  readonly id: string;
  readonly store_id: string;
  readonly asked_at: Date;
  readonly state: RedactionState;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly ended_at: Date | null;
}

const APP = 'id, store_id, domain, sealed, secrets';
const REDACTION = 'id, store_id, asked_at, state, decided_by, decided_at, ended_at';

export async function appOfDomain(tx: Tx, domain: string): Promise<AppRow | null> {
  const { rows } = await tx.query<AppRow>({
    name: 'shopify_of_domain',
    text: `SELECT ${APP} FROM bailee.shopify_app WHERE domain = $1`,
    values: [domain],
  });
  return rows[0] ?? null;
}

export async function appOfStore(tx: Tx, store: string): Promise<AppRow | null> {
  const { rows } = await tx.query<AppRow>({
    name: 'shopify_of_store',
    text: `SELECT ${APP} FROM bailee.shopify_app WHERE store_id = $1`,
    values: [store],
  });
  return rows[0] ?? null;
}

/** Who set the secrets by which the platform's word is believed; null: nobody. */
export async function appSetter(tx: Tx, store: string): Promise<string | null> {
  const { rows } = await tx.query<{ set_by: string }>({
    name: 'shopify_set_by',
    text: 'SELECT set_by FROM bailee.shopify_app WHERE store_id = $1',
    values: [store],
  });
  return rows[0]?.set_by ?? null;
}

/** The id of what was there; null when nothing was. */
export async function removeApp(tx: Tx, store: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'shopify_remove',
    text: 'DELETE FROM bailee.shopify_app WHERE store_id = $1 RETURNING id',
    values: [store],
  });
  return rows[0]?.id ?? null;
}

/** False when another store has this domain. */
export async function addApp(
  tx: Tx,
  row: AppRow & { readonly set_by: string; readonly set_at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'shopify_add',
    text: `INSERT INTO bailee.shopify_app (id, store_id, domain, sealed, secrets, set_by, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values: [row.id, row.store_id, row.domain, row.sealed, row.secrets, row.set_by, row.set_at],
  });
  return rowCount === 1;
}

/** False when this message was taken before. */
export async function takeMessage(tx: Tx, store: string, token: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'shopify_take',
    text: `INSERT INTO bailee.message (store_id, token, received_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    values: [store, token, at],
  });
  return rowCount === 1;
}

export async function wasTaken(tx: Tx, store: string, token: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'shopify_taken',
    text: 'SELECT FROM bailee.message WHERE store_id = $1 AND token = $2',
    values: [store, token],
  });
  return rowCount === 1;
}

/** One that is not ended stands for all. */
export async function askRedaction(tx: Tx, id: string, store: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'redaction_ask',
    text: `INSERT INTO bailee.shop_redaction (id, store_id, asked_at, state) VALUES ($1, $2, $3, 'waiting')
           ON CONFLICT DO NOTHING`,
    values: [id, store, at],
  });
  return rowCount === 1;
}

export async function redactionsOf(tx: Tx, store: string): Promise<RedactionRow[]> {
  const { rows } = await tx.query<RedactionRow>({
    name: 'redaction_list',
    text: `SELECT ${REDACTION} FROM bailee.shop_redaction WHERE store_id = $1 ORDER BY id DESC LIMIT 50`,
    values: [store],
  });
  return rows;
}

/** False when it does not wait (any more). */
export async function decideRedaction(
  tx: Tx,
  row: Pick<RedactionRow, 'id' | 'store_id' | 'state'> & { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'redaction_decide',
    text: `UPDATE bailee.shop_redaction SET state = $3, decided_by = $4, decided_at = $5
           WHERE id = $1 AND store_id = $2 AND state = 'waiting'`,
    values: [row.id, row.store_id, row.state, row.by, row.at],
  });
  return rowCount === 1;
}

export async function confirmedRedactions(tx: Tx): Promise<RedactionRow[]> {
  const { rows } = await tx.query<RedactionRow>({
    name: 'redaction_confirmed',
    text: `SELECT ${REDACTION} FROM bailee.shop_redaction WHERE state = 'confirmed' ORDER BY decided_at`,
  });
  return rows;
}

export async function endRedaction(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query({
    name: 'redaction_end',
    text: `UPDATE bailee.shop_redaction SET state = 'done', ended_at = $2 WHERE id = $1`,
    values: [id, at],
  });
}
