import { describe, expect, it } from 'vitest';
import { closesPurpose, rulesInForce, tighten } from './policy.ts';
import type { Question } from './question.ts';
import type { FieldAnswer, FieldFacts, PolicyRule } from './types.ts';

const FIELD: FieldFacts = {
  name: 'contact.phone',
  class: 'contact',
  sensitivity: 'ordinary',
  purposes: ['customer-service'],
  retention: 'identity',
  maskable: true,
};
const REVEALED: FieldAnswer = {
  name: 'contact.phone',
  state: 'revealed',
  because: [{ rule: 'basis.contract', source: 'GDPR art. 6(1)(b)' }],
};

const rule = (id: string, atMost: PolicyRule['atMost'], facts: Partial<PolicyRule> = {}): PolicyRule => ({
  id,
  source: `Act ${id}`,
  atMost,
  ...facts,
});

function inForce(...rules: readonly PolicyRule[]) {
  const question: Question = {
    role: 'support',
    purpose: 'customer-service',
    evidence: { kind: 'case', holds: true },
    customer: { choices: {}, restricted: false, retained: ['identity'], erased: false },
    fields: [FIELD],
    policy: { hash: '', rules },
  };
  return rulesInForce(question.policy, question);
}
const underRules = (...rules: readonly PolicyRule[]) => tighten(REVEALED, FIELD, inForce(...rules));
const ids = ({ because }: FieldAnswer) => because.map((reason) => reason.rule);

describe('rules of policy packs', () => {
  it('apply where role, purpose, class and sensitivity all match', () => {
    const here = { roles: ['support'], purposes: ['customer-service'], classes: ['contact'] } as const;
    expect(underRules(rule('p', 'masked', { ...here, sensitivities: ['ordinary'] })).state).toBe('masked');
    for (const elsewhere of [
      { ...here, roles: ['security'] },
      { ...here, purposes: ['legal-duty'] },
      { ...here, classes: ['identity'] },
      { ...here, sensitivities: ['sensitive'] },
    ] as const) {
      expect(underRules(rule('p', 'masked', elsewhere))).toEqual(REVEALED);
    }
  });

  it('apply everywhere when they name nothing, and nowhere when they name an empty list', () => {
    expect(underRules(rule('p', 'masked')).state).toBe('masked');
    expect(underRules(rule('p', 'masked', { classes: [] }))).toEqual(REVEALED);
  });

  it('let the strictest stand, with every rule that says the same', () => {
    const answer = underRules(rule('a', 'masked'), rule('c', 'withheld'), rule('b', 'withheld'));
    expect(answer.state).toBe('withheld');
    expect(ids(answer)).toEqual(['b', 'c']);
  });

  it('are told in the order of their ids, however the pack lists them', () => {
    const rules = [rule('b', 'masked'), rule('a', 'masked'), rule('c', 'masked')];
    expect(ids(underRules(...rules))).toEqual(['a', 'b', 'c']);
    expect(underRules(...rules)).toEqual(underRules(...rules.reverse()));
  });

  it('with one id and two sources are told in the order of the sources', () => {
    const twins = [rule('a', 'masked', { source: 'Act Y' }), rule('a', 'masked', { source: 'Act X' })];
    expect(underRules(...twins).because.map(({ source }) => source)).toEqual(['Act X', 'Act Y']);
  });

  it('join the reasons that already stood for the same state', () => {
    const masked: FieldAnswer = { ...REVEALED, state: 'masked' };
    expect(ids(tighten(masked, FIELD, inForce(rule('p', 'masked'))))).toEqual(['basis.contract', 'p']);
  });

  it('shut the purpose only when they withhold without naming classes or sensitivities', () => {
    const shuts = (each: PolicyRule) => inForce(each).some(closesPurpose);
    expect(shuts(rule('p', 'withheld'))).toBe(true);
    expect(shuts(rule('p', 'masked'))).toBe(false);
    expect(shuts(rule('p', 'withheld', { classes: ['contact'] }))).toBe(false);
    expect(shuts(rule('p', 'withheld', { sensitivities: ['sensitive'] }))).toBe(false);
  });
});
