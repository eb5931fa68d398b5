/**
 * Cases from a seed. Each starts from a question that is likely to open and has none, one or several things upset in
 * it, so that every rule is met both alone and together with others: pure chance would be denied nearly always.
 */
import { CLASSES, PURPOSES, RETENTION_CLASSES, SENSITIVITIES } from '../../contract/names.ts';
import { type OracleCase, type OracleField, type OracleQuestion, SETTINGS } from './case.ts';
import {
  BASIS,
  evidenceFor,
  ORACLE_ROLES,
  type OracleRole,
  optional,
  STORE_RULES,
  worksFor,
} from './house.ts';

const KINDS = ['case', 'order', 'request', 'reason', 'break-glass'];
const STRENGTHS = ['two-factor', 'stepped-up'];
const AGES = [null, 9, 10, 12, 13, 14, 15, 16, 17, 18, 30];
const BASES = ['contract', 'legal-obligation', 'legitimate-interest', 'consent'];
const COUNTRIES = [null, null, null, 'DE', 'US', 'JP', 'CN', 'GB', 'BR', 'KP', 'CH', ''];
const ROUTES = [
  null,
  'scc',
  'bcr',
  'standard-contract',
  'certification',
  'security-assessment',
  'idta',
  'cbpr',
  'adequate-countries',
  'derogation',
  'contract-with-comparable-protection',
  'no-such-route',
];
const RETENTIONS = Object.keys(RETENTION_CLASSES);
/** How many things are upset. */
const UPSETS = [0, 0, 1, 1, 1, 2, 2, 3, 4, 6];

/** Mulberry32: small, seeded, and even enough to pick cases. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Each item once in `times`. */
  some<T>(list: readonly T[], times = 2): T[] {
    return list.filter(() => this.once(times));
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => [this.below(1 << 30), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  }
}

type Draft = { -readonly [K in keyof OracleQuestion]: OracleQuestion[K] };
type Upset = (draft: Draft, chance: Chance) => void;

const customer = (draft: Draft, change: Partial<OracleQuestion['customer']>) => {
  draft.customer = { ...draft.customer, ...change };
};
const others = (chance: Chance, purpose: string) => (chance.once(4) ? chance.pick(PURPOSES) : purpose);

/** A choice for this purpose, another, or both. */
const choice: Upset = (draft, chance) => {
  const { [draft.purpose]: said, ...rest } = draft.customer.choices;
  const now = chance.pick([undefined, undefined, 'refused', 'granted', said, 'perhaps'] as const);
  customer(draft, {
    choices: { ...rest, ...(now === undefined ? {} : { [draft.purpose]: now }) },
  });
};

const UPSET: readonly Upset[] = [
  choice,
  choice,
  (draft, chance) => {
    draft.role = chance.pick([...ORACLE_ROLES, 'owner']);
  },
  (draft, chance) => {
    draft.purpose = chance.pick([...PURPOSES, 'curiosity', 'constructor']);
  },
  (draft, chance) => {
    draft.evidence = chance.once(4)
      ? null
      : { kind: chance.pick([...KINDS, 'rumor']), holds: !chance.once(3) };
  },
  (draft, chance) => customer(draft, { age: chance.pick(AGES) }),
  (draft, chance) => customer(draft, { age: chance.pick([null, null, 12, 15, 17]), childSignal: true }),
  (draft, chance) =>
    customer(draft, {
      age: chance.pick(AGES),
      chosenBy: {
        [others(chance, draft.purpose)]: chance.pick(['self', 'parent', 'both', 'stranger'] as const),
      },
    }),
  (draft, chance) => {
    customer(draft, {
      age: chance.pick([10, 13, 15, 17, null]),
      childSignal: chance.once(2),
      chosenBy: { [draft.purpose]: chance.pick(['parent', 'both'] as const) },
    });
  },
  (draft, chance) => customer(draft, { stale: [others(chance, draft.purpose)] }),
  (draft, chance) =>
    customer(draft, {
      objections: { [others(chance, draft.purpose)]: chance.pick(['pending', 'overridden'] as const) },
    }),
  (draft) => customer(draft, { optOutSignal: true }),
  (draft) => customer(draft, { restricted: true }),
  (draft) => customer(draft, { erased: true }),
  (draft, chance) => customer(draft, { retained: chance.some(RETENTIONS) }),
  (draft, chance) => customer(draft, { held: chance.some(RETENTIONS) }),
  (draft, chance) =>
    customer(draft, { collectedUnder: { [others(chance, draft.purpose)]: chance.some(BASES) } }),
  (draft, chance) => {
    draft.balanced = chance.pick([[], ['analytics']]);
  },
  (draft, chance) => {
    if (chance.once(2)) draft.purpose = 'marketing-email';
    const { [draft.purpose]: _, ...rest } = draft.customer.choices;
    customer(draft, { choices: rest, sale: chance.once(5) ? null : { optOutAtCollection: !chance.once(3) } });
    draft.message = chance.once(6)
      ? null
      : { similarProducts: !chance.once(5), optOutIncluded: !chance.once(5) };
  },
  (draft, chance) => {
    draft.destination = {
      country: chance.pick(COUNTRIES),
      route: chance.pick(ROUTES),
      separateConsent: chance.once(2),
    };
  },
  (draft, chance) => {
    draft.policy = { hash: 'store', rules: chance.shuffled(STORE_RULES.filter(() => chance.once(3))) };
  },
  // Somebody who may be shown more than the role sees: rare by chance alone.
  (draft, chance) => {
    [draft.role, draft.purpose] = chance.pick([
      ['support', 'customer-service'],
      ['security', 'fraud-prevention'],
      ['privacy-officer', draft.purpose],
    ] as const);
    draft.evidence = { kind: chance.pick(['case', 'order', 'break-glass']), holds: true };
    draft.caller = { ...person(chance, draft.fields.length), strength: 'stepped-up' };
    draft.fields = draft.fields.map((field) => ({
      ...field,
      class: chance.pick(['identity', 'contact', ...CLASSES]),
      sensitivity: chance.pick(SENSITIVITIES),
      purposes: [draft.purpose],
    }));
  },
  (draft, chance) => {
    const standing = person(chance, draft.fields.length);
    const fault = chance.pick([
      { trained: false },
      { strength: chance.pick(['one-factor', 'no factor']) },
      { relation: chance.pick(['self', 'colleague', 'declared']) },
    ]);
    draft.caller = { ...standing, ...fault };
  },
  (draft, chance) => {
    draft.fields = draft.fields.map((field) => ({ ...field, purposes: chance.some(PURPOSES, 4) }));
  },
  (draft, chance) => {
    draft.fields = draft.fields.map((field) => ({
      ...field,
      class: chance.pick([...CLASSES, 'gossip']),
      sensitivity: chance.pick([...SENSITIVITIES, 'secret']),
      retention: chance.pick([...RETENTIONS, 'forever']),
    }));
  },
];

