/** The house's own tables, written down a second time: who works for which purpose, with which evidence, seeing what. */
import { CLASSES, OPTIONAL_PURPOSES, PURPOSES } from '../../contract/names.ts';

export const ORACLE_ROLES = [
  'support',
  'order-desk',
  'marketing',
  'analyst',
  'privacy-officer',
  'security',
  'administrator',
  'auditor',
  'job',
  'subject',
] as const;
export type OracleRole = (typeof ORACLE_ROLES)[number];

const WORK: Readonly<Record<OracleRole, readonly string[]>> = {
  support: ['customer-service'],
  'order-desk': ['order-fulfilment', 'customer-service'],
  marketing: PURPOSES.filter((purpose) => purpose.startsWith('marketing-')),
  analyst: ['analytics', 'research'],
  'privacy-officer': PURPOSES,
  security: ['fraud-prevention'],
  administrator: [],
  auditor: [],
  job: PURPOSES,
  subject: ['customer-service', 'legal-duty'],
};

const EVIDENCE: Readonly<Record<string, readonly string[]>> = {
  'order-fulfilment': ['order'],
  'customer-service': ['case', 'order'],
  'fraud-prevention': ['case', 'order'],
  'legal-duty': ['request', 'order'],
};

export function worksFor(role: OracleRole): readonly string[] {
  return WORK[role];
}

export function optional(purpose: string): boolean {
  return (OPTIONAL_PURPOSES as readonly string[]).includes(purpose);
}

/** The kinds of evidence that carry a purpose; null where none is asked. */
export function evidenceFor(role: OracleRole, purpose: string): readonly string[] | null {
  if (role === 'job' || role === 'subject') return null;
  const served = EVIDENCE[purpose] ?? [];
  if (role === 'privacy-officer') return [...served, 'request', 'reason', 'break-glass'];
  return optional(purpose) ? null : [...served, 'break-glass'];
}

export const BASIS: Readonly<Record<string, string>> = {
  'order-fulfilment': 'contract',
  'customer-service': 'contract',
  'fraud-prevention': 'legitimate-interest',
  'legal-duty': 'legal-obligation',
};

type Sees = readonly [revealed: string, masked: string];
/** `class: sensitivities`, in initials: o ordinary, s sensitive, h highly sensitive. What is not named is withheld. */
const SEES: Readonly<Record<OracleRole, Readonly<Record<string, Sees>>>> = {
  support: { identity: ['o', 's'], contact: ['', 'os'], account: ['o', 's'], transaction: ['o', 's'] },
  'order-desk': { identity: ['o', 's'], contact: ['o', 's'], account: ['', 'os'], transaction: ['os', ''] },
  marketing: { identity: ['', 'o'], contact: ['', 'o'] },
  analyst: {},
  'privacy-officer': {
    identity: ['os', 'h'],
    contact: ['os', 'h'],
    account: ['os', 'h'],
    transaction: ['os', 'h'],
    behavior: ['o', 'sh'],
    biometric: ['', 'osh'],
    sensitive: ['', 'osh'],
  },
  security: {
    identity: ['o', 'sh'],
    contact: ['o', 'sh'],
    account: ['o', 'sh'],
    transaction: ['o', 'sh'],
    behavior: ['o', 'sh'],
    biometric: ['', 'osh'],
  },
  administrator: {},
  auditor: {},
  job: {
    identity: ['os', ''],
    contact: ['os', ''],
    account: ['os', ''],
    transaction: ['os', ''],
    behavior: ['o', 's'],
  },
  subject: {
    identity: ['os', 'h'],
    contact: ['os', 'h'],
    account: ['os', 'h'],
    transaction: ['os', 'h'],
    behavior: ['os', 'h'],
    biometric: ['', 'osh'],
    sensitive: ['os', 'h'],
  },
};

/** `class/initial` of all that a role may see so. */
export function sees(role: OracleRole, how: 'revealed' | 'masked'): string[] {
  return Object.entries(SEES[role]).flatMap(([dataClass, [revealed, masked]]) =>
    [...(how === 'revealed' ? revealed : masked)].map((initial) => `${dataClass}/${initial}`),
  );
}

/** `class/initial` of what a person of the role reads besides: on asking with a case or an order, or on approval. */
export const RAISED: Readonly<Record<'asked' | 'approved', Readonly<Partial<Record<OracleRole, string[]>>>>> =
  {
    asked: { support: ['contact/o', 'identity/o'] },
    approved: {
      security: ['identity/h', 'transaction/h'],
      'privacy-officer': CLASSES.map((dataClass) => `${dataClass}/h`),
    },
  };

/** Rules that stores add; each case names those in force. */
export const STORE_RULES = [
  { id: 'store.1', source: 'store', atMost: 'withheld', purposes: ['advertising', 'analytics'] },
  {
    id: 'store.2',
    source: 'store',
    atMost: 'withheld',
    roles: ['support', 'marketing'],
    classes: ['contact'],
  },
  { id: 'store.3', source: 'store', atMost: 'masked', classes: ['identity', 'transaction'] },
  { id: 'store.4', source: 'store', atMost: 'masked', sensitivities: ['sensitive'], roles: ['subject'] },
  { id: 'store.5', source: 'store', atMost: 'revealed' },
  {
    id: 'store.6',
    source: 'store',
    atMost: 'withheld',
    roles: ['job'],
    sensitivities: ['sensitive', 'highly-sensitive'],
  },
  { id: 'store.7', source: 'store', atMost: 'masked', purposes: [] },
  {
    id: 'store.8',
    source: 'store',
    atMost: 'withheld',
    roles: ['privacy-officer'],
    purposes: ['research', 'ai-training'],
  },
] as const;
