/** What each role comes here for. The server decides; this only keeps away what it would refuse. */
import type { Purpose, Role } from '../../contract/names.ts';

const MARKETING: readonly Purpose[] = [
  'marketing-email',
  'marketing-sms',
  'marketing-phone',
  'marketing-push',
];

/** As `src/law/roles.ts` has it; a test compares. The privacy officer's own come first. */
export const PURPOSES_OF: Readonly<Record<Role, readonly Purpose[]>> = {
  support: ['customer-service'],
  'order-desk': ['order-fulfilment', 'customer-service'],
  marketing: MARKETING,
  analyst: ['analytics', 'research'],
  'privacy-officer': [
    'legal-duty',
    'customer-service',
    'order-fulfilment',
    'fraud-prevention',
    'analytics',
    'personalization',
    ...MARKETING,
    'advertising',
    'partner-sharing',
    'ai-training',
    'research',
  ],
  security: ['fraud-prevention'],
  administrator: [],
  auditor: [],
};

const is =
  (...roles: readonly Role[]) =>
  (role: Role): boolean =>
    roles.includes(role);

export const MAY = {
  find: is('support', 'order-desk', 'privacy-officer', 'security'),
  cases: is('support', 'order-desk', 'privacy-officer'),
  newCase: is('support', 'order-desk', 'privacy-officer'),
  /** As `src/gate/callers/ask.ts` has it. */
  checkCaller: is('support', 'order-desk', 'privacy-officer'),
  /** Have business with tags: they give them, define them, or check on it. */
  tags: is('support', 'order-desk', 'marketing', 'privacy-officer', 'auditor'),
  /** As `src/profile/tags/give.ts` has it, of those who open customers here. */
  giveTag: is('support', 'order-desk', 'privacy-officer'),
  defineTag: is('privacy-officer'),
  watch: is('privacy-officer', 'security'),
  staff: is('administrator', 'privacy-officer', 'security', 'auditor'),
  manageStaff: is('administrator'),
  reviewStaff: is('administrator', 'privacy-officer'),
  ledger: is('auditor', 'privacy-officer'),
  upkeep: is('administrator', 'privacy-officer'),
  /** Makes releases, and sees what they cost. */
  budgets: is('analyst', 'privacy-officer'),
  setBudget: is('privacy-officer'),
  releases: is('marketing', 'analyst', 'privacy-officer', 'security', 'administrator', 'auditor'),
  catalog: is('privacy-officer', 'administrator', 'auditor', 'security'),
  /** As `src/rights/requests/at-request.ts` has it; a test compares. */
  requests: is('support', 'order-desk', 'privacy-officer', 'auditor'),
  takeRequests: is('support', 'order-desk', 'privacy-officer'),
  decideRequests: is('privacy-officer'),
  reports: is('privacy-officer', 'auditor'),
  retention: is('privacy-officer', 'administrator', 'auditor'),
  notices: is('privacy-officer', 'administrator', 'auditor'),
  rates: is('privacy-officer', 'marketing', 'analyst'),
  publish: is('privacy-officer', 'administrator'),
  /** A reason in words is enough as evidence. */
  reasonAlone: is('privacy-officer'),
} as const;

/** What shows these purposes, as `src/law/evidence.ts` has it; a test compares. */
const SHOWN_BY: Readonly<Record<'order' | 'case', readonly Purpose[]>> = {
  order: ['order-fulfilment', 'customer-service', 'fraud-prevention', 'legal-duty'],
  case: ['customer-service', 'fraud-prevention'],
};

/** True where an order or a case is evidence enough for the purpose. */
export function shows(kind: 'order' | 'case', purpose: string): boolean {
  return SHOWN_BY[kind].some((each) => each === purpose);
}

/** Who works on a case, as `src/cases/roles.ts` has it: the privacy officer on complaints and privacy alone. */
export function worksOn(
  role: Role,
  { kind, topic }: { readonly kind: string; readonly topic: string },
): boolean {
  return role === 'privacy-officer' ? kind === 'complaint' || topic === 'privacy' : MAY.cases(role);
}
