/** Whether a customer is the person who asks, a colleague, or somebody whom the person declared. */
import { knownToken } from '../../keys/blind.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { type KnownToken, readRelation } from './sql.ts';

export type Relation = 'self' | 'colleague' | 'declared';

/** @param tokens blind index tokens by which the customer is found; null: the person knows nobody of them */
export async function relationTo(
  ctx: Ctx,
  tx: Tx,
  { person, store }: { readonly person: string; readonly store: string },
  tokens: readonly KnownToken[],
): Promise<Relation | null> {
  if (tokens.length === 0) return null;
  const own = tokens.map(({ kind, token }) => ({ kind, token: knownToken(ctx, person, kind, token) }));
  return readRelation(tx, store, person, own);
}
