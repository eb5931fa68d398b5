import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLASSES,
  PURPOSES,
  RETENTION_CLASSES,
  type RetentionClass,
  SENSITIVITIES,
} from '../../contract/names.ts';
import { decide } from './decide.ts';
import type { Question } from './question.ts';
import { type ActingRole, ROLE_PURPOSES } from './roles.ts';
import type { CallerFacts, Decision, EvidenceKind, FieldFacts, FieldState } from './types.ts';

const LEVEL: Record<FieldState, number> = { revealed: 0, masked: 1, withheld: 2 };
const RETENTIONS = Object.keys(RETENTION_CLASSES) as RetentionClass[];
const KINDS: EvidenceKind[] = ['case', 'order', 'request', 'reason', 'break-glass'];
const NAMES = ['a', 'b', 'c'];
const PEOPLE = (Object.keys(ROLE_PURPOSES) as ActingRole[]).filter((role) => ROLE_PURPOSES[role].length > 0);

const field: fc.Arbitrary<FieldFacts> = fc.record({
  name: fc.constantFrom(...NAMES),
  class: fc.constantFrom(...CLASSES),
  sensitivity: fc.constantFrom(...SENSITIVITIES),
  purposes: fc.constant(PURPOSES),
  retention: fc.constantFrom(...RETENTIONS),
  maskable: fc.boolean(),
});

/** Questions that open but for the caller: what the caller changes is then seen. */
const questions: fc.Arbitrary<Question> = fc
  .record({
    acting: fc
      .constantFrom(...PEOPLE)
      .chain((role) => fc.tuple(fc.constant(role), fc.constantFrom(...ROLE_PURPOSES[role]))),
    evidence: fc.option(fc.record({ kind: fc.constantFrom(...KINDS), holds: fc.constant(true) })),
    fields: fc.array(field, { minLength: 1, maxLength: 6 }),
    masks: fc.boolean(),
  })
  .map(({ acting: [role, purpose], masks, ...rest }) => ({
    role,
    purpose,
    ...rest,
    customer: { choices: { [purpose]: 'granted' }, restricted: false, retained: RETENTIONS, erased: false },
    policy: {
      hash: '',
      rules: masks ? [{ id: 'shop.masks', source: 'shop', classes: ['contact'], atMost: 'masked' }] : [],
    },
  }));

const STRENGTHS = ['one-factor', 'two-factor', 'stepped-up'] as const;
const callers: fc.Arbitrary<CallerFacts> = fc.record({
  trained: fc.boolean(),
  strength: fc.constantFrom(...STRENGTHS),
  relation: fc.constantFrom(null, 'self', 'colleague', 'declared'),
  reveal: fc.boolean(),
  approved: fc.subarray(NAMES),
});
/** In good standing, so that what follows is met. */
const standing = callers.map((caller) => ({ ...caller, trained: true, relation: null }));

function opensNoMore(before: Decision, after: Decision): boolean {
  if (after.allowed && !before.allowed) return false;
  return after.fields.every(({ state }, at) => LEVEL[state] >= LEVEL[before.fields[at]!.state]);
}

/** The cells that a person may read above the role's ceiling, written down a second time. */
function mayRise({ role, evidence }: Question, caller: CallerFacts, facts: FieldFacts): boolean {
  if (facts.sensitivity === 'highly-sensitive') {
    const reads =
      role === 'privacy-officer' || (role === 'security' && /identity|transaction/.test(facts.class));
    return reads && caller.strength === 'stepped-up' && caller.approved!.includes(facts.name);
  }
  const contact = facts.sensitivity === 'ordinary' && /identity|contact/.test(facts.class);
  return role === 'support' && contact && caller.reveal === true && /case|order/.test(evidence?.kind ?? '');
}

describe('conditions of the person who asks', () => {
  it('only tighten, but for the fields that were asked for or approved', () => {
    fc.assert(
      fc.property(questions, callers, (question, caller) => {
        const before = decide(question);
        const after = decide({ ...question, caller });
        expect(!after.allowed || before.allowed).toBe(true);
        for (const [at, { state }] of after.fields.entries())
          if (!mayRise(question, caller, question.fields[at]!))
            expect(LEVEL[state]).toBeGreaterThanOrEqual(LEVEL[before.fields[at]!.state]);
      }),
    );
  });

  it('open nothing to who is not trained, has one factor, or knows the customer', () => {
    fc.assert(
      fc.property(
        questions,
        standing,
        fc.constantFrom<Partial<CallerFacts>>(
          { trained: false },
          { trained: undefined as unknown as boolean },
          { strength: 'one-factor' },
          { strength: 'password' as 'one-factor' },
          { relation: 'self' },
          { relation: 'cousin' as 'self' },
        ),
        (question, caller, fault) => {
          const { allowed, fields } = decide({ ...question, caller: { ...caller, ...fault } });
          return !allowed && fields.every(({ state }) => state === 'withheld');
        },
      ),
    );
  });

  it('open no less to a stronger sign-in, a further approval, an explicit ask, or training', () => {
    const more: readonly ((caller: CallerFacts) => CallerFacts)[] = [
      (caller) => ({ ...caller, strength: 'stepped-up' }),
      (caller) => ({ ...caller, approved: NAMES }),
      (caller) => ({ ...caller, reveal: true }),
      (caller) => ({ ...caller, trained: true }),
      (caller) => ({ ...caller, relation: null }),
    ];
    fc.assert(
      fc.property(questions, callers, fc.constantFrom(...more), (question, caller, stronger) =>
        opensNoMore(decide({ ...question, caller: stronger(caller) }), decide({ ...question, caller })),
      ),
    );
  });

  it('show what is sensitive masked at most until the sign-in is proved anew, and say so', () => {
    fc.assert(
      fc.property(questions, standing, (question, caller) => {
        const { fields } = decide({ ...question, caller: { ...caller, strength: 'two-factor' } });
        const open = decide({ ...question, caller: { ...caller, strength: 'stepped-up' } }).fields;
        for (const [at, { state, because }] of fields.entries()) {
          if (question.fields[at]!.sensitivity === 'ordinary') continue;
          expect(state).not.toBe('revealed');
          if (open[at]!.state === 'revealed' && state === 'masked' && question.policy.rules.length === 0)
            expect(because.map(({ rule }) => rule)).toContain('sign-in.step-up-missing');
        }
      }),
    );
  });

  it('never reveal what is highly sensitive without an approval that names the field', () => {
    fc.assert(
      fc.property(questions, callers, (question, caller) =>
        decide({ ...question, caller }).fields.every(
          ({ name, state }, at) =>
            question.fields[at]!.sensitivity !== 'highly-sensitive' ||
            state !== 'revealed' ||
            caller.approved!.includes(name),
        ),
      ),
    );
  });
});

