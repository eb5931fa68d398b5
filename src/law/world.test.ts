/**
 * Rules of packs in a small world, whole, and in generated cases: less consent never reveals more, one more regime never
 * reveals more, an unknown never reveals, order never matters.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASSES, OPTIONAL_PURPOSES, PURPOSES, type Purpose, SENSITIVITIES } from '../../contract/names.ts';
import { compileRules, type StoreSettings } from './compile-rules.ts';
import { decide } from './decide.ts';
import { parsePack } from './parse-pack.ts';
import type { Question } from './question.ts';
import type { ActingRole } from './roles.ts';
import type { Rules } from './rules.ts';
import type { CustomerFacts, Decision, FieldFacts } from './types.ts';

const FOLDER = 'packs/law';
const packs = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
  .map((name) => parsePack(readFileSync(join(FOLDER, name), 'utf8'), name));
const regimes = packs.flatMap((pack) => pack.regimes);
const facts = packs.flatMap((pack) => pack.facts);
const ON = '2026-11-22';
const SETTINGS: StoreSettings = { optOut: OPTIONAL_PURPOSES, softOptIn: true };

const compiled = new Map<string, Rules>();
function rulesOf(codes: readonly string[], settings = SETTINGS): Rules {
  const key = JSON.stringify([codes, settings]);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const law = {
    regimes: codes.map((code) => regimes.find((regime) => regime.code === code)!),
    facts: facts.filter(({ regime }) => codes.includes(regime)),
  };
  const rules = compileRules(law, ON, settings);
  compiled.set(key, rules);
  return rules;
}

const GENERAL = regimes.filter(({ general }) => general).map(({ code }) => code);
const ALL = regimes.map(({ code }) => code);
const ROLES: readonly ActingRole[] = ['support', 'marketing', 'privacy-officer', 'job', 'subject'];
const FIELDS: readonly FieldFacts[] = CLASSES.flatMap((dataClass) =>
  SENSITIVITIES.map((sensitivity) => ({
    name: `${dataClass}.${sensitivity}`,
    class: dataClass,
    sensitivity,
    purposes: PURPOSES,
    retention: 'identity' as const,
    maskable: true,
  })),
);
const KEPT: CustomerFacts = { choices: {}, restricted: false, retained: ['identity'], erased: false };
const LEVEL = { revealed: 2, masked: 1, withheld: 0 } as const;

/** True when `after` shows nothing that `before` did not. */
function noMore(before: Decision, after: Decision): boolean {
  if (after.allowed && !before.allowed) return false;
  return after.fields.every(({ state }, at) => LEVEL[state] <= LEVEL[before.fields[at]!.state]);
}

function asks(role: ActingRole, purpose: Purpose, customer: CustomerFacts, rules: Rules): Question {
  return {
    role,
    purpose,
    evidence: { kind: role === 'privacy-officer' ? 'reason' : 'case', holds: true },
    customer,
    fields: FIELDS,
    policy: { hash: '', rules: [] },
    rules,
    balanced: PURPOSES,
    message: { similarProducts: true, optOutIncluded: true },
  };
}

const CHOICES: Readonly<Record<string, (purpose: Purpose) => Partial<CustomerFacts>>> = {
  none: () => ({}),
  granted: (purpose) => ({ choices: { [purpose]: 'granted' } }),
  refused: (purpose) => ({ choices: { [purpose]: 'refused' } }),
  stale: (purpose) => ({ choices: { [purpose]: 'granted' }, stale: [purpose] }),
  'by a parent': (purpose) => ({ choices: { [purpose]: 'granted' }, chosenBy: { [purpose]: 'parent' } }),
  'by both': (purpose) => ({ choices: { [purpose]: 'granted' }, chosenBy: { [purpose]: 'both' } }),
};
const AGES = [null, 10, 14, 15, 17, 40];
const PLACES = [
  ['EU-GDPR', 'EU-GDPR:DE', 'EU-EPRIVACY', 'EU-DSA'],
  ['CN-PIPL', 'CN-ADLAW'],
  ['US-CA-CCPA', 'US-FEDERAL'],
  ['UK-GDPR-DPA-PECR'],
  ['BR-LGPD'],
];

