/** Names in reports on paper. */
import type { Assessed } from '../../../contract/reports.ts';
import type { Refusal, RequestKind } from '../../../contract/requests.ts';

export const REQUEST_WORDS: Readonly<Record<RequestKind, string>> = {
  access: 'Access (to know)',
  portability: 'Portability',
  correction: 'Correction',
  erasure: 'Erasure (to delete)',
  restriction: 'Restriction',
  objection: 'Objection',
  withdrawal: 'Withdrawal of consent',
  'opt-out': 'Opt-out of sale or sharing',
  'limit-sensitive': 'Limit of sensitive data',
  'human-review': 'Human review',
  complaint: 'Complaint',
};

export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  'identity-not-proved': 'Who asked could not be proved',
  'unfounded-or-excessive': 'Manifestly unfounded or excessive',
  'rights-of-others': 'Rights of others',
  'legal-duty': 'A legal duty',
  'legal-claims': 'Legal claims',
  'no-such-right': 'No such right',
  'nothing-held': 'Nothing was held',
};

export const RECORD_WORDS: Readonly<Record<string, string>> = {
  behavior: 'Browsing events',
  sensitive: 'Sensitive values',
  visitors: 'Visitors',
  inactive: 'Inactive customers',
  cases: 'Closed cases',
  orders: 'Orders',
  quarantine: 'Events in quarantine',
  messages: 'Ids of messages',
  tombstones: 'Stops against what was erased',
  tags: 'Tags',
  'caller-checks': 'Checks of callers',
  choices: 'Choices and their proof',
  openings: 'Who looked at what',
  duty: 'until the last duty ends',
  never: 'no end',
  'own-date': 'until a date of its own, or with the customer',
};

export const MEASURE_WORDS: Readonly<Record<string, string>> = {
  'sealed-per-customer': 'Every value is sealed with AES-256-GCM under a key of its customer.',
  'one-gate': 'One gate opens data: for a role, a purpose and evidence; what is not needed is masked.',
  ledger: 'Every opening is an entry of a ledger that outsiders verify.',
  'two-factors': 'People sign in with two factors.',
  'second-person': 'Highly sensitive values and erasures need a second person.',
  training: 'Nobody opens data without having passed the courses of their role.',
  'key-destruction': 'Erasing destroys keys; what they sealed is noise at once.',
  'backups-sealed': 'Backups hold sealed values alone; their keys are apart and end with their epoch.',
  'human-review': 'Customers may ask for a review by a person.',
  'choice-first': 'Nothing is used for this before the customer agreed.',
};

export const ASSESSED_WORDS: Readonly<Record<Assessed, string>> = {
  sensitive: 'Sensitive personal information (Art. 55(1))',
  automated: 'Automated decisions (Art. 55(2))',
  'handing-on': 'Entrusting, providing or disclosing to others (Art. 55(3))',
  abroad: 'Providing it abroad (Art. 55(4))',
};
