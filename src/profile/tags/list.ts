/** The tags of a store. */
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { readTags, type TagRow } from '../../vault/tags.ts';

/** In force, by name. */
export async function listTags(ctx: GateCtx, { store }: Caller): Promise<TagRow[]> {
  return readTags(ctx.db, store);
}
