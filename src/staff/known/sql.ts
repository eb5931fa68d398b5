/** SQL on `bailee.known_person`. */
import { byteaArray, int2Array } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/ports.ts';

export interface KnownToken {
  readonly kind: number;
  readonly token: Buffer;
}

export interface KnownRow {
  readonly id: string;
  readonly relation: 'self' | 'declared';
  readonly kind: number;
  readonly declared_at: Date;
}

/** The stricter relation among those declared for any of the tokens; null: none is. */
export async function readRelation(
  tx: Tx,
  store: string,
  person: string,
  tokens: readonly KnownToken[],
): Promise<'self' | 'declared' | null> {
  const { rows } = await tx.query<{ relation: 'self' | 'declared' }>({
    name: 'known_relation',
    text: `SELECT k.relation FROM unnest($3::smallint[], $4::bytea[]) AS t (kind, token)
           JOIN bailee.known_person k ON k.store_id = $1 AND k.person_id = $2 AND k.kind = t.kind AND k.token = t.token
           ORDER BY k.relation DESC LIMIT 1`,
    values: [
      store,
      person,
      int2Array(tokens.map(({ kind }) => kind)),
      byteaArray(tokens.map(({ token }) => token)),
    ],
  });
  return rows[0]?.relation ?? null;
}

/** Declares a token; answers whether it was new. */
export async function writeKnown(
  tx: Tx,
  row: KnownToken & {
    readonly id: string;
    readonly store: string;
    readonly person: string;
    readonly relation: 'self' | 'declared';
    readonly at: Date;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'known_write',
    text: `INSERT INTO bailee.known_person (id, store_id, person_id, relation, kind, token, declared_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (store_id, person_id, kind, token) DO NOTHING`,
    values: [row.id, row.store, row.person, row.relation, row.kind, row.token, row.at],
  });
  return rowCount > 0;
}

export async function countKnown(tx: Tx, store: string, person: string): Promise<number> {
  const { rows } = await tx.query<{ count: string }>({
    name: 'known_count',
    text: 'SELECT count(*) FROM bailee.known_person WHERE store_id = $1 AND person_id = $2',
    values: [store, person],
  });
  return Number(rows[0]?.count ?? 0);
}

export async function readKnown(tx: Tx, store: string, person: string): Promise<KnownRow[]> {
  const { rows } = await tx.query<KnownRow>({
    name: 'known_read',
    text: `SELECT id, relation, kind, declared_at FROM bailee.known_person
           WHERE store_id = $1 AND person_id = $2 ORDER BY declared_at, id`,
    values: [store, person],
  });
  return rows;
}

/** What a person had declared, when they leave. */
export async function forgetKnown(tx: Tx, person: string): Promise<void> {
  await tx.query({ text: 'DELETE FROM bailee.known_person WHERE person_id = $1', values: [person] });
}

/** Whether a token is the address of somebody who works in the store: of the person, or of a colleague. */
export async function readColleague(
  tx: Tx,
  store: string,
  person: string,
  tokens: readonly Buffer[],
): Promise<'self' | 'colleague' | null> {
  const { rows } = await tx.query<{ self: boolean }>({
    name: 'known_colleague',
    text: `SELECT id = $2 AS self FROM bailee.person
           WHERE store_id = $1 AND state <> 'left' AND known_token = ANY($3::bytea[]) ORDER BY 1 DESC LIMIT 1`,
    values: [store, person, byteaArray(tokens)],
  });
  const [found] = rows;
  return found === undefined ? null : found.self ? 'self' : 'colleague';
}
