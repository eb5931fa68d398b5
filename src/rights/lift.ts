/** Lifting a suppression: a buyer who was erased comes back, and the shop's own server says so. The person starts clean. */
import { IDENTIFIER_KINDS, type IdentifierKind, RETENTION_CLASSES } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { Actor } from '../gate/actor.ts';
import { actorEntry } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import type { Evidence } from '../gate/evidence.ts';
import { needTrained } from '../gate/watchers.ts';
import { identifierToken, tombstoneToken } from '../keys/blind.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import { BaileeError } from '../platform/errors.ts';
import { liftTombstones } from '../vault/erase.ts';
import { recordNow } from '../vault/record.ts';
import { journalLift } from './journal.ts';

export interface LiftInput {
  /** The privacy officer, or the shop's server by its write key. */
  readonly actor: Actor | { readonly type: 'write-key'; readonly id: string; readonly store: string };
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
  readonly evidence: Evidence | null;
}

/**
 * Takes back the tombstones of the erasure that this identifier belongs to, so that the person can be a
 * customer again. False when nothing stopped it. Throws `forbidden`, `training_required`,
 * `invalid_identifier`, `evidence_required`.
 */
export async function lift(ctx: GateCtx, input: LiftInput): Promise<{ lifted: boolean }> {
  const { actor, identifier } = input;
  if (actor.type === 'job' || (actor.type !== 'write-key' && actor.role !== 'privacy-officer'))
    throw new BaileeError(
      'forbidden',
      'Only the shop’s server or the privacy officer may lift a suppression.',
    );
  if (input.evidence === null)
    throw new BaileeError('evidence_required', 'Name the evidence: an order, a case, a request or a reason.');
  const normalized = normalizeIdentifier(identifier.kind, identifier.value);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${identifier.kind}.`, {
      why: normalized.why,
    });
  const token = identifierToken(ctx, actor.store, identifier.kind, normalized.value);
  const stone = tombstoneToken(ctx, IDENTIFIER_KINDS[identifier.kind], token);
  const result = await ctx.db.transaction(async (tx) => {
    if (actor.type !== 'write-key') await needTrained(ctx, tx, actor);
    const lifted = await liftTombstones(tx, actor.store, stone);
    if (!lifted) return { lifted };
    const ring = await readRing(ctx, tx, [INSTALLATION]);
    await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
    const who = actor.type === 'write-key' ? { type: 'write-key', id: actor.id } : actorEntry(actor);
    const entry = {
      v: 1,
      kind: 'lift',
      at: ctx.clock.now(),
      store: actor.store,
      actor: who,
      identifier: identifier.kind,
      evidence: { kind: Object.keys(input.evidence!)[0]! },
    };
    await recordNow(ctx, tx, actor.store, ring, [{ customer: INSTALLATION, kind: 'lift', entry }]);
    return { lifted };
  });
  if (result.lifted) await journalLift(ctx, { store: actor.store, token: stone, at: ctx.clock.now() });
  return result;
}
