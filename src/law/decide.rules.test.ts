/** What regimes, age, objections, sales and destinations make of a question, case by case. */
import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../contract/names.ts';
import { decide } from './decide.ts';
import type { Question } from './question.ts';
import { BUILT_IN, type PurposeRule, type Rules } from './rules.ts';
import type { CustomerFacts, FieldFacts } from './types.ts';

const FIELD: FieldFacts = {
  name: 'contact.email',
  class: 'contact',
  sensitivity: 'ordinary',
  purposes: [
    'marketing-email',
    'order-fulfilment',
    'fraud-prevention',
    'legal-duty',
    'analytics',
    'advertising',
  ],
  retention: 'identity',
  maskable: true,
};
const KEPT: CustomerFacts = { choices: {}, restricted: false, retained: ['identity'], erased: false };

/** The built-in rules with some of a purpose's changed. */
function rules(purpose: Purpose, rule: Partial<PurposeRule>, more: Partial<Rules> = {}): Rules {
  const purposes = new Map(BUILT_IN.purposes);
  purposes.set(purpose, { ...BUILT_IN.purposes.get(purpose)!, ...rule });
  return { ...BUILT_IN, purposes, ...more };
}

function ask(purpose: Purpose, customer: Partial<CustomerFacts>, more: Partial<Question> = {}): string[] {
  const { allowed, because, fields } = decide({
    role: 'job',
    purpose,
    evidence: null,
    customer: { ...KEPT, ...customer },
    fields: [FIELD],
    policy: { hash: '', rules: [] },
    ...more,
  });
  return [allowed ? fields[0]!.state : 'shut', ...because.map(({ rule }) => rule)];
}

const YES = (purpose: Purpose) => ({ choices: { [purpose]: 'granted' as const } });

describe('an objection', () => {
  it('to marketing is absolute and immediate, also after a yes', () => {
    for (const objection of ['pending', 'overridden'] as const)
      expect(
        ask('marketing-email', { ...YES('marketing-email'), objections: { 'marketing-email': objection } }),
      ).toEqual(['shut', 'objection.marketing']);
  });

  it('to a legitimate interest restricts until a balancing is recorded', () => {
    expect(ask('fraud-prevention', { objections: { 'fraud-prevention': 'pending' } })).toEqual([
      'shut',
      'objection.pending',
    ]);
    expect(ask('fraud-prevention', { objections: { 'fraud-prevention': 'overridden' } })[0]).toBe('revealed');
  });

  it('to a contract or a duty is refused, with the reason', () => {
    expect(ask('order-fulfilment', { objections: { 'order-fulfilment': 'pending' } })).toEqual([
      'revealed',
      'basis.contract',
      'objection.refused',
    ]);
    expect(ask('legal-duty', { objections: { 'legal-duty': 'pending' } })).toContain('objection.refused');
  });
});

describe('a soft opt-in', () => {
  const soft = rules('marketing-email', { softOptIn: true });
  const sale = { optOutAtCollection: true };
  const message = { similarProducts: true, optOutIncluded: true };

  it('needs a sale, similar products, and a way out at collection and in every message', () => {
    expect(ask('marketing-email', { sale }, { rules: soft, message })).toEqual([
      'revealed',
      'basis.without-choice',
    ]);
    for (const [facts, told] of [
      [{ sale: null }, message],
      [{ sale: { optOutAtCollection: false } }, message],
      [{ sale }, { ...message, similarProducts: false }],
      [{ sale }, { ...message, optOutIncluded: false }],
      [{ sale }, null],
    ] as const)
      expect(ask('marketing-email', facts, { rules: soft, message: told })).toEqual([
        'shut',
        'choice.absent',
      ]);
  });

  it('does not exist where the regimes do not know it, and never after a no', () => {
    expect(ask('marketing-email', { sale }, { message })).toEqual(['shut', 'choice.absent']);
    const no = { sale, choices: { 'marketing-email': 'refused' as const } };
    expect(ask('marketing-email', no, { rules: soft, message })).toEqual(['shut', 'choice.refused']);
  });

  it('is not for a child', () => {
    expect(ask('marketing-email', { sale, age: 15 }, { rules: soft, message })).toEqual([
      'shut',
      'choice.absent',
    ]);
  });
});

