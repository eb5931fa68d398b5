/** Turns a decision that no customer's choice can change into an error: the caller asked wrongly, or may not ask. */
import { REASONS } from '../law/reasons.ts';
import type { Decision } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';

type Fault = {
  readonly code: 'evidence_required' | 'evidence_mismatch' | 'forbidden';
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
  [REASONS.unknownPurpose.rule, { code: 'forbidden', message: 'This purpose is not known.' }],
]);

/** Throws `evidence_required`, `evidence_mismatch` or `forbidden` when the caller is at fault. */
export function refuse(decision: Decision): void {
  if (decision.allowed) return;
  for (const { rule, source } of decision.because) {
    const fault = CALLER_RULES.get(rule);
    if (fault !== undefined) throw new BaileeError(fault.code, fault.message, { rule, source });
  }
}
