/** Finding a case by its number: our own, or the one of the shop's ticket. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { identifierToken } from '../keys/blind.ts';
import { casesByNumber } from '../vault/case-queue.ts';
import { type CaseItem, itemOf } from './item.ts';
import { needReader } from './roles.ts';

/** `1042` and `#1042` are ours. */
const OUR_NUMBER = /^#?(\d{1,9})$/;

/** None, one, or two: the same number may name one case here and another in the shop. Ours first. Throws `forbidden`. */
export async function findCase(
  ctx: GateCtx,
  { actor, number }: { readonly actor: Actor; readonly number: string },
): Promise<CaseItem[]> {
  needReader(actor);
  const ours = OUR_NUMBER.exec(number.trim())?.[1];
  const ticket = normalizeIdentifier('case', number);
  const token = ticket.ok ? identifierToken(ctx, actor.store, 'case', ticket.value) : null;
  const asked = { number: ours === undefined ? null : Number(ours), token };
  return (await casesByNumber(ctx.db, actor.store, asked)).map(itemOf);
}
