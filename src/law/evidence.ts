/** Which evidence shows that a purpose is really being served. A purpose asserted without it opens nothing. */
import type { Purpose } from '../../contract/names.ts';
import { needsChoice } from './purposes.ts';
import { REASONS } from './reasons.ts';
import type { ActingRole } from './roles.ts';
import type { EvidenceFound, EvidenceKind, Reason } from './types.ts';

const KINDS: ReadonlySet<string> = new Set([
  'case',
  'order',
  'request',
  'reason',
  'break-glass',
] satisfies EvidenceKind[]);

const SERVES_PURPOSE: Readonly<Partial<Record<Purpose, readonly EvidenceKind[]>>> = {
  'order-fulfilment': ['order'],
  'customer-service': ['case', 'order'],
  'fraud-prevention': ['case', 'order'],
  'legal-duty': ['request', 'order'],
};

/** What serves a role whatever the purpose. A reason alone serves the privacy officer; others must break glass. */
const SERVES_ROLE: Readonly<Partial<Record<ActingRole, readonly EvidenceKind[]>>> = {
  support: ['break-glass'],
  'order-desk': ['break-glass'],
  'privacy-officer': ['request', 'reason', 'break-glass'],
  security: ['break-glass'],
};

/**
 * The kinds of evidence of which `role` must bring one for `purpose`, or null where none is asked:
 * a job has no case, the customer is the evidence, and an optional purpose rests on the choice.
 */
export function evidenceNeeded(role: ActingRole, purpose: Purpose): ReadonlySet<string> | null {
  if (role === 'job' || role === 'subject') return null;
  const ofRole = SERVES_ROLE[role];
  if (ofRole === undefined && needsChoice(purpose)) return null;
  return new Set([...(SERVES_PURPOSE[purpose] ?? []), ...(ofRole ?? [])]);
}

/** Why the evidence does not carry the purpose, or null when it does. Evidence that fails never passes as none. */
export function evidenceFault(
  needed: ReadonlySet<string> | null,
  found: EvidenceFound | null,
): Reason | null {
  if (found === null || found === undefined) return needed === null ? null : REASONS.evidenceMissing;
  if (!KINDS.has(found.kind)) return REASONS.unknownEvidence;
  if (found.holds !== true) return REASONS.evidenceDoesNotHold;
  if (needed !== null && !needed.has(found.kind)) return REASONS.evidenceDoesNotServe;
  return null;
}
