import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLASSES,
  OPTIONAL_PURPOSES,
  PURPOSES,
  type Purpose,
  RETENTION_CLASSES,
  type RetentionClass,
  SENSITIVITIES,
} from '../../contract/names.ts';
import { decide } from './decide.ts';
import type { Question } from './question.ts';
import { type ActingRole, ROLE_PURPOSES } from './roles.ts';
import type {
  CustomerFacts,
  Decision,
  EvidenceFound,
  EvidenceKind,
  FieldFacts,
  FieldState,
  PolicyRule,
} from './types.ts';

const LEVEL: Record<FieldState, number> = { revealed: 0, masked: 1, withheld: 2 };
const ROLES = Object.keys(ROLE_PURPOSES) as ActingRole[];
const RETENTIONS = Object.keys(RETENTION_CLASSES) as RetentionClass[];
const KINDS: EvidenceKind[] = ['case', 'order', 'request', 'reason'];
/** Names that sit on every JavaScript object, and names nobody declared. */
const STRANGE = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'Support', 'customer service'];

const fieldFacts: fc.Arbitrary<FieldFacts> = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  class: fc.constantFrom(...CLASSES),
  sensitivity: fc.constantFrom(...SENSITIVITIES),
  purposes: fc.subarray([...PURPOSES]),
  retention: fc.constantFrom(...RETENTIONS),
  maskable: fc.boolean(),
});

const customerFacts: fc.Arbitrary<CustomerFacts> = fc.record({
  choices: fc.dictionary(fc.constantFrom(...PURPOSES), fc.constantFrom('granted', 'refused')),
  restricted: fc.boolean(),
  retained: fc.subarray(RETENTIONS),
  erased: fc.boolean(),
});

const policyRule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    id: fc.constantFrom('p1', 'p2', 'p3'),
    source: fc.constantFrom('Act X', 'Act Y'),
    purposes: fc.subarray([...PURPOSES]),
    classes: fc.subarray([...CLASSES]),
    sensitivities: fc.subarray([...SENSITIVITIES]),
    roles: fc.subarray(ROLES),
    atMost: fc.constantFrom<FieldState>('revealed', 'masked', 'withheld'),
  },
  { requiredKeys: ['id', 'source', 'atMost'] },
);

const evidence: fc.Arbitrary<EvidenceFound | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constantFrom(...KINDS), holds: fc.boolean() }),
);

/** Half of the questions have a role and purpose that go together, so that the properties meet answers. */
const acting = fc.oneof(
  fc.tuple(fc.constantFrom(...ROLES), fc.constantFrom(...PURPOSES)),
  fc
    .constantFrom(...ROLES.filter((role) => ROLE_PURPOSES[role].length > 0))
    .chain((role) => fc.tuple(fc.constant(role), fc.constantFrom(...ROLE_PURPOSES[role]))),
);

const questions: fc.Arbitrary<Question> = fc
  .record({
    acting,
    evidence,
    customer: customerFacts,
    fields: fc.array(fieldFacts, { maxLength: 6 }),
    rules: fc.array(policyRule, { maxLength: 4 }),
  })
  .map(({ acting: [role, purpose], rules, ...rest }) => ({
    role,
    purpose,
    ...rest,
    policy: { hash: 'f00', rules },
  }));

/** True when `after` opens nothing that `before` did not, field by field. */
function opensNoMore(before: Decision, after: Decision): boolean {
  if (after.allowed && !before.allowed) return false;
  return after.fields.every((field, index) => LEVEL[field.state] >= LEVEL[before.fields[index]!.state]);
}

function withholdsAll(decision: Decision): boolean {
  return !decision.allowed && decision.fields.every(({ state }) => state === 'withheld');
}

function withCustomer(question: Question, change: Partial<CustomerFacts>): Question {
  return { ...question, customer: { ...question.customer, ...change } };
}

