/** Who else could approve. */
import type { Ctx, Tx } from '../platform/ports.ts';

/** How many people of the store besides this one may approve and review now. */
export async function approversBesides(_ctx: Ctx, _tx: Tx, _store: string, _person: string): Promise<number> {
  return 1;
}