describe('age', () => {
  it('a child is open only with a parent, and an unknown age is adult', () => {
    expect(ask('analytics', { ...YES('analytics'), age: 13 })).toEqual(['shut', 'child.parent-needed']);
    expect(ask('analytics', { ...YES('analytics'), age: 13, chosenBy: { analytics: 'parent' } })[0]).toBe(
      'revealed',
    );
    expect(ask('analytics', YES('analytics'))[0]).toBe('revealed');
  });

  it('an unknown age is a child’s where the store serves children or a signal says so', () => {
    expect(ask('analytics', { ...YES('analytics'), childSignal: true })).toEqual([
      'shut',
      'child.parent-needed',
    ]);
  });

  it('at the threshold a parent’s authority ends, and the choice is asked again', () => {
    const parent = { ...YES('analytics'), chosenBy: { analytics: 'parent' as const } };
    expect(ask('analytics', { ...parent, age: 16 })).toEqual(['shut', 'child.own-choice-needed']);
    expect(ask('analytics', { ...YES('analytics'), age: 16 })[0]).toBe('revealed');
  });

  it('between two regimes, a child and a parent choose together', () => {
    for (const [by, state] of [
      ['self', 'shut'],
      ['parent', 'shut'],
      ['both', 'revealed'],
    ] as const)
      expect(ask('analytics', { ...YES('analytics'), age: 15, chosenBy: { analytics: by } })[0]).toBe(state);
  });

  it('a use that is closed below an age is closed whoever agreed', () => {
    const closed = rules('advertising', { closedUnder: 18 });
    const both = { ...YES('advertising'), age: 17, chosenBy: { advertising: 'both' as const } };
    expect(ask('advertising', both, { rules: closed })).toEqual(['shut', 'child.closed']);
    expect(ask('advertising', { ...both, age: 18 }, { rules: closed })[0]).toBe('revealed');
  });
});

describe('a choice', () => {
  it('that is stale counts as a yes no longer, and as a no still', () => {
    expect(ask('analytics', { ...YES('analytics'), stale: ['analytics'] })).toEqual(['shut', 'choice.stale']);
    expect(ask('analytics', { choices: { analytics: 'refused' }, stale: ['analytics'] })).toEqual([
      'shut',
      'choice.refused',
    ]);
  });

  it('is not needed in an opt-out place until there is a no', () => {
    const optOut = rules('advertising', { choice: 'until-refused' });
    expect(ask('advertising', {}, { rules: optOut })).toEqual(['revealed', 'basis.without-choice']);
    expect(ask('advertising', { choices: { advertising: 'refused' } }, { rules: optOut })[0]).toBe('shut');
  });

  it('gives way to a signal of the browser, for advertising and sharing alone', () => {
    expect(ask('advertising', { ...YES('advertising'), optOutSignal: true })).toEqual([
      'shut',
      'signal.opt-out',
    ]);
    expect(ask('analytics', { ...YES('analytics'), optOutSignal: true })[0]).toBe('revealed');
  });
});

describe('a legal basis', () => {
  it('of a legitimate interest needs a current balancing record', () => {
    const balancing = rules('fraud-prevention', { balancing: true });
    expect(ask('fraud-prevention', {}, { rules: balancing })).toEqual(['shut', 'balancing.missing']);
    expect(ask('fraud-prevention', {}, { rules: balancing, balanced: ['fraud-prevention'] })[0]).toBe(
      'revealed',
    );
  });

  it('is fixed before collection and never swapped', () => {
    const told = (bases: readonly ('consent' | 'legitimate-interest')[]) =>
      ask('fraud-prevention', { collectedUnder: { 'fraud-prevention': bases } });
    expect(told(['consent'])).toEqual(['shut', 'basis.swapped']);
    expect(told([])).toEqual(['shut', 'basis.swapped']);
    expect(told(['legitimate-interest'])[0]).toBe('revealed');
  });
});

describe('a destination', () => {
  const open = {
    transfers: [{ adequate: new Set(['JP']), routes: new Set(['scc']) }],
    transferConsent: false,
  };
  const sent = (
    country: string | null,
    route: string | null,
    more: Partial<Rules> = open,
    separateConsent = false,
  ) =>
    ask(
      'order-fulfilment',
      {},
      { rules: { ...BUILT_IN, ...more }, destination: { country, route, separateConsent } },
    );

  it('that is not known, or that no route covers, gets nothing', () => {
    expect(sent(null, 'scc')).toEqual(['shut', 'transfer.destination-unknown']);
    expect(sent('US', null)).toEqual(['shut', 'transfer.no-route']);
    expect(sent('US', 'scc')[0]).toBe('revealed');
    expect(sent('JP', null)[0]).toBe('revealed');
  });

  it('may need a consent of its own', () => {
    const consent = { ...open, transferConsent: true };
    expect(sent('JP', null, consent)).toEqual(['shut', 'transfer.separate-consent']);
    expect(sent('JP', null, consent, true)[0]).toBe('revealed');
  });

  it('is closed by the built-in rules, which know no route', () => {
    expect(sent('JP', 'scc', {})[0]).toBe('shut');
  });
});

describe('a legal hold', () => {
  it('keeps a field for a legal duty alone', () => {
    expect(ask('legal-duty', { held: ['identity'] })[0]).toBe('revealed');
    expect(ask('order-fulfilment', { held: ['identity'] })[0]).toBe('withheld');
    expect(ask('order-fulfilment', { held: ['commerce'] })[0]).toBe('revealed');
  });
});
