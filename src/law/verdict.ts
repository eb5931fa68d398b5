/** What one regime says to one question, before regimes are combined. */
import type { Conditions, Fact, FactValue, LawQuestion, Regime } from './facts.ts';
import type { Topic } from './topics.ts';

/** A fact on which an answer stands, as it is shown. */
export interface Ground {
  readonly pack: string;
  readonly regime: string;
  readonly fact: string;
  readonly topic: Topic;
  readonly of: string;
  readonly says: string;
  readonly citation: string;
  readonly confidence: Fact['confidence'];
  /** False where the fact rests on memory: it may tighten an answer and never loosens one. */
  readonly verified: boolean;
}

export interface Verdict {
  /** `unknown`: the regime is silent. `unverified`: only a fact from memory would allow it. */
  readonly answer: string;
  readonly because: readonly Ground[];
}

export const UNKNOWN: Verdict = Object.freeze({ answer: 'unknown', because: [] });

export function isVerified({ confidence }: Pick<Fact, 'confidence'>): boolean {
  return confidence === 'verified-primary' || confidence === 'verified-secondary';
}

export function ground(fact: Fact): Ground {
  return {
    pack: fact.pack,
    regime: fact.regime,
    fact: fact.name,
    topic: fact.topic,
    of: fact.of,
    says: fact.says,
    citation: fact.citation,
    confidence: fact.confidence,
    verified: isVerified(fact),
  };
}

/** An answer that asks more of the shop: any fact may give it. */
export function tightens(answer: string, facts: readonly Fact[]): Verdict {
  return { answer, because: facts.map(ground) };
}

/** An answer that asks less of the shop: it stands on verified facts alone. */
export function loosens(answer: string, facts: readonly Fact[]): Verdict {
  return { answer: facts.every(isVerified) ? answer : 'unverified', because: facts.map(ground) };
}

/** True when one of the groups holds in full. */
export function holds(conditions: Conditions, words: ReadonlySet<string>): boolean {
  return conditions.some((group) => group.every((word) => words.has(word)));
}

/** The facts of a regime that are in force on the day of the question. */
export interface Speaking {
  readonly regime: Regime;
  readonly facts: readonly Fact[];
}

export type FactOf<K extends FactValue['kind']> = Fact & { readonly value: Extract<FactValue, { kind: K }> };

export function inForce(fact: Fact, on: string): boolean {
  return (fact.from === null || fact.from <= on) && (fact.to === null || on <= fact.to);
}

/** The facts of a kind that speak of what the question asks about. */
export function factsOn<K extends FactValue['kind']>(
  { facts }: Speaking,
  kind: K,
  { topic, of }: Pick<LawQuestion, 'topic' | 'of'>,
): readonly FactOf<K>[] {
  return facts.filter(
    (fact): fact is FactOf<K> =>
      fact.value.kind === kind && fact.of === of && (topic === undefined || fact.topic === topic),
  );
}

const AGES = [10, 12, 13, 14, 15, 16, 17, 18];

/** The circumstances that hold, with those that follow from the age: `under-16`, `adult`. */
export function wordsOf(question: Pick<LawQuestion, 'with' | 'age'>): Set<string> {
  const words = new Set(question.with);
  const { age } = question;
  if (age === undefined) return words;
  for (const limit of AGES) if (age < limit) words.add(`under-${limit}`);
  return words;
}
