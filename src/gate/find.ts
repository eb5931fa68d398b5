/** Finding: from an identifier to a masked customer. It shows something of a person, so it is an opening like any other. */
import type { IdentifierKind, Purpose } from '../../contract/names.ts';
import { mask } from '../anonymize/mask.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { identifierToken } from '../keys/blind.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp, members, tokenName } from '../vault/identify.ts';
import type { Actor } from './actor.ts';
import type { AnsweredField } from './answer.ts';
import type { GateCtx } from './context.ts';
import type { Evidence } from './evidence.ts';
import { open } from './open.ts';

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
const KIND_NUMBER: Record<IdentifierKind, number> = {
  userId: 1,
  anonymousId: 2,
  email: 3,
  phone: 4,
  order: 5,
  case: 6,
};

/** Finds customers by e-mail, phone, user id, device id, order or case number. Throws as `open` does, and `invalid_identifier`. */
export async function find(ctx: GateCtx, input: FindInput): Promise<FoundCustomer[]> {
  const { kind, value } = input.identifier;
  const normalized = normalizeIdentifier(kind, value);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${kind}.`, { why: normalized.why });
  const store = input.actor.store;
  const token = identifierToken(ctx, store, kind, normalized.value);
  const found = (await lookUp(ctx.db, store, [{ kind, token }])).get(tokenName(KIND_NUMBER[kind], token));
  if (found === undefined) return [];
  const root = (await members(ctx.db, [found.customer]))[0]?.root ?? found.customer;
  const opened = await open(ctx, {
    actor: input.actor,
    customer: root,
    purpose: input.purpose,
    fields: SHOWN,
    evidence: input.evidence,
  });
  return [{ id: root, masked: maskedOf(opened.fields), opening: opened.opening }];
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
