/** What the law says about one customer of one store, for one purpose, with the fact behind each answer. */
import type { Purpose } from '../../contract/names.ts';
import { answerLaw, type LawInPlay } from './answer.ts';
import type { Ask, LawQuestion } from './facts.ts';
import type { LawBook } from './law-book.ts';
import type { Because } from './resolve.ts';
import type { LegalBasis } from './types.ts';
import type { Ground } from './verdict.ts';

export interface ExplainInput {
  /** ISO 3166 code; null: not known. */
  readonly customer: string | null;
  readonly store: string | null;
  readonly purpose: Purpose;
  /** Whole years. */
  readonly age?: number;
  /** A kind of data, as the packs name it: `biometric`, `health` … */
  readonly category?: string;
  /** The day whose law is asked for, and from which clocks run. */
  readonly on: string;
}

/** An answer with what it stands on; field names are part of the outside surface. */
export interface Explained {
  readonly what: string;
  readonly answer: string;
  readonly because: readonly Ground[];
}

export interface Explanation {
  readonly on: string;
  readonly customer: string | null;
  readonly store: string | null;
  readonly purpose: Purpose;
  readonly regimes: readonly { readonly code: string; readonly name: string; readonly because: Because }[];
  /** Consent: `needed`, `until-refused` or `none`. */
  readonly consent: { readonly model: string; readonly because: readonly Ground[] };
  /** The legal bases open to the purpose; each must be told before collection. */
  readonly bases: readonly LegalBasis[];
  readonly balancingNeeded: boolean;
  readonly childAge: {
    readonly parentUnder: number;
    readonly ownFrom: number;
    readonly closedUnder: number;
    readonly because: readonly Ground[];
  };
  readonly child: Explained | null;
  readonly category: Explained | null;
  readonly deadlines: readonly Explained[];
  readonly breachClocks: readonly Explained[];
  readonly keep: readonly Explained[];
  /** Every fact from memory that was weighed: it may tighten, and never loosens. */
  readonly unverified: readonly Ground[];
}

const USE_OF: Readonly<Partial<Record<Purpose, readonly string[]>>> = {
  analytics: ['cookies'],
  personalization: ['cookies', 'advertising'],
  'marketing-email': ['marketing-email', 'marketing'],
  'marketing-sms': ['marketing-sms', 'marketing'],
  'marketing-phone': ['marketing-phone', 'marketing'],
  'marketing-push': ['marketing'],
  advertising: ['advertising'],
  'partner-sharing': ['sale', 'sharing', 'advertising'],
};

const DEADLINES = ['rights.clock', 'complaint.clock', 'marketing.clock', 'transfer.clock', 'erasure.clock'];

/** Explains; pure, and the same for the same input. */
export function explain(book: LawBook, input: ExplainInput): Explanation {
  const where = { customer: input.customer, store: input.store };
  const law = book.lawFor(where);
  const rules = book.rulesFor(where, input.on);
  const rule = rules.purposes.get(input.purpose)!;
  const asked = (ask: Ask, of: string, more: Partial<LawQuestion> = {}): Explained => ({
    what: of,
    ...answerLaw(law, { ask, of, with: [], on: input.on, measures: {}, holidays: [], ...more }),
  });
  const clocks = clocksOf(law, input.on);
  const due = ({ topic, of, words }: Clock) => asked('by', of, { topic, date: input.on, with: words });
  const said = (USE_OF[input.purpose] ?? ['personal-data']).flatMap((of) => asked('may', of).because);
  const ages = asked('child', 'consent', { age: 0 });
  const parts = {
    child: input.age === undefined ? null : asked('child', 'consent', { age: input.age }),
    category: input.category === undefined ? null : categoryOf(book, input.category, asked),
    deadlines: clocks.filter(({ topic }) => DEADLINES.includes(topic)).map(due),
    breachClocks: clocks.filter(({ topic }) => topic === 'breach.clock').map(due),
    keep: thingsOf(law, 'keep.duty').map((of) => asked('until', of, { topic: 'keep.duty', date: input.on })),
  };
  const grounds = [
    ...said,
    ...ages.because,
    ...[...parts.deadlines, ...parts.breachClocks, ...parts.keep].flatMap((each) => each.because),
  ];
  return {
    on: input.on,
    customer: input.customer,
    store: input.store,
    purpose: input.purpose,
    regimes: book
      .apply(where)
      .map(({ regime, because }) => ({ code: regime.code, name: regime.name, because })),
    consent: { model: rule.choice, because: said },
    bases: rule.bases,
    balancingNeeded: rule.balancing,
    childAge: {
      parentUnder: rules.parentUnder,
      ownFrom: rules.ownFrom,
      closedUnder: rule.closedUnder,
      because: ages.because,
    },
    ...parts,
    unverified: distinct(grounds.filter(({ verified }) => !verified)),
  };
}

/** A word that no pack knows is not known to be harmless. */
function categoryOf(
  { law }: LawBook,
  item: string,
  asked: (ask: Ask, of: string, more: Partial<LawQuestion>) => Explained,
): Explained {
  const of = 'sensitive-categories';
  const known = law.facts.some(({ value }) => value.kind === 'list' && value.items.includes(item));
  return known ? asked('is', of, { item }) : { what: of, answer: 'unknown', because: [] };
}

interface Clock {
  readonly topic: LawQuestion['topic'] & string;
  readonly of: string;
  /** The conditions under which some clock of this name runs. */
  readonly words: readonly string[];
}

/** The clocks that the regimes name, each once, with their conditions taken as given: the earliest that may come. */
function clocksOf({ facts }: LawInPlay, on: string): Clock[] {
  const found = new Map<string, Clock>();
  for (const { topic, of, value, from, to } of facts) {
    if (value.kind !== 'clock' || value.extends) continue;
    if ((from !== null && from > on) || (to !== null && to < on)) continue;
    const key = `${topic} ${of}`;
    const words = new Set([...(found.get(key)?.words ?? []), ...(value.when ?? []).flat()]);
    found.set(key, { topic, of, words: [...words].sort() });
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clock]) => clock);
}

function thingsOf({ facts }: LawInPlay, topic: string): string[] {
  return [...new Set(facts.filter((fact) => fact.topic === topic).map(({ of }) => of))].sort();
}

function distinct(grounds: readonly Ground[]): Ground[] {
  return [...new Map(grounds.map((each) => [`${each.regime} ${each.fact}`, each])).values()];
}