const FACTS = { purposes: PURPOSES, retention: 'identity', maskable: true } as const;
const PHONE: FieldFacts = { ...FACTS, name: 'phone', class: 'contact', sensitivity: 'ordinary' };
const BIRTH: FieldFacts = { ...FACTS, name: 'birth', class: 'identity', sensitivity: 'sensitive' };
const PASSPORT: FieldFacts = {
  ...FACTS,
  name: 'passport',
  class: 'identity',
  sensitivity: 'highly-sensitive',
};

/** What a person sees of one field, and the first rule that made it so; `-` where nothing opens. */
function sees(
  role: ActingRole,
  kind: EvidenceKind,
  facts: FieldFacts,
  caller: Partial<CallerFacts>,
  purpose = ROLE_PURPOSES[role][0]!,
): string {
  const { allowed, because, fields } = decide({
    role,
    purpose: role === 'privacy-officer' ? 'customer-service' : purpose,
    evidence: { kind, holds: true },
    customer: { choices: {}, restricted: false, retained: RETENTIONS, erased: false },
    fields: [facts],
    policy: { hash: '', rules: [] },
    caller: { trained: true, strength: 'two-factor', ...caller },
  });
  return allowed ? `${fields[0]!.state} ${fields[0]!.because.at(-1)!.rule}` : `- ${because[0]!.rule}`;
}

describe('a person of the shop', () => {
  const up = { strength: 'stepped-up' } as const;
  const rows = [
    ['support', 'case', PHONE, {}, 'masked ceiling.support.contact.ordinary'],
    ['support', 'case', PHONE, { reveal: true }, 'revealed ceiling.raised-on-asking'],
    ['support', 'order', PHONE, { reveal: true }, 'revealed ceiling.raised-on-asking'],
    ['support', 'break-glass', PHONE, { reveal: true }, 'masked ceiling.support.contact.ordinary'],
    ['support', 'reason', PHONE, {}, '- evidence.does-not-serve'],
    ['support', 'case', BIRTH, { reveal: true, ...up }, 'masked ceiling.support.identity.sensitive'],
    [
      'support',
      'case',
      PASSPORT,
      { approved: ['passport'], ...up },
      'withheld ceiling.support.identity.highly-sensitive',
    ],
    ['support', 'case', PHONE, { trained: false }, '- training.missing'],
    ['support', 'case', PHONE, { strength: 'one-factor' }, '- sign-in.one-factor'],
    ['support', 'case', PHONE, { relation: 'declared' }, '- relation.known'],
    ['privacy-officer', 'reason', BIRTH, {}, 'masked sign-in.step-up-missing'],
    ['privacy-officer', 'reason', BIRTH, up, 'revealed ceiling.privacy-officer.identity.sensitive'],
    ['privacy-officer', 'reason', PASSPORT, up, 'masked approval.missing'],
    ['privacy-officer', 'reason', PASSPORT, { approved: ['passport'] }, 'masked sign-in.step-up-missing'],
    ['privacy-officer', 'reason', PASSPORT, { approved: ['other'], ...up }, 'masked approval.missing'],
    [
      'privacy-officer',
      'reason',
      PASSPORT,
      { approved: ['passport'], ...up },
      'revealed ceiling.raised-on-approval',
    ],
    ['security', 'case', { ...PASSPORT, maskable: false }, up, 'withheld approval.missing'],
    ['security', 'case', { ...PASSPORT, purposes: [] }, up, 'withheld field.not-for-purpose'],
    ['security', 'case', PASSPORT, { approved: ['passport'], ...up }, 'revealed ceiling.raised-on-approval'],
    ['order-desk', 'break-glass', PHONE, {}, 'revealed ceiling.order-desk.contact.ordinary'],
  ] as const;
  for (const [role, kind, facts, caller, expected] of rows) {
    const how = JSON.stringify(caller);
    it(`in role ${role} who brings evidence of kind ${kind}, ${how}, gets of the ${facts.name}: ${expected}`, () => {
      expect(sees(role, kind, facts, caller)).toBe(expected);
    });
  }
});
