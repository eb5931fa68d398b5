/** Finding: from an identifier to a masked customer. It shows something of a person, so it is an opening like any other. */
import { IDENTIFIER_KINDS, type IdentifierKind, type Purpose } from '../../contract/names.ts';
import { mask } from '../anonymize/mask.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { identifierToken } from '../keys/blind.ts';
import { decide } from '../law/decide.ts';
import { BaileeError, isBaileeError } from '../platform/errors.ts';
import { relationTo } from '../staff/known/relation.ts';
import { lookUp, lookUpEvidence, members, tokenName } from '../vault/identify.ts';
import { type Actor, roleOf } from './actor.ts';
import { raise } from './alert.ts';
import type { AnsweredField } from './answer.ts';
import { conditionsOf, personKnown } from './conditions.ts';
import type { GateCtx } from './context.ts';
import { type Evidence, evidenceToken, weigh } from './evidence.ts';
import { open } from './open.ts';
import { refuse } from './refuse.ts';

export interface FindInput {
  readonly actor: Actor;
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string };
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
}

export interface FoundCustomer {
  readonly id: string;
  /** What tells the caller that this is the right one; masked, whatever the role may see elsewhere. */
  readonly masked: {
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

const SHOWN = [
  'identity.name',
  'identity.firstName',
  'identity.lastName',
  'contact.email',
  'contact.phone',
] as const;
/**
 * Finds customers by e-mail, phone, user id, device id, order or case number. A customer whom
 * the evidence is not of is not found. Throws as `open` does, and `invalid_identifier`.
 */
export async function find(ctx: GateCtx, input: FindInput): Promise<FoundCustomer[]> {
  const { kind, value } = input.identifier;
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${kind}.`, { why: normalized.why });
  const store = input.actor.store;
  const token = identifierToken(ctx, store, kind, normalized.value);
  const found = (await lookUp(ctx.db, store, [{ kind, token }])).get(
    tokenName(IDENTIFIER_KINDS[kind], token),
  );
  if (found === undefined) {
    await needStranger(ctx, input, { kind: IDENTIFIER_KINDS[kind], token });
    return nobody(ctx, input);
  }
  const root = (await members(ctx.db, [found.customer]))[0]?.root ?? found.customer;
  const { actor, purpose, evidence } = input;
  const asked = { actor, customer: root, purpose, fields: SHOWN, evidence };
  const opened = await open(ctx, asked).catch((error: unknown) => {
    if (isBaileeError(error, 'evidence_mismatch')) return null;
    throw error;
  });
  if (opened === null) return nobody(ctx, input);
  // Without evidence, what may not be used for the purpose is not there.
  const withheld = Object.values(opened.fields).every((field) => field.state === 'withheld');
  if (withheld && evidence === null) return [];
  return [{ id: root, masked: maskedOf(opened.fields), opening: opened.opening }];
}

/** Whom a person declared is refused whether or not there is such a customer, and is seen by those who watch. Throws `person_known`. */
async function needStranger(
  ctx: GateCtx,
  { actor }: FindInput,
  token: { readonly kind: number; readonly token: Buffer },
): Promise<void> {
  if (actor.type !== 'person') return;
  const known = await ctx.db.transaction(async (tx) => {
    const relation = await relationTo(ctx, tx, { person: actor.id, store: actor.store }, [token]);
    if (relation !== null) await raise(ctx, tx, { kind: 'person-known', person: actor, customer: null });
    return relation !== null;
  });
  if (known) throw personKnown();
}

/**
 * Nobody is found, or somebody whom the evidence is not of: the answer is the same, so that nobody learns from it
 * who is a customer. The caller is weighed as for anyone: role, purpose, and evidence that exists.
 */
async function nobody(ctx: GateCtx, { actor, purpose, evidence }: FindInput): Promise<FoundCustomer[]> {
  const token = evidenceToken(ctx, actor.store, evidence);
  const targets = await lookUpEvidence(ctx.db, token === null ? [] : [token]);
  const its = new Set([...targets.values()].map((target) => target.customer));
  // Somebody whom nobody is can be known to no one, and no glass was broken for them.
  const conditions = await conditionsOf(ctx, ctx.db, actor, { purpose, customers: [] });
  refuse(
    decide({
      role: roleOf(actor),
      purpose,
      ...(conditions === null ? {} : { caller: conditions.caller }),
      evidence: weigh(evidence, token, targets, its).found,
      customer: { choices: {}, restricted: false, retained: [], erased: false },
      fields: [],
      policy: ctx.policy,
    }),
    conditions?.courses,
  );
  return [];
}

function maskedOf(fields: Readonly<Record<string, AnsweredField>>): FoundCustomer['masked'] {
  const shown = (name: (typeof SHOWN)[number], as: 'name' | 'email' | 'phone'): string | null => {
    const field = fields[name];
    if (field === undefined || field.value === undefined || field.value === null) return null;
    return field.state === 'masked' ? String(field.value) : mask(as, field.value, 'en');
  };
  const name =
    shown('identity.name', 'name') ??
    ([shown('identity.firstName', 'name'), shown('identity.lastName', 'name')]
      .filter((part) => part !== null)
      .join(' ') ||
      null);
  return { name, email: shown('contact.email', 'email'), phone: shown('contact.phone', 'phone') };
}
