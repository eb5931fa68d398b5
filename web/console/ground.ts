/** Why a customer is opened. Kept in the memory of this page alone: not in the address, and not in the history. */
import type { IdentifierKind } from '../../contract/names.ts';

export interface Looking {
  readonly kind: IdentifierKind;
  readonly value: string;
}

export const EVIDENCE_KINDS = ['order', 'case', 'reason'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly value: string;
}
export interface Ground {
  readonly purpose: string;
  /** Null: none is given. */
  readonly evidence: Evidence | null;
}

const grounds = new Map<string, Ground>();
let looking: Looking | null = null;

/** By id of the customer. */
export function keepGround(customer: string, ground: Ground): void {
  grounds.set(customer, ground);
}

export function groundFor(customer: string): Ground | null {
  return grounds.get(customer) ?? null;
}

/** What was typed elsewhere and is to be looked for on the next page. */
export function handOver(next: Looking): void {
  looking = next;
}

/** Once. */
export function takeOver(): Looking | null {
  const taken = looking;
  looking = null;
  return taken;
}

/** When nobody is signed in any more. */
export function forgetGrounds(): void {
  grounds.clear();
  looking = null;
}
