/** Declaring oneself or a relative, so that Bailee refuses to show them. */
import { IDENTIFIER_KINDS, type IdentifierKind, RETENTION_CLASSES } from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { identifierToken, knownToken } from '../../keys/blind.ts';
import { INSTALLATION, makeMissing, readRing } from '../../keys/ring.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { recordSoon } from '../../vault/record.ts';
import { countKnown, writeKnown } from './sql.ts';

/** A family with several addresses each; more than that is a list of somebody's. */
const MOST = 100;

export interface Declare {
  readonly person: string;
  readonly store: string;
  readonly relation: 'self' | 'declared';
  readonly identifier: {
    readonly kind: Extract<IdentifierKind, 'email' | 'phone' | 'userId'>;
    readonly value: string;
  };
}

/**
 * Keeps a keyed hash that only this person's look-ups are compared with; the value is kept nowhere. A second time
 * changes nothing, and the answer does not tell whether such a customer exists.
 * Throws `invalid_identifier`, `too_large`.
 */
export async function declareKnown(ctx: Ctx, input: Declare): Promise<void> {
  const { person, store, relation } = input;
  const { kind, value } = input.identifier;
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${kind}.`, { why: normalized.why });
  const number = IDENTIFIER_KINDS[kind];
  const token = knownToken(ctx, person, number, identifierToken(ctx, store, kind, normalized.value));
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    if ((await countKnown(tx, store, person)) >= MOST)
      throw new BaileeError('too_large', `Declare at most ${MOST} identifiers.`);
    const row = { id: ctx.random.id(), store, person, relation, kind: number, token, at: new Date(at) };
    if (!(await writeKnown(tx, row))) return;
    const ring = await readRing(ctx, tx, [INSTALLATION]);
    await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
    const entry = { v: 1, kind: 'known-person', at, store, person, relation };
    await recordSoon(ctx, tx, store, ring, [{ customer: INSTALLATION, kind: 'known-person', entry }]);
  });
}
