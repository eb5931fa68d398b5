/** Generated questions to `decide()`, each asked again with less consent, one more regime, an unknown, and in another order. */
import { CLASSES, OPTIONAL_PURPOSES, PURPOSES, SENSITIVITIES } from '../../contract/names.ts';
import {
  compileRules,
  decide,
  type Fact,
  parsePack,
  type Question,
  type Regime,
  type Rules,
} from '../../src/law/library.ts';
import type { Faults } from '../01/faults.ts';
import { evidenceFor, ORACLE_ROLES, STORE_RULES, worksFor } from '../oracle/house.ts';

const ON = '2026-11-22';
const LEVEL: Readonly<Record<string, number>> = { revealed: 2, masked: 1, withheld: 0 };
const EVIDENCE = ['case', 'order', 'request', 'reason'];
type Purpose = (typeof PURPOSES)[number];
type Customer = Question['customer'];
type Fields = Question['fields'];

/**
 * Every law on personal data as a whole is drawn as the law of the home. The neighbors are a few that say most, so that
 * rules are compiled once and asked often; `judgePairs` adds every other regime to every home.
 */
const NEIGHBORS = [
  'BR-LGPD',
  'CH-FADP',
  'CN-PIPL',
  'EU-EPRIVACY',
  'EU-GDPR:BE',
  'EU-GDPR:DE',
  'FR',
  'IN-DPDP',
  'US-CA-CCPA',
  'US-FEDERAL',
  'US-MD',
];

/** A number from 0 to below `end`. */
export type Roll = (end: number) => number;

export interface Book {
  readonly regimes: readonly Regime[];
  readonly general: readonly string[];
  readonly rulesOf: (codes: readonly string[]) => Rules;
}

/** `files`: name and text of each pack. */
export function bookOf(files: readonly (readonly [string, string])[]): Book {
  const packs = files.map(([name, text]) => parsePack(text, name));
  const regimes = packs.flatMap((pack) => pack.regimes);
  const facts = new Map<string, Fact[]>(regimes.map(({ code }) => [code, []]));
  for (const fact of packs.flatMap((pack) => pack.facts)) facts.get(fact.regime)!.push(fact);
  const byCode = new Map(regimes.map((regime) => [regime.code, regime]));
  const known = new Map<string, Rules>();
  const rulesOf = (codes: readonly string[]) => {
    const key = codes.join(' ');
    let rules = known.get(key);
    if (rules === undefined) {
      const law = {
        regimes: codes.map((code) => byCode.get(code)!),
        facts: codes.flatMap((code) => facts.get(code)!),
      };
      rules = compileRules(law, ON, { optOut: OPTIONAL_PURPOSES, softOptIn: true });
      known.set(key, rules);
    }
    return rules;
  };
  return { regimes, general: regimes.filter(({ general }) => general).map(({ code }) => code), rulesOf };
}

export interface Drawn {
  readonly codes: readonly string[];
  readonly more: string;
  readonly question: Question;
  readonly unknown: (question: Question) => Question;
}

function pick<T>(roll: Roll, items: readonly T[]): T {
  return items[roll(items.length)]!;
}

/**
 * One question, with the regimes it is asked under. Most purposes are optional ones, since the properties are about
 * those; most roles act for the purpose, and most evidence serves, or nothing would open of which less could be shown.
 */
export function draw(roll: Roll, book: Book): Drawn {
  const home = pick(roll, book.general);
  // A frame never applies without a national law that fills it in, and a national age goes before the frame's.
  const codes = home === 'EU-GDPR' ? [home, pick(roll, ['EU-GDPR:BE', 'EU-GDPR:DE'])] : [home];
  const start = roll(NEIGHBORS.length);
  for (let left = roll(3); left > 0; left -= 1) codes.push(NEIGHBORS[(start + left) % NEIGHBORS.length]!);
  const distinct = [...new Set(codes)];
  const purpose = roll(4) === 0 ? pick(roll, PURPOSES) : pick(roll, OPTIONAL_PURPOSES);
  const acting = ORACLE_ROLES.filter((each) => worksFor(each).includes(purpose));
  const role = roll(10) === 0 ? pick(roll, ORACLE_ROLES) : pick(roll, acting);
  const serving = evidenceFor(role, purpose) ?? EVIDENCE;
  const question: Question = {
    role,
    purpose,
    evidence:
      roll(12) === 0
        ? null
        : { kind: pick(roll, roll(12) === 0 ? EVIDENCE : serving) as 'case', holds: roll(16) > 0 },
    customer: customerOf(roll, purpose),
    fields: fieldsOf(roll),
    policy: { hash: '', rules: roll(4) > 0 ? [] : STORE_RULES.filter(() => roll(3) === 0) },
    rules: book.rulesOf(distinct),
    balanced: roll(3) === 0 ? [] : PURPOSES,
    message: roll(2) === 0 ? null : { similarProducts: roll(4) > 0, optOutIncluded: roll(4) > 0 },
    destination:
      roll(10) > 0
        ? null
        : {
            country: pick(roll, ['JP', 'US', 'CN', null]),
            route: pick(roll, ['scc', 'standard-contract', null]),
            separateConsent: roll(2) === 0,
          },
  };
  return { codes: distinct, more: pick(roll, NEIGHBORS), question, unknown: pick(roll, UNKNOWNS) };
}

