import { type Authority, FIELD_FAULT } from './authority.ts';
import { callerFaults, lacksApproval, raised, underCaller } from './conditions.ts';
import { destinationFault } from './destination.ts';
import { evidenceFault } from './evidence.ts';
import { closesPurpose, type RuleInForce, rulesInForce, tighten } from './policy.ts';
import { PURPOSE_BASIS } from './purposes.ts';
import type { Question } from './question.ts';
import { REASONS } from './reasons.ts';
import { ROLE_PURPOSES } from './roles.ts';
import { BUILT_IN, type PurposeRule, type Rules } from './rules.ts';
import { objectionFault, objectionNote, standing } from './standing.ts';
import type { CustomerFacts, Decision, FieldAnswer, FieldFacts, Reason } from './types.ts';

const UNKNOWN_FIELD: readonly Reason[] = Object.freeze([REASONS.unknownField]);
const HELD: readonly Reason[] = Object.freeze([REASONS.held]);

function deny(question: Question, because: readonly Reason[]): Decision {
  return {
    allowed: false,
    because,
    fields: question.fields.map(({ name }) => ({ name, state: 'withheld', because })),
  };
}

/** Why this role has no authority at all for this purpose. */
function refusals(question: Question): readonly Reason[] {
  const unknownRole = !Object.hasOwn(ROLE_PURPOSES, question.role);
  const unknownPurpose = !PURPOSE_BASIS.has(question.purpose);
  if (!unknownRole && !unknownPurpose) return [REASONS.rolePurpose];
  const reasons: Reason[] = [];
  if (unknownRole) reasons.push(REASONS.unknownRole);
  if (unknownPurpose) reasons.push(REASONS.unknownPurpose);
  return reasons;
}

interface Weighed {
  readonly faults: readonly Reason[];
  readonly authority: Authority;
}

/** Every reason why the purpose is shut for this customer now; empty when it is open. */
function weigh(question: Question, known: Authority, rules: Rules, added: readonly RuleInForce[]): Weighed {
  const { customer, purpose } = question;
  const rule = rules.purposes.get(purpose);
  if (rule === undefined) return { faults: [REASONS.unknownPurpose], authority: known };
  const faults: Reason[] = [];
  let authority = known;
  const evidence = evidenceFault(known.evidence, question.evidence);
  if (evidence !== null) faults.push(evidence);
  if (rule.choice !== 'none') {
    const stands = standing(question, rule, rules);
    faults.push(...stands.faults);
    if (stands.withoutChoice) authority = rules.withoutChoice.get(known.role)?.get(purpose) ?? known;
  }
  basisFaults(question, rule, faults);
  const legalDuty = purpose === 'legal-duty';
  if (customer.restricted !== false && !legalDuty && !known.ownView) faults.push(REASONS.restricted);
  if (customer.erased !== false && !legalDuty) faults.push(REASONS.erased);
  const destination = destinationFault(question.destination, rules);
  if (destination !== null) faults.push(destination);
  for (const each of added) if (closesPurpose(each)) faults.push(each.reason);
  if (question.caller !== undefined) faults.push(...callerFaults(question.caller));
  return { faults, authority };
}

function basisFaults(question: Question, rule: PurposeRule, faults: Reason[]): void {
  const { customer, purpose, balanced } = question;
  if (rule.balancing && balanced?.includes(purpose) !== true) faults.push(REASONS.balancingMissing);
  const objection = objectionFault(question, rule);
  if (objection !== null) faults.push(objection);
  const told = customer.collectedUnder;
  if (told === undefined || !Object.hasOwn(told, purpose)) return;
  if (!rule.bases.every((basis) => told[purpose]?.includes(basis))) faults.push(REASONS.basisSwapped);
}

function answer(field: FieldFacts, authority: Authority, question: Question): FieldAnswer {
  const { name } = field;
  const { retained, held }: CustomerFacts = question.customer;
  if (held?.includes(field.retention) === true && authority.purpose !== 'legal-duty')
    return { name, state: 'withheld', because: HELD };
  const cell = authority.cells.get(field.class)?.get(field.sensitivity);
  if (cell === undefined) return { name, state: 'withheld', because: UNKNOWN_FIELD };
  let faults = 0;
  if (!authority.ownView && !field.purposes.includes(authority.purpose)) faults |= FIELD_FAULT.notForPurpose;
  if (!retained.includes(field.retention)) faults |= FIELD_FAULT.notKept;
  const above = faults === 0 ? raised(question, field, cell) : null;
  if (above !== null) return { name, state: 'revealed', because: [...authority.because, above] };
  const lacks = faults === 0 && lacksApproval(question, field, cell);
  if (cell.state === 'masked' && field.maskable !== true) faults |= FIELD_FAULT.noMask;
  const because = cell.because[faults]!;
  return {
    name,
    state: faults === 0 ? cell.state : 'withheld',
    because: lacks ? [...because, REASONS.approvalMissing] : because,
  };
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
 * `question.rules` are those of the regimes that apply (`compileRules`); without them the built-in ones hold.
 * `question.caller` holds the conditions of a person; they tighten, but for the two ways of `conditions.ts`.
 * (GDPR art. 5-8, 18, 21, 25, 32, 44.) Never throws on a well-typed question.
 */
export function decide(question: Question): Decision {
  const rules = question.rules ?? BUILT_IN;
  const known = rules.authorities.get(question.role)?.get(question.purpose);
  if (known === undefined) return deny(question, refusals(question));
  const added = rulesInForce(question.policy, question);
  const { faults, authority } = weigh(question, known, rules, added);
  if (faults.length > 0) return deny(question, faults);
  const fields: FieldAnswer[] = [];
  for (const field of question.fields) {
    const before = underCaller(question, field, answer(field, authority, question));
    fields.push(added.length === 0 ? before : tightened(field, before, added));
  }
  const note = objectionNote(question, rules.purposes.get(question.purpose)!);
  return { allowed: true, because: note === null ? authority.because : [...authority.because, note], fields };
}
