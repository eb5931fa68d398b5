/**
 * The built-in rules that can withhold or tighten, each with its id and its source of law. Ids are
 * part of the outside surface: answers and ledger entries carry them, so they only grow.
 */
import type { Reason } from './types.ts';

function reason(rule: string, source: string): Reason {
  return Object.freeze({ rule, source });
}

export const REASONS = Object.freeze({
  unknownRole: reason('unknown.role', 'GDPR art. 25(2), 32(4)'),
  unknownPurpose: reason('unknown.purpose', 'GDPR art. 5(1)(b)'),
  unknownEvidence: reason('unknown.evidence', 'GDPR art. 5(2)'),
  unknownField: reason('unknown.field', 'GDPR art. 25(2)'),
  rolePurpose: reason('role.not-for-purpose', 'GDPR art. 29, 32(4); PIPL art. 51(4)'),
  evidenceMissing: reason('evidence.missing', 'GDPR art. 5(2), 32(4)'),
  evidenceDoesNotServe: reason('evidence.does-not-serve', 'GDPR art. 5(1)(b)'),
  evidenceDoesNotHold: reason('evidence.does-not-hold', 'GDPR art. 5(2)'),
  choiceAbsent: reason('choice.absent', 'GDPR art. 6(1)(a); PIPL art. 13, 14'),
  choiceRefused: reason('choice.refused', 'GDPR art. 7(3); PIPL art. 15'),
  choiceRefusedMarketing: reason('choice.refused', 'GDPR art. 7(3), 21(3); PIPL art. 15, 24'),
  restricted: reason('customer.restricted', 'GDPR art. 18(2); PIPL art. 44'),
  erased: reason('customer.erased', 'GDPR art. 17(1), 17(3)(b); PIPL art. 47'),
  notKept: reason('retention.not-kept', 'GDPR art. 5(1)(e); PIPL art. 19'),
  fieldPurpose: reason('field.not-for-purpose', 'GDPR art. 5(1)(b); PIPL art. 6'),
  noMask: reason('mask.none-known', 'GDPR art. 5(1)(c), 25(2)'),
  explicitConsent: reason('sensitive.explicit-consent', 'GDPR art. 9(2)(a); PIPL art. 29'),
});
