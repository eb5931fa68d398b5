/** Whether a customer is the person who asks, a colleague, or somebody whom the person declared. */
import { IDENTIFIER_KINDS } from '../../../contract/names.ts';
import { knownToken } from '../../keys/blind.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { type KnownToken, readColleague, readRelation } from './sql.ts';

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
  const addresses = tokens
    .filter(({ kind }) => kind === IDENTIFIER_KINDS.email)
    .map(({ kind, token }) => knownToken(ctx, store, kind, token));
  const [declared, colleague] = await Promise.all([
    readRelation(tx, store, person, own),
    addresses.length === 0 ? null : readColleague(tx, store, person, addresses),
  ]);
  return colleague === 'self' ? 'self' : (declared ?? colleague);
}
