/** Turns a decision that no customer's choice can change into an error: the caller asked wrongly, or may not ask. */
import { REASONS } from '../law/reasons.ts';
import type { Decision } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';

type Fault = {
  readonly code: 'evidence_required' | 'evidence_mismatch' | 'forbidden' | 'person_known';
  readonly message: string;
};

/** Rules that speak of the caller, not of the customer. */
const CALLER_RULES: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  [
    REASONS.evidenceMissing.rule,
    { code: 'evidence_required', message: 'Name the evidence: a case, an order, a request or a reason.' },
  ],
  [
    REASONS.unknownEvidence.rule,
    { code: 'evidence_required', message: 'This kind of evidence is not known.' },
  ],
  [
    REASONS.evidenceDoesNotServe.rule,
    {
      code: 'evidence_required',
      message: 'This kind of evidence does not serve this purpose for your role.',
    },
  ],
  [
    REASONS.evidenceDoesNotHold.rule,
    {
      code: 'evidence_mismatch',
      message: 'The evidence does not exist, is closed, or is not of this customer.',
    },
  ],
  [REASONS.rolePurpose.rule, { code: 'forbidden', message: 'Your role may not act for this purpose.' }],
  [REASONS.unknownRole.rule, { code: 'forbidden', message: 'This role is not known.' }],
  [
    REASONS.relation.rule,
    { code: 'person_known', message: 'You know this person, so somebody else has to look.' },
  ],
  [
    REASONS.oneFactor.rule,
    { code: 'forbidden', message: 'A sign-in by one factor opens no data of customers.' },
  ],
  [REASONS.unknownPurpose.rule, { code: 'forbidden', message: 'This purpose is not known.' }],
]);

/**
 * Throws `evidence_required`, `evidence_mismatch`, `forbidden` or `person_known` when the caller is at fault, and
 * `training_required` when nothing but training is missing.
 * @param courses that the role asks for and that the person has not passed
 */
export function refuse(decision: Decision, courses: readonly string[] = []): void {
  if (decision.allowed) return;
  for (const { rule, source } of decision.because) {
    const fault = CALLER_RULES.get(rule);
    if (fault !== undefined) throw new BaileeError(fault.code, fault.message, { rule, source });
  }
  if (decision.because.every(({ rule }) => rule === REASONS.trainingMissing.rule))
    throw new BaileeError('training_required', 'Pass these courses first; your role asks for them.', {
      courses,
    });
}