function customerOf(roll: Roll, purpose: Purpose): Customer {
  const chosen = roll(4);
  return {
    choices: chosen === 3 ? {} : { [purpose]: chosen > 0 || roll(3) > 0 ? 'granted' : 'refused' },
    stale: roll(12) === 0 ? [purpose] : [],
    chosenBy: { [purpose]: pick(roll, ['self', 'self', 'self', 'both', 'parent'] as const) },
    age: roll(2) === 0 ? null : roll(60),
    childSignal: roll(16) === 0,
    sale: roll(2) === 0 ? null : { optOutAtCollection: roll(3) > 0 },
    optOutSignal: roll(16) === 0,
    objections: roll(16) === 0 ? { [purpose]: pick(roll, ['pending', 'overridden'] as const) } : {},
    restricted: roll(20) === 0,
    erased: roll(20) === 0,
    retained: roll(6) === 0 ? ['commerce'] : ['identity', 'commerce', 'behavior', 'service', 'sensitive'],
    held: roll(8) === 0 ? ['commerce'] : [],
  };
}

function fieldsOf(roll: Roll): Fields {
  return Array.from({ length: 1 + roll(4) }, (_, at) => ({
    name: `field ${at}`,
    class: pick(roll, CLASSES),
    sensitivity: roll(2) === 0 ? 'ordinary' : pick(roll, SENSITIVITIES),
    purposes: roll(6) === 0 ? [] : PURPOSES,
    retention: pick(roll, ['identity', 'commerce', 'behavior'] as const),
    maskable: roll(4) > 0,
  }));
}

/** What is known turned into what is not. An unknown age is adult by rule and so is not among them. */
const UNKNOWNS: readonly ((question: Question) => Question)[] = [
  (question) => ({ ...question, role: 'stranger' as Question['role'] }),
  (question) => ({ ...question, purpose: 'curiosity' as Purpose }),
  (question) => ({
    ...question,
    evidence: question.evidence === null ? null : { ...question.evidence, kind: 'hunch' as 'case' },
  }),
  (question) => ({ ...question, customer: { ...question.customer, retained: [] } }),
  (question) => ({ ...question, customer: { ...question.customer, sale: null } }),
  (question) => ({ ...question, message: null }),
  (question) => ({
    ...question,
    customer: { ...question.customer, chosenBy: { [question.purpose]: 'a neighbor' as 'self' } },
  }),
  (question) => ({
    ...question,
    customer: { ...question.customer, objections: { [question.purpose]: 'somehow' as 'pending' } },
  }),
  (question) => ({ ...question, balanced: [] }),
  (question) => ({
    ...question,
    customer: { ...question.customer, choices: { [question.purpose]: 'perhaps' as 'granted' } },
  }),
  (question) => ({
    ...question,
    fields: question.fields.map((field) => ({ ...field, class: 'shoe-size' as 'identity' })),
  }),
  (question) => ({ ...question, fields: question.fields.map((field) => ({ ...field, maskable: false })) }),
  (question) => ({ ...question, destination: { country: null, route: null, separateConsent: false } }),
];

/** Judges one drawn question; true when it opened. */
export function judgeDrawn(
  { codes, more, question, unknown }: Drawn,
  book: Book,
  faults: Faults,
  at: number,
): boolean {
  const before = decide(question);
  const never = (after: ReturnType<typeof decide>, what: string) => {
    const shows =
      (after.allowed && !before.allowed) ||
      after.fields.some(({ state }, index) => LEVEL[state]! > LEVEL[before.fields[index]!.state]!);
    faults.check(!shows, `case ${at}: ${what} reveals more (${codes.join(', ')}; ${question.purpose})`);
  };
  const { customer, purpose } = question;
  if ((OPTIONAL_PURPOSES as readonly string[]).includes(purpose)) {
    if (customer.choices[purpose] === 'granted') {
      never(decide({ ...question, customer: { ...customer, choices: {} } }), 'less consent');
      never(decide({ ...question, customer: { ...customer, stale: [purpose] } }), 'a stale grant');
    }
    never(decide({ ...question, customer: { ...customer, choices: { [purpose]: 'refused' } } }), 'a refusal');
    never(decide(unknown(question)), 'an unknown');
  }
  never(
    decide({ ...question, rules: book.rulesOf([...new Set([...codes, more])]) }),
    `one more regime (${more})`,
  );
  const turned = decide({
    ...question,
    fields: [...question.fields].reverse(),
    policy: { hash: '', rules: [...question.policy.rules].reverse() },
    rules: book.rulesOf([...codes].reverse()),
  });
  const same =
    JSON.stringify([turned.allowed, [...turned.fields].reverse()]) ===
    JSON.stringify([before.allowed, before.fields]);
  faults.check(same, `case ${at}: order matters (${codes.join(', ')}; ${purpose})`);
  return before.allowed;
}
