/** The names of `contract/requests.ts`, without its schemas; a test compares. */
import type {
  Extension,
  Proof,
  Refusal,
  RequestChannel,
  RequestKind,
  RequestState,
} from '../../../contract/requests.ts';

export const KINDS: readonly RequestKind[] = [
  'access',
  'portability',
  'correction',
  'erasure',
  'restriction',
  'objection',
  'withdrawal',
  'opt-out',
  'limit-sensitive',
  'human-review',
  'complaint',
];
/** Those in which a request is open, and those that end it. */
export const OPEN_STATES: readonly RequestState[] = [
  'received',
  'identity-checked',
  'in-progress',
  'extended',
  'appealed',
];
export const ENDED_STATES: readonly RequestState[] = ['fulfilled', 'refused', 'withdrawn'];
export const CHANNELS: readonly RequestChannel[] = ['center', 'mail', 'letter', 'phone', 'shop', 'import'];
export const PROOFS: readonly Proof[] = ['signed-in', 'caller', 'code', 'order', 'document', 'agent', 'shop'];
export const EXTENSIONS: readonly Extension[] = ['complex', 'many-requests'];
export const REFUSALS: readonly Refusal[] = [
  'identity-not-proved',
  'unfounded-or-excessive',
  'rights-of-others',
  'legal-duty',
  'legal-claims',
  'no-such-right',
  'nothing-held',
];