/** Evidence that serves, or none where none is asked. */
function serving(chance: Chance, role: OracleRole, purpose: string): OracleQuestion['evidence'] {
  const kinds = evidenceFor(role, purpose);
  if (kinds === null && !chance.once(3)) return null;
  return { kind: chance.pick(kinds ?? KINDS), holds: true };
}

function field(chance: Chance, index: number, purpose: string): OracleField {
  return {
    name: `field.${index}`,
    class:
      chance.pick(CLASSES.filter((each) => chance.once(3) || !['biometric', 'sensitive'].includes(each))) ??
      'contact',
    sensitivity: chance.pick(['ordinary', 'ordinary', 'ordinary', 'sensitive', 'highly-sensitive']),
    purposes: [...chance.some(PURPOSES, 4), purpose],
    retention: chance.pick(RETENTIONS),
    maskable: !chance.once(5),
  };
}

/** A person in good standing, who may ask for fields or bring approvals. */
function person(chance: Chance, fields: number): NonNullable<OracleQuestion['caller']> {
  return {
    trained: true,
    strength: chance.pick(STRENGTHS),
    relation: null,
    reveal: chance.once(2),
    approved: chance.some(Array.from({ length: fields }, (_, index) => `field.${index}`)),
  };
}

function likely(chance: Chance, fields: number): Draft {
  const purpose = chance.pick(PURPOSES);
  const role = chance.pick(ORACLE_ROLES.filter((each) => worksFor(each).includes(purpose)));
  const granted = optional(purpose) || chance.once(2) ? [purpose] : [];
  return {
    role,
    purpose,
    evidence: serving(chance, role, purpose),
    customer: {
      choices: Object.fromEntries([
        ...chance
          .some(PURPOSES.filter(optional), 4)
          .map((each) => [each, chance.pick(['granted', 'refused'])]),
        ...granted.map((each) => [each, 'granted']),
      ]) as OracleQuestion['customer']['choices'],
      restricted: false,
      retained: RETENTIONS,
      erased: false,
      age: chance.pick([null, 30, 18, 45]),
      childSignal: false,
      chosenBy: {},
      stale: [],
      objections: {},
      sale: null,
      optOutSignal: false,
      collectedUnder: chance.once(3) ? { [purpose]: [BASIS[purpose] ?? 'consent', 'consent'] } : {},
      held: [],
    },
    fields: Array.from({ length: fields }, (_, index) => field(chance, index, purpose)),
    policy: { hash: 'none', rules: [] },
    balanced: ['fraud-prevention', 'analytics'],
    message: null,
    destination: null,
    ...(chance.once(2) ? { caller: person(chance, fields) } : {}),
  };
}

/** `count` cases with one or two fields each (or `fields`), the same for the same seed. */
export function* generatedCases(seed: number, count: number, fields?: number): Generator<OracleCase> {
  const chance = new Chance(seed);
  for (let at = 0; at < count; at += 1) {
    const draft = likely(chance, fields ?? (chance.once(3) ? 2 : 1));
    const setting = chance.below(SETTINGS.length);
    for (let left = chance.pick(UPSETS); left > 0; left -= 1) chance.pick(UPSET)(draft, chance);
    yield { setting, question: draft };
  }
}
