/** Canned answers of the store. */
import type { Actor } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { needReader } from '../roles.ts';
import { type CannedRow, listCanned } from '../sql.ts';

/** By title. Throws `forbidden`. */
export async function listCannedAnswers(ctx: GateCtx, actor: Actor): Promise<CannedRow[]> {
  needReader(actor);
  return listCanned(ctx.db, actor.store);
}
