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
  choiceStale: reason('choice.stale', 'GDPR art. 7(1), recital 42; PIPL art. 14(2)'),
  childParent: reason('child.parent-needed', 'GDPR art. 8(1); PIPL art. 31'),
  childOwn: reason('child.own-choice-needed', 'GDPR art. 7, 8(1), recital 65'),
  childClosed: reason('child.closed', 'Regulation 2022/2065 art. 28(2); national laws on minors'),
  objected: reason('objection.marketing', 'GDPR art. 21(2)-(3); PIPL art. 24'),
  objectionPending: reason('objection.pending', 'GDPR art. 18(1)(d), 21(1)'),
  objectionRefused: reason(
    'objection.refused',
    'GDPR art. 21(1): no objection to a contract or a legal duty',
  ),
  balancingMissing: reason('balancing.missing', 'GDPR art. 5(2), 6(1)(f)'),
  basisSwapped: reason('basis.swapped', 'GDPR art. 5(1)(a)-(b), 13(1)(c); PIPL art. 14(2), 17'),
  optOutSignal: reason('signal.opt-out', 'Cal. Civ. Code 1798.135; 11 CCR 7025; GDPR art. 21(5)'),
  destinationUnknown: reason('transfer.destination-unknown', 'GDPR art. 44; PIPL art. 38'),
  destinationClosed: reason('transfer.no-route', 'GDPR art. 44-49; PIPL art. 38'),
  destinationConsent: reason('transfer.separate-consent', 'PIPL art. 39'),
  held: reason('retention.held', 'GDPR art. 17(3)(e), 18(2)'),
  trainingMissing: reason('training.missing', 'GDPR art. 29, 32(4), 39(1)(b); PIPL art. 51(4)'),
  oneFactor: reason('sign-in.one-factor', 'GDPR art. 32(1)-(2), 25(2); PIPL art. 51'),
  stepUpMissing: reason('sign-in.step-up-missing', 'GDPR art. 9, 32(1)-(2); PIPL art. 28, 51'),
  relation: reason('relation.known', 'GDPR art. 5(1)(b), 29, 32(4); PIPL art. 51(4)'),
  asked: reason('ceiling.raised-on-asking', 'GDPR art. 5(2), 25(2), 29'),
  ownRequest: reason('ceiling.raised-on-own-request', 'GDPR art. 12(6), 15(3), 20; PIPL art. 45'),
  approved: reason('ceiling.raised-on-approval', 'GDPR art. 9, 25(2), 32(1), 87; PIPL art. 28'),
  approvalMissing: reason('approval.missing', 'GDPR art. 9, 25(2), 32(1), 87; PIPL art. 28'),
  explicitConsent: reason('sensitive.explicit-consent', 'GDPR art. 9(2)(a); PIPL art. 29'),
});
