/** Links that let a person set a password: to join, and when every proof is lost. Works once. */

import type { Ctx, Tx } from '../../platform/ports.ts';
import { hashOf } from '../sessions/read.ts';
import { OPERATOR } from './by.ts';

const DAY = 86_400_000;
const LASTS = { join: 7 * DAY, recover: DAY } as const;
/** In the place of a person's id: the operator of this machine. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

export interface MadeLink {
  /** For the end of the link, after `#`: a browser sends it to nobody. */
  readonly token: string;
  readonly until: Date;
}

export async function makeLink(
  ctx: Ctx,
  tx: Tx,
  {
    person,
    kind,
    madeBy,
  }: { readonly person: string; readonly kind: keyof typeof LASTS; readonly madeBy: string },
): Promise<MadeLink> {
  const token = ctx.random.bytes(32).toString('base64url');
  const until = new Date(ctx.clock.now() + LASTS[kind]);
  await tx.query({
    text: 'DELETE FROM bailee.invitation WHERE person_id = $1 AND used_at IS NULL',
    values: [person],
  });
  await tx.query({
    text: `INSERT INTO bailee.invitation (id, person_id, kind, hash, made_by, until) VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [ctx.random.id(), person, kind, hashOf(token), madeBy === OPERATOR ? NOBODY : madeBy, until],
  });
  return { token, until };
}

export interface LinkRow {
  readonly id: string;
  readonly person_id: string;
  readonly kind: 'join' | 'recover';
}

/** Null when it was used, is over, or never was. @param lock until the transaction ends */
export async function findLink(ctx: Ctx, tx: Tx, token: string, lock = false): Promise<LinkRow | null> {
  const { rows } = await tx.query<LinkRow>({
    text: `SELECT id, person_id, kind FROM bailee.invitation
           WHERE hash = $1 AND used_at IS NULL AND until > $2${lock ? ' FOR UPDATE' : ''}`,
    values: [hashOf(token), new Date(ctx.clock.now())],
  });
  return rows[0] ?? null;
}

export async function useLink(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await tx.query({
    text: 'UPDATE bailee.invitation SET used_at = $2 WHERE id = $1',
    values: [id, new Date(ctx.clock.now())],
  });
}
