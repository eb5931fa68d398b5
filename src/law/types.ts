/** The question that `decide()` answers, and its answer. Plain data in, plain data out. */
import type { DataClass, Purpose, RetentionClass, Role, Sensitivity } from '../../contract/names.ts';

export type EvidenceKind = 'case' | 'order' | 'request' | 'reason';

/** Evidence as the gate found it to be, not as the caller named it. */
export interface EvidenceFound {
  readonly kind: EvidenceKind;
  /** It exists, is current, and belongs to this customer. `reason` is true when one was given. */
  readonly holds: boolean;
}

export type ChoiceState = 'granted' | 'refused';

/** A field as the catalog declares it: only what weighs in a decision. */
export interface FieldFacts {
  readonly name: string;
  readonly class: DataClass;
  readonly sensitivity: Sensitivity;
  readonly purposes: readonly Purpose[];
  readonly retention: RetentionClass;
  /** False while no masked form is known (free text that `detect` has not read). */
  readonly maskable: boolean;
}

export interface CustomerFacts {
  /** The customer's standing choice per optional purpose; absent: never asked. */
  readonly choices: Readonly<Partial<Record<Purpose, ChoiceState>>>;
  /** GDPR art. 18: kept, not used, but for legal claims and the customer's own requests. */
  readonly restricted: boolean;
  /** Retention classes whose key still exists. */
  readonly retained: readonly RetentionClass[];
  /** True after an erasure: what is left is open to `legal-duty` alone. */
  readonly erased: boolean;
}

export interface Question {
  readonly role: Role | 'job' | 'subject';
  readonly purpose: Purpose;
  readonly evidence: EvidenceFound | null;
  readonly customer: CustomerFacts;
  readonly fields: readonly FieldFacts[];
  /** What the packs in force add; tightens only. The seam for policy packs. */
  readonly policy: Policy;
}

/** Rules in force besides the built-in ones; each may only tighten. */
export interface Policy {
  /** SHA-256 (hex) of the rules; recorded with each opening. */
  readonly hash: string;
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly id: string;
  /** Citation, e.g. `GDPR art. 6(1)(a)`. */
  readonly source: string;
  readonly purposes?: readonly Purpose[];
  readonly classes?: readonly DataClass[];
  readonly sensitivities?: readonly Sensitivity[];
  readonly roles?: readonly (Role | 'job' | 'subject')[];
  /** The most that may be shown where the rule applies. */
  readonly atMost: FieldState;
}

export type FieldState = 'revealed' | 'masked' | 'withheld';

export interface Reason {
  readonly rule: string;
  readonly source: string;
}

export interface FieldAnswer {
  readonly name: string;
  readonly state: FieldState;
  readonly because: readonly Reason[];
}

export interface Decision {
  /** False when the purpose is not open at all; then every field is withheld. */
  readonly allowed: boolean;
  readonly because: readonly Reason[];
  readonly fields: readonly FieldAnswer[];
}
