/**
 * Conditions of the person who asks, beyond the role: trained, signed in strongly enough, a stranger to the customer.
 * They only tighten. Three things raise a ceiling, and nothing else does: an explicit ask for named fields with a case
 * or an order, a second person's approval of a named field, and the customer's own request once it is known who asked.
 */
import type { DataClass } from '../../contract/names.ts';
import type { Cell } from './authority.ts';
import type { Question } from './question.ts';
import { REASONS } from './reasons.ts';
import type { ActingRole } from './roles.ts';
import type { CallerFacts, FieldAnswer, FieldFacts, Reason } from './types.ts';

/**
 * Support works with masked contacts, and must now and then read one out or write to it: field by field, on a case.
 * Nobody else is raised: the order desk reads the label anyway, and a marketer never needs a single address.
 */
const REVEALED_ON_ASKING: Readonly<Partial<Record<ActingRole, readonly DataClass[]>>> = {
  support: ['identity', 'contact'],
};

/**
 * Who may read a highly sensitive field that a second person approved. The privacy officer answers requests and
 * incidents about any of them. Security compares an identity document or a payment account when somebody else used
 * it; a fingerprint or a diagnosis settles no fraud. All other work is done with the masked form or without.
 */
const REVEALED_ON_APPROVAL: Readonly<Partial<Record<ActingRole, readonly DataClass[]>>> = {
  'privacy-officer': [
    'identity',
    'contact',
    'account',
    'transaction',
    'behavior',
    'biometric',
    'sensitive',
  ] satisfies DataClass[],
  security: ['identity', 'transaction'],
};

/** Why this caller opens nothing of this customer; empty when nothing about the caller stands against it. */
export function callerFaults({ trained, strength, relation }: CallerFacts): readonly Reason[] {
  const faults: Reason[] = [];
  if (trained !== true) faults.push(REASONS.trainingMissing);
  if (strength !== 'two-factor' && strength !== 'stepped-up') faults.push(REASONS.oneFactor);
  if (relation !== undefined && relation !== null) faults.push(REASONS.relation);
  return faults;
}

/** True when an approval by a second person could reveal this field to the role. */
export function approvable(role: ActingRole, { class: dataClass, sensitivity }: FieldFacts): boolean {
  return sensitivity === 'highly-sensitive' && REVEALED_ON_APPROVAL[role]?.includes(dataClass) === true;
}

/** Why the field is revealed above the role's ceiling; null when it is not. What is barred stays barred. */
export function raised(question: Question, field: FieldFacts, cell: Cell): Reason | null {
  const { caller, role, evidence } = question;
  if (cell.state !== 'masked') return null;
  // That evidence which does not hold opens nothing was weighed before.
  if (role === 'subject' && evidence?.kind === 'request') return REASONS.ownRequest;
  if (caller === undefined) return null;
  if (approvable(role, field))
    return caller.approved?.includes(field.name) === true ? REASONS.approved : null;
  const asked = caller.reveal === true && field.sensitivity === 'ordinary';
  const served = evidence?.kind === 'case' || evidence?.kind === 'order';
  return asked && served && REVEALED_ON_ASKING[role]?.includes(field.class) === true ? REASONS.asked : null;
}

/** True when nothing but a second person's approval is lacking to reveal a field that is otherwise masked at most. */
export function lacksApproval({ caller, role }: Question, field: FieldFacts, cell: Cell): boolean {
  if (cell.state !== 'masked' || caller === undefined || !approvable(role, field)) return false;
  return caller.approved?.includes(field.name) !== true;
}

/** The answer as far as the sign-in carries it. */
export function underCaller(question: Question, field: FieldFacts, before: FieldAnswer): FieldAnswer {
  const { caller } = question;
  if (caller === undefined || field.sensitivity === 'ordinary') return before;
  const { name, state } = before;
  if (state !== 'revealed' || caller.strength === 'stepped-up') return before;
  if (field.maskable === true) return { name, state: 'masked', because: [REASONS.stepUpMissing] };
  return { name, state: 'withheld', because: [REASONS.stepUpMissing, REASONS.noMask] };
}
