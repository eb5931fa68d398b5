/** Allow and deny cases as a table that a privacy officer can read and add to. */
import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../contract/names.ts';
import { decide } from './decide.ts';
import type { ActingRole } from './roles.ts';
import type { CustomerFacts, EvidenceFound, FieldFacts, FieldState } from './types.ts';

const EVERYDAY: readonly Purpose[] = [
  'order-fulfilment',
  'customer-service',
  'fraud-prevention',
  'legal-duty',
  'analytics',
  'marketing-email',
];

function field(name: string, facts: Partial<FieldFacts>): FieldFacts {
  return {
    name,
    class: 'identity',
    sensitivity: 'ordinary',
    purposes: EVERYDAY,
    retention: 'identity',
    maskable: true,
    ...facts,
  };
}

const FIELDS: Readonly<Record<string, FieldFacts>> = {
  name: field('identity.name', {}),
  'birth date': field('identity.birthDate', { sensitivity: 'sensitive' }),
  'national id': field('identity.nationalId', { sensitivity: 'highly-sensitive', retention: 'sensitive' }),
  phone: field('contact.phone', { class: 'contact' }),
  email: field('contact.email', { class: 'contact' }),
  'phone for shipping only': field('contact.phone', { class: 'contact', purposes: ['order-fulfilment'] }),
  'user id': field('account.userId', { class: 'account', retention: 'service' }),
  orders: field('transaction.orders', { class: 'transaction', retention: 'commerce' }),
  'telling basket': field('transaction.basket', {
    class: 'transaction',
    sensitivity: 'sensitive',
    retention: 'commerce',
  }),
  'payment account': field('transaction.iban', {
    class: 'transaction',
    sensitivity: 'highly-sensitive',
    retention: 'sensitive',
  }),
  'IP address': field('behavior.ipAddress', { class: 'behavior', retention: 'behavior' }),
  'unread note': field('contact.note', { class: 'contact', maskable: false }),
  health: field('sensitive.health', { class: 'sensitive', sensitivity: 'sensitive', retention: 'sensitive' }),
};

const holding = (kind: EvidenceFound['kind']): EvidenceFound => ({ kind, holds: true });
const EVIDENCE: Readonly<Record<string, EvidenceFound | null>> = {
  'her case': holding('case'),
  'her order': holding('order'),
  'her request': holding('request'),
  'a reason': holding('reason'),
  "another's case": { kind: 'case', holds: false },
  'a hunch': { kind: 'hunch' as 'case', holds: true },
  nothing: null,
};

const KEPT: CustomerFacts = {
  choices: {},
  restricted: false,
  retained: ['identity', 'commerce', 'behavior', 'service', 'sensitive'],
  erased: false,
};
const CUSTOMERS: Readonly<Record<string, CustomerFacts>> = {
  anyone: KEPT,
  'said yes to e-mail': { ...KEPT, choices: { 'marketing-email': 'granted' } },
  'said no to e-mail': { ...KEPT, choices: { 'marketing-email': 'refused' } },
  'said yes to analytics': { ...KEPT, choices: { analytics: 'granted' } },
  restricted: { ...KEPT, restricted: true },
  erased: { ...KEPT, erased: true, retained: ['commerce'] },
};

type Case = readonly [
  role: ActingRole | 'intern' | 'constructor',
  purpose: Purpose | 'curiosity' | '__proto__',
  evidence: keyof typeof EVIDENCE,
  customer: keyof typeof CUSTOMERS,
  field: keyof typeof FIELDS,
  state: FieldState,
  rule: string,
];

