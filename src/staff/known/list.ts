/** What a person declared, as far as it can be told: kind and day, never the value. */
import { IDENTIFIER_KINDS } from '../../../contract/names.ts';
import type { Ctx } from '../../platform/ports.ts';
import type { Declare } from './declare.ts';
import { readKnown } from './sql.ts';

type KnownKind = Declare['identifier']['kind'];

export interface Known {
  readonly id: string;
  readonly relation: 'self' | 'declared';
  readonly kind: KnownKind;
  /** ISO 8601. */
  readonly declaredAt: string;
}

const KINDS = new Map(
  Object.entries(IDENTIFIER_KINDS).map(([kind, number]) => [number as number, kind as KnownKind]),
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