describe('in the small world of packs', () => {
  const world = PLACES.flatMap((codes) =>
    ROLES.flatMap((role) =>
      PURPOSES.flatMap((purpose) =>
        AGES.flatMap((age) =>
          Object.entries(CHOICES).map(([choice, facts]) => {
            const customer = { ...KEPT, age, sale: { optOutAtCollection: true }, ...facts(purpose) };
            return {
              codes,
              role,
              purpose,
              age,
              choice,
              customer,
              answer: decide(asks(role, purpose, customer, rulesOf(codes))),
            };
          }),
        ),
      ),
    ),
  );
  const optional = world.filter(({ purpose }) => (OPTIONAL_PURPOSES as readonly string[]).includes(purpose));

  it('something opens in each place, and nothing after a refusal', () => {
    for (const codes of PLACES)
      expect(optional.some((each) => each.codes === codes && each.answer.allowed)).toBe(true);
    expect(optional.filter(({ choice, answer }) => answer.allowed && choice === 'refused')).toEqual([]);
  });

  it('a stale grant is as good as none', () => {
    for (const each of optional.filter(({ choice }) => choice === 'stale')) {
      const none = { ...each.customer, choices: {}, stale: [] };
      const { allowed } = decide(asks(each.role, each.purpose, none, rulesOf(each.codes)));
      expect(each.answer.allowed).toBe(allowed);
    }
  });

  it('less consent never reveals more than a yes of the same person', () => {
    for (const each of optional) {
      const before = decide(
        asks(
          each.role,
          each.purpose,
          { ...each.customer, choices: { [each.purpose]: 'granted' }, stale: [] },
          rulesOf(each.codes),
        ),
      );
      expect(noMore(before, each.answer)).toBe(true);
    }
  });

  it('a child below the age of the place is open only with a parent, and to no one for advertising in the Union', () => {
    const children = optional.filter(({ age, codes }) => age !== null && age < rulesOf(codes).parentUnder);
    expect(children.length).toBeGreaterThan(0);
    for (const { answer, choice } of children)
      if (answer.allowed) expect(['by a parent', 'by both']).toContain(choice);
    const ads = world.filter(
      ({ purpose, age, codes }) =>
        purpose === 'advertising' && age !== null && age < 18 && codes[0] === 'EU-GDPR',
    );
    expect(ads.filter(({ answer }) => answer.allowed)).toEqual([]);
  });

  it('a legitimate interest does not exist in China', () => {
    const here = (purpose: Purpose) =>
      world.filter(({ codes, purpose: p }) => codes[0] === 'CN-PIPL' && p === purpose);
    expect(
      here('fraud-prevention').filter(({ answer, choice }) => answer.allowed && choice === 'none'),
    ).toEqual([]);
    expect(rulesOf(['CN-PIPL']).purposes.get('fraud-prevention')!.bases).toEqual(['consent']);
    expect(rulesOf(['EU-GDPR']).purposes.get('fraud-prevention')!.bases).toEqual(['legitimate-interest']);
  });

  it('an opt-out place is open until a refusal only where the store uses it', () => {
    const open = (settings: StoreSettings) =>
      decide(asks('job', 'advertising', KEPT, rulesOf(['US-CA-CCPA', 'US-FEDERAL'], settings))).allowed;
    expect(open(SETTINGS)).toBe(true);
    expect(open({ optOut: [], softOptIn: false })).toBe(false);
  });

  it('training of models and research are off unless chosen, everywhere', () => {
    for (const code of GENERAL)
      for (const purpose of ['ai-training', 'research'] as const)
        expect(decide(asks('job', purpose, KEPT, rulesOf([code]))).allowed).toBe(false);
  });
});

describe('one more regime', () => {
  const customer = fc.record(
    {
      choices: fc.dictionary(
        fc.constantFrom(...PURPOSES),
        fc.constantFrom('granted' as const, 'refused' as const),
      ),
      age: fc.option(fc.integer({ min: 0, max: 90 })),
      childSignal: fc.boolean(),
      chosenBy: fc.dictionary(
        fc.constantFrom(...PURPOSES),
        fc.constantFrom('self' as const, 'parent' as const, 'both' as const),
      ),
      sale: fc.constantFrom(null, { optOutAtCollection: true }),
      optOutSignal: fc.boolean(),
      objections: fc.dictionary(
        fc.constantFrom(...PURPOSES),
        fc.constantFrom('pending' as const, 'overridden' as const),
      ),
    },
    { requiredKeys: ['choices'] },
  );
  const places = fc.tuple(
    fc.constantFrom(...GENERAL),
    fc.subarray(ALL, { maxLength: 4 }),
    fc.constantFrom(...ALL),
  );
  const destination = fc.constantFrom(
    null,
    ...['JP', 'US', 'CN', null].flatMap((country) =>
      ['scc', 'standard-contract', null].map((route) => ({ country, route, separateConsent: true })),
    ),
  );

  it('never reveals more, and the order of regimes never shows', () => {
    fc.assert(
      fc.property(
        places,
        customer,
        fc.constantFrom(...ROLES),
        fc.constantFrom(...PURPOSES),
        destination,
        fc.boolean(),
        (...drawn) => {
          const [[first, more, one], person, role, purpose, where, balanced] = drawn;
          const codes = [...new Set([first, ...more])];
          const ask = (list: readonly string[]) =>
            decide({
              ...asks(role, purpose, { ...KEPT, ...person }, rulesOf(list)),
              destination: where,
              balanced: balanced ? PURPOSES : [],
            });
          const before = ask(codes);
          expect(noMore(before, ask([...new Set([...codes, one])]))).toBe(true);
          expect(ask([...codes].reverse())).toEqual(before);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
