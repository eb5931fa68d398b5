/** What a person declared, as far as it can be told: kind and day, never the value. */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../../contract/names.ts';
import type { Ctx } from '../../platform/ports.ts';
import { readKnown } from './sql.ts';

export interface Known {
  readonly id: string;
  readonly relation: 'self' | 'declared';
  readonly kind: IdentifierKind;
  /** ISO 8601. */
  readonly declaredAt: string;
}

const KINDS = new Map(
  Object.entries(IDENTIFIER_KINDS).map(([kind, number]) => [number as number, kind as IdentifierKind]),
);

export async function listKnown(
  ctx: Ctx,
  { person, store }: { readonly person: string; readonly store: string },
): Promise<Known[]> {
  const rows = await readKnown(ctx.db, store, person);
  return rows.map(({ id, relation, kind, declared_at: at }) => ({
    id,
    relation,
    kind: KINDS.get(kind)!,
    declaredAt: at.toISOString(),
  }));
}