// biome-ignore format: a table, one case a line
const CASES: readonly Case[] = [
  // Support sees what the case needs.
  ['support', 'customer-service', 'her case', 'anyone', 'name', 'revealed', 'basis.contract'],
  ['support', 'customer-service', 'her order', 'anyone', 'name', 'revealed', 'basis.contract'],
  ['support', 'customer-service', 'her case', 'anyone', 'phone', 'masked', 'ceiling.support.contact.ordinary'],
  ['support', 'customer-service', 'her case', 'anyone', 'email', 'masked', 'ceiling.support.contact.ordinary'],
  ['support', 'customer-service', 'her case', 'anyone', 'user id', 'revealed', 'basis.contract'],
  ['support', 'customer-service', 'her case', 'anyone', 'orders', 'revealed', 'basis.contract'],
  ['support', 'customer-service', 'her case', 'anyone', 'telling basket', 'masked', 'ceiling.support.transaction.sensitive'],
  ['support', 'customer-service', 'her case', 'anyone', 'birth date', 'masked', 'ceiling.support.identity.sensitive'],
  ['support', 'customer-service', 'her case', 'anyone', 'IP address', 'withheld', 'ceiling.support.behavior.ordinary'],
  ['support', 'customer-service', 'her case', 'anyone', 'health', 'withheld', 'ceiling.support.sensitive.sensitive'],
  ['support', 'customer-service', 'her case', 'anyone', 'national id', 'withheld', 'ceiling.support.identity.highly-sensitive'],
  ['support', 'customer-service', 'her case', 'anyone', 'payment account', 'withheld', 'ceiling.support.transaction.highly-sensitive'],
  ['support', 'customer-service', 'her case', 'anyone', 'unread note', 'withheld', 'mask.none-known'],
  ['support', 'customer-service', 'her case', 'anyone', 'phone for shipping only', 'withheld', 'field.not-for-purpose'],
  // Support without the right evidence, or for another purpose, sees nothing.
  ['support', 'customer-service', 'nothing', 'anyone', 'name', 'withheld', 'evidence.missing'],
  ['support', 'customer-service', 'a reason', 'anyone', 'name', 'withheld', 'evidence.does-not-serve'],
  ['support', 'customer-service', "another's case", 'anyone', 'name', 'withheld', 'evidence.does-not-hold'],
  ['support', 'customer-service', 'a hunch', 'anyone', 'name', 'withheld', 'unknown.evidence'],
  ['support', 'legal-duty', 'her request', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  ['support', 'marketing-email', 'her case', 'said yes to e-mail', 'email', 'withheld', 'role.not-for-purpose'],
  // The order desk ships the parcel.
  ['order-desk', 'order-fulfilment', 'her order', 'anyone', 'phone', 'revealed', 'basis.contract'],
  ['order-desk', 'order-fulfilment', 'her order', 'anyone', 'phone for shipping only', 'revealed', 'basis.contract'],
  ['order-desk', 'order-fulfilment', 'her order', 'anyone', 'telling basket', 'revealed', 'basis.contract'],
  ['order-desk', 'order-fulfilment', 'her case', 'anyone', 'phone', 'withheld', 'evidence.does-not-serve'],
  ['order-desk', 'order-fulfilment', 'her order', 'anyone', 'national id', 'withheld', 'ceiling.order-desk.identity.highly-sensitive'],
  // Marketing rests on the choice, and sees masks.
  ['marketing', 'marketing-email', 'nothing', 'said yes to e-mail', 'email', 'masked', 'ceiling.marketing.contact.ordinary'],
  ['marketing', 'marketing-email', 'nothing', 'said no to e-mail', 'email', 'withheld', 'choice.refused'],
  ['marketing', 'marketing-email', 'nothing', 'anyone', 'email', 'withheld', 'choice.absent'],
  ['marketing', 'marketing-sms', 'nothing', 'said yes to e-mail', 'phone', 'withheld', 'choice.absent'],
  ['marketing', 'marketing-email', 'nothing', 'said yes to e-mail', 'birth date', 'withheld', 'sensitive.explicit-consent'],
  ['marketing', 'customer-service', 'her case', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  // Those who open nothing.
  ['analyst', 'analytics', 'nothing', 'said yes to analytics', 'orders', 'withheld', 'ceiling.analyst.transaction.ordinary'],
  ['administrator', 'customer-service', 'her case', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  ['administrator', 'legal-duty', 'a reason', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  ['auditor', 'legal-duty', 'her request', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  // The privacy officer acts for any purpose with a request or a reason, under the same choices.
  ['privacy-officer', 'legal-duty', 'her request', 'anyone', 'phone', 'revealed', 'basis.legal-obligation'],
  ['privacy-officer', 'legal-duty', 'a reason', 'anyone', 'phone', 'revealed', 'basis.legal-obligation'],
  ['privacy-officer', 'customer-service', 'a reason', 'anyone', 'phone', 'revealed', 'basis.contract'],
  ['privacy-officer', 'legal-duty', 'her request', 'anyone', 'national id', 'masked', 'ceiling.privacy-officer.identity.highly-sensitive'],
  ['privacy-officer', 'marketing-email', 'a reason', 'said yes to e-mail', 'email', 'revealed', 'basis.consent'],
  ['privacy-officer', 'marketing-email', 'a reason', 'said no to e-mail', 'email', 'withheld', 'choice.refused'],
  ['privacy-officer', 'marketing-email', 'nothing', 'said yes to e-mail', 'email', 'withheld', 'evidence.missing'],
  // Security looks into fraud.
  ['security', 'fraud-prevention', 'her order', 'anyone', 'IP address', 'revealed', 'basis.legitimate-interest'],
  ['security', 'fraud-prevention', 'her order', 'anyone', 'payment account', 'masked', 'ceiling.security.transaction.highly-sensitive'],
  ['security', 'fraud-prevention', 'her order', 'anyone', 'health', 'withheld', 'ceiling.security.sensitive.sensitive'],
  ['security', 'fraud-prevention', 'a reason', 'anyone', 'IP address', 'withheld', 'evidence.does-not-serve'],
  // Jobs act as their purpose does, without evidence.
  ['job', 'order-fulfilment', 'nothing', 'anyone', 'phone', 'revealed', 'basis.contract'],
  ['job', 'marketing-email', 'nothing', 'said yes to e-mail', 'email', 'revealed', 'basis.consent'],
  ['job', 'marketing-email', 'nothing', 'said no to e-mail', 'email', 'withheld', 'choice.refused'],
  ['job', 'analytics', 'nothing', 'said yes to analytics', 'telling basket', 'withheld', 'sensitive.explicit-consent'],
  ['job', 'order-fulfilment', 'nothing', 'anyone', 'national id', 'withheld', 'ceiling.job.identity.highly-sensitive'],
  ['job', 'order-fulfilment', "another's case", 'anyone', 'phone', 'withheld', 'evidence.does-not-hold'],
  // The customer's own view.
  ['subject', 'customer-service', 'nothing', 'anyone', 'phone', 'revealed', 'basis.contract'],
  ['subject', 'customer-service', 'nothing', 'anyone', 'phone for shipping only', 'revealed', 'basis.contract'],
  ['subject', 'legal-duty', 'nothing', 'restricted', 'phone', 'revealed', 'basis.legal-obligation'],
  ['subject', 'customer-service', 'nothing', 'restricted', 'phone', 'revealed', 'basis.contract'],
  ['subject', 'customer-service', 'nothing', 'anyone', 'national id', 'masked', 'ceiling.subject.identity.highly-sensitive'],
  ['subject', 'legal-duty', 'her request', 'anyone', 'national id', 'revealed', 'ceiling.raised-on-own-request'],
  ['subject', 'legal-duty', 'her request', 'erased', 'national id', 'withheld', 'retention.not-kept'],
  ['subject', 'fraud-prevention', 'nothing', 'anyone', 'name', 'withheld', 'role.not-for-purpose'],
  // A restricted customer is kept, not used.
  ['support', 'customer-service', 'her case', 'restricted', 'name', 'withheld', 'customer.restricted'],
  ['order-desk', 'order-fulfilment', 'her order', 'restricted', 'phone', 'withheld', 'customer.restricted'],
  ['job', 'order-fulfilment', 'nothing', 'restricted', 'phone', 'withheld', 'customer.restricted'],
  ['privacy-officer', 'legal-duty', 'her request', 'restricted', 'phone', 'revealed', 'basis.legal-obligation'],
  // After an erasure what a duty keeps is open to legal-duty alone.
  ['privacy-officer', 'legal-duty', 'her order', 'erased', 'orders', 'revealed', 'basis.legal-obligation'],
  ['privacy-officer', 'legal-duty', 'her order', 'erased', 'phone', 'withheld', 'retention.not-kept'],
  ['privacy-officer', 'customer-service', 'a reason', 'erased', 'orders', 'withheld', 'customer.erased'],
  ['support', 'customer-service', 'her order', 'erased', 'orders', 'withheld', 'customer.erased'],
  ['subject', 'customer-service', 'nothing', 'erased', 'orders', 'withheld', 'customer.erased'],
  ['job', 'order-fulfilment', 'nothing', 'erased', 'orders', 'withheld', 'customer.erased'],
  // What nobody declared.
  ['intern', 'customer-service', 'her case', 'anyone', 'name', 'withheld', 'unknown.role'],
  ['constructor', 'customer-service', 'her case', 'anyone', 'name', 'withheld', 'unknown.role'],
  ['support', 'curiosity', 'her case', 'anyone', 'name', 'withheld', 'unknown.purpose'],
  ['privacy-officer', '__proto__', 'a reason', 'anyone', 'name', 'withheld', 'unknown.purpose'],
];

describe('who sees what, for what, and by which rule', () => {
  it.each(CASES)('%s, for %s, with %s, customer %s: the %s is %s by %s', (...row) => {
    const [role, purpose, evidence, customer, name, state, rule] = row;
    const decision = decide({
      role: role as ActingRole,
      purpose: purpose as Purpose,
      evidence: EVIDENCE[evidence]!,
      customer: CUSTOMERS[customer]!,
      fields: [FIELDS[name]!],
      policy: { hash: '', rules: [] },
    });
    const [answer] = decision.fields;
    expect(answer?.state).toBe(state);
    expect(answer?.because.map((reason) => reason.rule)).toContain(rule);
  });
});

const SUPPORT = {
  role: 'support',
  purpose: 'customer-service',
  evidence: EVIDENCE['her case']!,
  customer: KEPT,
  fields: [FIELDS.name!, FIELDS.phone!],
} as const;

describe('what a policy pack adds', () => {
  it('masks what its rule says to mask, and names the rule and its source', () => {
    const rule = { id: 'xx.names', source: 'Act X s. 1', classes: ['identity'], atMost: 'masked' } as const;
    const [name] = decide({ ...SUPPORT, policy: { hash: '', rules: [rule] } }).fields;
    expect(name).toEqual({
      name: 'identity.name',
      state: 'masked',
      because: [{ rule: 'xx.names', source: 'Act X s. 1' }],
    });
  });

  it('cannot reveal what the built-in rules mask', () => {
    const rule = { id: 'xx.all', source: 'Act X s. 2', atMost: 'revealed' } as const;
    expect(decide({ ...SUPPORT, policy: { hash: '', rules: [rule] } })).toEqual(
      decide({ ...SUPPORT, policy: { hash: '', rules: [] } }),
    );
  });

  it('shuts a purpose when a rule withholds it for every class', () => {
    const rule = {
      id: 'xx.shut',
      source: 'Act X s. 3',
      purposes: ['customer-service'],
      atMost: 'withheld',
    } as const;
    const decision = decide({ ...SUPPORT, policy: { hash: '', rules: [rule] } });
    expect(decision.allowed).toBe(false);
    expect(decision.because).toEqual([{ rule: 'xx.shut', source: 'Act X s. 3' }]);
  });

  it('withholds where a rule says something nobody knows', () => {
    const rule = {
      id: 'xx.odd',
      source: 'Act X s. 4',
      classes: ['contact'],
      atMost: 'shown' as 'masked',
    } as const;
    const [, phone] = decide({ ...SUPPORT, policy: { hash: '', rules: [rule] } }).fields;
    expect(phone?.state).toBe('withheld');
  });

  it('withholds a field that a rule masks and that has no mask', () => {
    const note = { ...FIELDS.name!, maskable: false };
    const rule = { id: 'xx.names', source: 'Act X s. 1', roles: ['support'], atMost: 'masked' } as const;
    const [name] = decide({ ...SUPPORT, fields: [note], policy: { hash: '', rules: [rule] } }).fields;
    expect(name?.state).toBe('withheld');
    expect(name?.because.map((reason) => reason.rule)).toEqual(['xx.names', 'mask.none-known']);
  });
});

describe('the reasons', () => {
  it('name every obstacle at once', () => {
    const decision = decide({
      role: 'marketing',
      purpose: 'marketing-email',
      evidence: EVIDENCE["another's case"]!,
      customer: { choices: { 'marketing-email': 'refused' }, restricted: true, erased: true, retained: [] },
      fields: [],
      policy: { hash: '', rules: [] },
    });
    expect(decision.because.map((reason) => reason.rule)).toEqual([
      'evidence.does-not-hold',
      'choice.refused',
      'customer.restricted',
      'customer.erased',
    ]);
  });

  it('cite the right to object when marketing was refused', () => {
    const decision = decide({
      ...SUPPORT,
      role: 'marketing',
      purpose: 'marketing-email',
      evidence: null,
      customer: CUSTOMERS['said no to e-mail']!,
      policy: { hash: '', rules: [] },
    });
    expect(decision.because[0]?.source).toContain('21(3)');
  });

  it('name every fault of a field at once', () => {
    const odd = { ...FIELDS['unread note']!, purposes: [], retention: 'behavior' } as const;
    const customer = { ...KEPT, retained: [] };
    const [note] = decide({ ...SUPPORT, customer, fields: [odd], policy: { hash: '', rules: [] } }).fields;
    expect(note?.because.map((reason) => reason.rule)).toEqual([
      'field.not-for-purpose',
      'retention.not-kept',
      'ceiling.support.contact.ordinary',
      'mask.none-known',
    ]);
  });

  it('cannot be changed by whoever receives them', () => {
    const [name] = decide({ ...SUPPORT, policy: { hash: '', rules: [] } }).fields;
    for (const part of [name?.because, ...name!.because]) expect(Object.isFrozen(part)).toBe(true);
  });
});
