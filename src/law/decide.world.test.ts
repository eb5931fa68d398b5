/** A small world, whole: every role, purpose, evidence, choice, restriction, erasure, class and sensitivity. */
import { describe, expect, it } from 'vitest';
import { CLASSES, NECESSARY_PURPOSES, PURPOSES, SENSITIVITIES } from '../../contract/names.ts';
import { decide } from './decide.ts';
import type { Question } from './question.ts';
import { type ActingRole, ROLE_PURPOSES } from './roles.ts';
import type { Decision, EvidenceFound, EvidenceKind, FieldFacts } from './types.ts';

const ROLES = Object.keys(ROLE_PURPOSES) as ActingRole[];
const KINDS: readonly EvidenceKind[] = ['case', 'order', 'request', 'reason'];
const EVIDENCE: readonly (EvidenceFound | null)[] = [
  null,
  ...KINDS.flatMap((kind) => [true, false].map((holds) => ({ kind, holds }))),
];
const FIELDS: readonly FieldFacts[] = CLASSES.flatMap((dataClass) =>
  SENSITIVITIES.flatMap((sensitivity) =>
    [true, false].map((maskable) => ({
      name: `${dataClass}.${sensitivity}.${maskable}`,
      class: dataClass,
      sensitivity,
      purposes: PURPOSES,
      retention: 'identity' as const,
      maskable,
    })),
  ),
);

function* world(): Generator<Question> {
  for (const role of ROLES)
    for (const purpose of PURPOSES)
      for (const evidence of EVIDENCE)
        for (const choice of ['granted', 'refused', undefined] as const)
          for (const restricted of [true, false])
            for (const erased of [true, false])
              yield {
                role,
                purpose,
                evidence,
                customer: {
                  choices: choice === undefined ? {} : { [purpose]: choice },
                  restricted,
                  erased,
                  retained: ['identity'],
                },
                fields: FIELDS,
                policy: { hash: '', rules: [] },
              };
}

const ANSWERS: readonly (readonly [Question, Decision])[] = [...world()].map((question) => [
  question,
  decide(question),
]);
const OPEN = ANSWERS.filter(([, { allowed }]) => allowed);
const necessary = (purpose: string) => (NECESSARY_PURPOSES as readonly string[]).includes(purpose);

/** The questions that open although the rule says they must not. */
function breaches(breach: (question: Question, decision: Decision) => boolean): Question[] {
  return ANSWERS.filter(([question, decision]) => breach(question, decision)).map(([question]) => question);
}

describe('in the whole small world', () => {
  it('something opens, and most does not', () => {
    expect(ANSWERS.length).toBe(ROLES.length * PURPOSES.length * EVIDENCE.length * 12);
    expect(OPEN.length).toBeGreaterThan(0);
    expect(OPEN.length).toBeLessThan(ANSWERS.length / 4);
  });

  it('a purpose that is not allowed withholds every field', () => {
    expect(
      breaches((_, { allowed, fields }) => !allowed && fields.some(({ state }) => state !== 'withheld')),
    ).toEqual([]);
  });

  it('nothing highly sensitive is revealed but to the customer who asked for it, and only three see it masked', () => {
    const seen = new Set<string>();
    for (const [question, decision] of OPEN) {
      decision.fields.forEach(({ state }, index) => {
        if (FIELDS[index]?.sensitivity !== 'highly-sensitive' || state === 'withheld') return;
        const own = question.role === 'subject' && question.evidence?.kind === 'request';
        expect(state).toBe(own ? 'revealed' : 'masked');
        seen.add(question.role);
      });
    }
    expect([...seen].sort()).toEqual(['privacy-officer', 'security', 'subject']);
  });

  it('nothing is masked that has no mask', () => {
    expect(
      breaches((_, { fields }) =>
        fields.some(({ state }, index) => state === 'masked' && !FIELDS[index]?.maskable),
      ),
    ).toEqual([]);
  });

  it('each role opens for its own purposes only, and analysts, administrators and auditors see nothing', () => {
    expect(
      breaches(({ role, purpose }, { allowed }) => allowed && !ROLE_PURPOSES[role].includes(purpose)),
    ).toEqual([]);
    expect(
      breaches(
        ({ role }, { fields }) =>
          ['analyst', 'administrator', 'auditor'].includes(role) &&
          fields.some(({ state }) => state !== 'withheld'),
      ),
    ).toEqual([]);
  });

  it('a person of the staff opens nothing necessary without evidence that holds', () => {
    expect(
      breaches(
        ({ role, purpose, evidence }, { allowed }) =>
          allowed && necessary(purpose) && role !== 'job' && role !== 'subject' && evidence?.holds !== true,
      ),
    ).toEqual([]);
  });

  it('a reason alone serves the privacy officer and no other person of the staff', () => {
    expect(
      breaches(
        ({ role, purpose, evidence }, { allowed }) =>
          allowed &&
          necessary(purpose) &&
          evidence?.kind === 'reason' &&
          !['privacy-officer', 'job', 'subject'].includes(role),
      ),
    ).toEqual([]);
  });

  it('an optional purpose opens only on a granted choice', () => {
    expect(
      breaches(
        ({ purpose, customer }, { allowed }) =>
          allowed && !necessary(purpose) && customer.choices[purpose] !== 'granted',
      ),
    ).toEqual([]);
  });

  it('an optional purpose opens no special category', () => {
    const special = ({ class: dataClass, sensitivity }: FieldFacts) =>
      sensitivity !== 'ordinary' || dataClass === 'biometric' || dataClass === 'sensitive';
    expect(
      breaches(
        ({ purpose }, { fields }) =>
          !necessary(purpose) &&
          fields.some(({ state }, index) => state !== 'withheld' && special(FIELDS[index]!)),
      ),
    ).toEqual([]);
  });

  it('a restricted customer is open to legal-duty and to the customer alone', () => {
    expect(
      breaches(
        ({ role, purpose, customer }, { allowed }) =>
          allowed && customer.restricted && purpose !== 'legal-duty' && role !== 'subject',
      ),
    ).toEqual([]);
  });

  it('an erased customer is open to legal-duty alone', () => {
    expect(
      breaches(
        ({ purpose, customer }, { allowed }) => allowed && customer.erased && purpose !== 'legal-duty',
      ),
    ).toEqual([]);
  });

  it('nothing that is not kept is open to anyone', () => {
    for (const [question] of OPEN) {
      const decision = decide({ ...question, customer: { ...question.customer, retained: [] } });
      expect(decision.fields.every(({ state }) => state === 'withheld')).toBe(true);
    }
  });
});