describe('tightening never opens', () => {
  it('less consent never reveals more', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...PURPOSES), fc.boolean(), (question, purpose, refuse) => {
        const choices = { ...question.customer.choices };
        delete choices[purpose];
        if (refuse) choices[purpose] = 'refused';
        return opensNoMore(decide(question), decide(withCustomer(question, { choices })));
      }),
    );
  });

  it('one policy rule more never reveals more', () => {
    fc.assert(
      fc.property(questions, policyRule, (question, rule) => {
        const policy = { ...question.policy, rules: [...question.policy.rules, rule] };
        return opensNoMore(decide(question), decide({ ...question, policy }));
      }),
    );
  });

  it('a restriction or an erasure never reveals more', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const before = decide(question);
        return (
          opensNoMore(before, decide(withCustomer(question, { restricted: true }))) &&
          opensNoMore(before, decide(withCustomer(question, { erased: true })))
        );
      }),
    );
  });

  it('a retention class less never reveals more', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...RETENTIONS), (question, gone) => {
        const retained = question.customer.retained.filter((each) => each !== gone);
        return opensNoMore(decide(question), decide(withCustomer(question, { retained })));
      }),
    );
  });

  it('a field with fewer purposes, or without a mask, never reveals more', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...PURPOSES), (question, dropped) => {
        const fewer = question.fields.map((field) => ({
          ...field,
          purposes: field.purposes.filter((purpose) => purpose !== dropped),
        }));
        const unmaskable = question.fields.map((field) => ({ ...field, maskable: false }));
        const before = decide(question);
        return (
          opensNoMore(before, decide({ ...question, fields: fewer })) &&
          opensNoMore(before, decide({ ...question, fields: unmaskable }))
        );
      }),
    );
  });

  it('a more sensitive field never reveals more', () => {
    fc.assert(
      fc.property(questions, (base) => {
        const question = { ...base, policy: { hash: '', rules: [] } };
        const [low, middle, high] = SENSITIVITIES.map((sensitivity) =>
          decide({ ...question, fields: question.fields.map((field) => ({ ...field, sensitivity })) }),
        );
        return opensNoMore(low!, middle!) && opensNoMore(middle!, high!);
      }),
    );
  });

  it('evidence that does not hold reveals nothing, whoever asks', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...KINDS), (question, kind) =>
        withholdsAll(decide({ ...question, evidence: { kind, holds: false } })),
      ),
    );
  });
});

describe('default deny', () => {
  const strange = fc.oneof(fc.constantFrom(...STRANGE), fc.string());

  it('an unknown role, purpose or kind of evidence reveals nothing', () => {
    fc.assert(
      fc.property(questions, strange, fc.constantFrom('role', 'purpose', 'kind'), (question, name, part) => {
        const known: readonly string[] = [...ROLES, ...PURPOSES, ...KINDS];
        fc.pre(!known.includes(name));
        const changed = {
          role: { ...question, role: name as ActingRole },
          purpose: { ...question, purpose: name as Purpose },
          kind: { ...question, evidence: { kind: name as EvidenceKind, holds: true } },
        }[part];
        return withholdsAll(decide(changed!));
      }),
    );
  });

  it('a field of unknown class, sensitivity or retention class is withheld', () => {
    fc.assert(
      fc.property(
        questions,
        fc.constantFrom(...STRANGE),
        fc.constantFrom('class', 'sensitivity', 'retention'),
        (question, name, part) => {
          const fields = question.fields.map((field) => ({ ...field, [part]: name }));
          return decide({ ...question, fields }).fields.every(({ state }) => state === 'withheld');
        },
      ),
    );
  });

  it('no optional purpose opens without a granted choice of exactly that purpose', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(...OPTIONAL_PURPOSES), (question, purpose) => {
        fc.pre(question.customer.choices[purpose] !== 'granted');
        return withholdsAll(decide({ ...question, purpose }));
      }),
    );
  });

  it('an inherited choice is no choice', () => {
    const choices: CustomerFacts['choices'] = Object.create({ 'marketing-email': 'granted' });
    const decision = decide({
      role: 'job',
      purpose: 'marketing-email',
      evidence: null,
      customer: { choices, restricted: false, erased: false, retained: RETENTIONS },
      fields: [],
      policy: { hash: '', rules: [] },
    });
    expect(decision.allowed).toBe(false);
  });

  it('facts that are missing count as the stricter ones', () => {
    const gap = undefined as unknown as boolean;
    fc.assert(
      fc.property(questions, (question) =>
        (['restricted', 'erased'] as const).every((fact) =>
          opensNoMore(
            decide(withCustomer(question, { [fact]: true })),
            decide(withCustomer(question, { [fact]: gap })),
          ),
        ),
      ),
    );
  });
});

describe('the same question has the same answer', () => {
  it('whatever the order of fields, rules, choices, purposes and retention classes', () => {
    const turned = <T>(list: readonly T[]): T[] => [...list].reverse();
    fc.assert(
      fc.property(questions, (question) => {
        const { customer, policy } = question;
        const answer = decide({
          ...question,
          customer: {
            ...customer,
            choices: Object.fromEntries(turned(Object.entries(customer.choices))),
            retained: turned(customer.retained),
          },
          fields: turned(question.fields).map((field) => ({ ...field, purposes: turned(field.purposes) })),
          policy: { ...policy, rules: turned(policy.rules) },
        });
        const before = decide(question);
        expect({ ...answer, fields: turned(answer.fields) }).toEqual(before);
      }),
    );
  });

  it('for one field as for that field among others', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const together = decide(question);
        question.fields.forEach((field, index) => {
          expect(decide({ ...question, fields: [field] }).fields[0]).toEqual(together.fields[index]);
        });
      }),
    );
  });

  it('and leaves the question as it was, and says by which rule and source', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const before = structuredClone(question);
        const { because, fields } = decide(question);
        expect(question).toEqual(before);
        expect(fields.map(({ name }) => name)).toEqual(question.fields.map(({ name }) => name));
        return [because, ...fields.map((field) => field.because)].every(
          (reasons) =>
            reasons.length > 0 && reasons.every(({ rule, source }) => rule !== '' && source !== ''),
        );
      }),
    );
  });
});
