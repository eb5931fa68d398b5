/** What weighs in a decision, and its answer. Plain data in, plain data out; the question is in `question.ts`. */
import type { DataClass, Purpose, RetentionClass, Role, Sensitivity } from '../../contract/names.ts';

/** `break-glass`: an emergency that was announced, is being watched and will be reviewed. */
export type EvidenceKind = 'case' | 'order' | 'request' | 'reason' | 'break-glass';

/** Evidence as the gate found it to be, not as the caller named it. */
export interface EvidenceFound {
  readonly kind: EvidenceKind;
  /** It exists, is current, and belongs to this customer. `reason` is true when one was given. */
  readonly holds: boolean;
}

/** Who asks, where it is a person of the shop. Jobs, keys and customers have none. */
export interface CallerFacts {
  /** Every course that the role asks for is passed and not over. */
  readonly trained: boolean;
  /** How the session was signed in; `stepped-up`: proved again a moment ago. */
  readonly strength: 'one-factor' | 'two-factor' | 'stepped-up';
  /** The customer is the caller, a colleague, or somebody whom the caller declared. */
  readonly relation?: 'self' | 'colleague' | 'declared' | null;
  /** An explicit ask for named fields, with a reason. */
  readonly reveal?: boolean;
  /** Names of fields that a second person approved for this opening. */
  readonly approved?: readonly string[];
}

export type ChoiceState = 'granted' | 'refused';

/** Contract, duty and a balanced interest need no choice; consent does. */
export type LegalBasis = 'contract' | 'legal-obligation' | 'legitimate-interest' | 'consent';

/** Who made a choice. `both`: a child and a parent together. */
export type ChosenBy = 'self' | 'parent' | 'both';

/** `pending`: restricts until a balancing is recorded; `overridden`: one is recorded, and the interest outweighs. */
export type Objection = 'pending' | 'overridden';

/** An earlier sale, on which a soft opt-in may rest. */
export interface Sale {
  /** The customer could say no when the address was taken. */
  readonly optOutAtCollection: boolean;
}

/** The message that is to be sent. */
export interface MessageFacts {
  /** It speaks of the shop's own products, similar to those that were bought. */
  readonly similarProducts: boolean;
  /** It carries a way to say no. */
  readonly optOutIncluded: boolean;
}

/** Where the data would go, outside the country in which it is. */
export interface Destination {
  /** ISO 3166-1; null when it is not known. */
  readonly country: string | null;
  /** The route that covers the transfer, as the packs name it: `scc`, `standard-contract` …; null: none. */
  readonly route: string | null;
  /** The customer agreed to this transfer by itself (PIPL art. 39). */
  readonly separateConsent: boolean;
}

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
  /** In whole years; absent or null: not known, which counts as adult unless `childSignal`. */
  readonly age?: number | null;
  /** The store serves children, or a signal says that this is one: an unknown age is then a child's. */
  readonly childSignal?: boolean;
  /** Who made each choice; absent: the customer. */
  readonly chosenBy?: Readonly<Partial<Record<Purpose, ChosenBy>>>;
  /** Purposes whose choice is too old, or was made on a notice whose substance changed: a grant fails, a refusal holds. */
  readonly stale?: readonly Purpose[];
  readonly objections?: Readonly<Partial<Record<Purpose, Objection>>>;
  readonly sale?: Sale | null;
  /** Global Privacy Control or another signal against sale and sharing. */
  readonly optOutSignal?: boolean;
  /** The bases that were told when the data was collected; absent: those in force. */
  readonly collectedUnder?: Readonly<Partial<Record<Purpose, readonly LegalBasis[]>>>;
  /** Retention classes that are past their time and kept for a legal hold alone. */
  readonly held?: readonly RetentionClass[];
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
