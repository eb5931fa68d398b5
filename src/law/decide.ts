import type { RetentionClass } from '../../contract/names.ts';
import { AUTHORITIES, type Authority, FIELD_FAULT } from './authority.ts';
import { evidenceFault } from './evidence.ts';
import { closesPurpose, type RuleInForce, rulesInForce, tighten } from './policy.ts';
import { PURPOSE_BASIS } from './purposes.ts';
import { REASONS } from './reasons.ts';
import type { Decision, FieldAnswer, FieldFacts, Question, Reason } from './types.ts';

const UNKNOWN_FIELD: readonly Reason[] = Object.freeze([REASONS.unknownField]);

function deny(question: Question, because: readonly Reason[]): Decision {
  return {
    allowed: false,
    because,
    fields: question.fields.map(({ name }) => ({ name, state: 'withheld', because })),
  };
}

/** Why this role has no authority at all for this purpose. */
function refusals(question: Question): readonly Reason[] {
  const unknownRole = !AUTHORITIES.has(question.role);
  const unknownPurpose = !PURPOSE_BASIS.has(question.purpose);
  if (!unknownRole && !unknownPurpose) return [REASONS.rolePurpose];
  const reasons: Reason[] = [];
  if (unknownRole) reasons.push(REASONS.unknownRole);
  if (unknownPurpose) reasons.push(REASONS.unknownPurpose);
  return reasons;
}

function choiceFault({ customer, purpose }: Question): Reason | null {
  // Own properties only: nothing inherited may pass for a choice.
  const choice = Object.hasOwn(customer.choices, purpose) ? customer.choices[purpose] : undefined;
  if (choice === 'granted') return null;
  if (choice !== 'refused') return REASONS.choiceAbsent;
  return purpose.startsWith('marketing-') ? REASONS.choiceRefusedMarketing : REASONS.choiceRefused;
}

/** Every reason why the purpose is shut for this customer now; empty when it is open. */
function obstacles(question: Question, authority: Authority, rules: readonly RuleInForce[]): Reason[] {
  const { customer, purpose } = question;
  const reasons: Reason[] = [];
  const evidence = evidenceFault(authority.evidence, question.evidence);
  if (evidence !== null) reasons.push(evidence);
  const choice = authority.needsChoice ? choiceFault(question) : null;
  if (choice !== null) reasons.push(choice);
  const legalDuty = purpose === 'legal-duty';
  if (customer.restricted !== false && !legalDuty && !authority.ownView) reasons.push(REASONS.restricted);
  if (customer.erased !== false && !legalDuty) reasons.push(REASONS.erased);
  for (const rule of rules) if (closesPurpose(rule)) reasons.push(rule.reason);
  return reasons;
}

function answer(field: FieldFacts, authority: Authority, retained: readonly RetentionClass[]): FieldAnswer {
  const { name } = field;
  const cell = authority.cells.get(field.class)?.get(field.sensitivity);
  if (cell === undefined) return { name, state: 'withheld', because: UNKNOWN_FIELD };
  let faults = 0;
  if (!authority.ownView && !field.purposes.includes(authority.purpose)) faults |= FIELD_FAULT.notForPurpose;
  if (!retained.includes(field.retention)) faults |= FIELD_FAULT.notKept;
  if (cell.state === 'masked' && field.maskable !== true) faults |= FIELD_FAULT.noMask;
  return { name, state: faults === 0 ? cell.state : 'withheld', because: cell.because[faults]! };
}

function tightened(field: FieldFacts, before: FieldAnswer, rules: readonly RuleInForce[]): FieldAnswer {
  const after = tighten(before, field, rules);
  if (after.state !== 'masked' || field.maskable === true) return after;
  return { name: after.name, state: 'withheld', because: [...after.because, REASONS.noMask] };
}

/**
 * May this role see these fields of this customer for this purpose? Pure: no clock, no I/O, no memory.
 * Default deny: a role, purpose, evidence, class, sensitivity or retention class that is not known
 * withholds. Answers come in the order of the fields, each with the rules and sources that made it so:
 * for `revealed` the legal basis and the role's ceiling, otherwise what masked or withheld it.
 * A field that would be masked, and has no known masked form, is withheld.
 * (GDPR art. 5, 6, 18, 25, 32.) Never throws on a well-typed question.
 */
export function decide(question: Question): Decision {
  const authority = AUTHORITIES.get(question.role)?.get(question.purpose);
  if (authority === undefined) return deny(question, refusals(question));
  const rules = rulesInForce(question.policy, question);
  const reasons = obstacles(question, authority, rules);
  if (reasons.length > 0) return deny(question, reasons);
  const { retained } = question.customer;
  const fields: FieldAnswer[] = [];
  for (const field of question.fields) {
    const before = answer(field, authority, retained);
    fields.push(rules.length === 0 ? before : tightened(field, before, rules));
  }
  return { allowed: true, because: authority.because, fields };
}
