/** The question that `decide()` answers. */
import type { Purpose, Role } from '../../contract/names.ts';
import type { Rules } from './rules.ts';
import type {
  CallerFacts,
  CustomerFacts,
  Destination,
  EvidenceFound,
  FieldFacts,
  MessageFacts,
  Policy,
} from './types.ts';

export interface Question {
  readonly role: Role | 'job' | 'subject';
  readonly purpose: Purpose;
  readonly evidence: EvidenceFound | null;
  readonly customer: CustomerFacts;
  readonly fields: readonly FieldFacts[];
  /** What the store adds; tightens only. */
  readonly policy: Policy;
  /** The rules of the regimes that apply to this customer; absent: the built-in ones. */
  readonly rules?: Rules;
  /** Purposes with a current balancing record (GDPR art. 6(1)(f)). Weighed where `rules` ask for one. */
  readonly balanced?: readonly Purpose[];
  readonly message?: MessageFacts | null;
  /** Absent or null: the data stays where it is. */
  readonly destination?: Destination | null;
  /** Conditions of the person who asks; absent for keys, jobs and customers. */
  readonly caller?: CallerFacts;
}
