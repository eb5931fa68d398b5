/**
 * Questions to the law. Each regime answers by itself from its facts in force; then the answers are combined
 * by the kind of question, and the order of the regimes never shows.
 */
import { answerBy, answerUntil, compareDue } from './answer-clock.ts';
import {
  answerComplete,
  answerFine,
  answerInForce,
  answerIs,
  answerMust,
  answerReached,
} from './answer-duty.ts';
import { answerChild, answerContact, answerMay } from './answer-use.ts';
import type { Ask, Fact, LawQuestion, Regime } from './facts.ts';
import { inForce, type Speaking, UNKNOWN, type Verdict } from './verdict.ts';

/** Regimes that apply together, with all their facts. */
export interface LawInPlay {
  readonly regimes: readonly Regime[];
  readonly facts: readonly Fact[];
}

const SPEAK: Readonly<Record<Ask, (speaking: Speaking, question: LawQuestion) => Verdict>> = {
  by: answerBy,
  until: (speaking, question) => {
    const least = answerUntil(speaking, question, 'least');
    return least === UNKNOWN ? answerUntil(speaking, question, 'most') : least;
  },
  may: answerMay,
  must: answerMust,
  complete: answerComplete,
  is: answerIs,
  child: answerChild,
  fine: answerFine,
  reached: answerReached,
  contact: answerContact,
  'in-force': answerInForce,
};

/** From the strictest to the loosest; the first that a regime gives stands. */
const STRICTEST: Readonly<Partial<Record<Ask, readonly string[]>>> = {
  may: ['deny', 'unknown', 'unverified', 'allow'],
  must: ['yes', 'unverified', 'no'],
  is: ['yes', 'unverified', 'no'],
  child: ['parent', 'unverified', 'self'],
  reached: ['yes', 'unverified', 'no'],
  contact: ['quiet', 'unverified', 'open'],
  'in-force': ['law', 'unverified', 'not law'],
};

/**
 * The answer of the regimes together: permissions intersect, formalities and duties add up, clocks take the
 * earliest, duties to keep the longest, maxima the shortest. A duty that another regime forbids, or a duty to
 * keep beyond another's maximum, is `conflict`, and is for the privacy officer.
 * `unknown`: no regime speaks of it. Never throws on a well-typed question.
 */
export function answerLaw(law: LawInPlay, question: LawQuestion): Verdict {
  const speakers = speakersOf(law, question);
  const given = speakers.map((speaking) => ({ speaking, ...SPEAK[question.ask](speaking, question) }));
  if (question.ask === 'must' && conflicts(given, speakers, question)) return merge('conflict', given);
  if (question.ask === 'until') return combineUntil(speakers, question);
  // A law on personal data as a whole that does not speak of a use has not opened it.
  const counted = given.filter(
    ({ answer, speaking }) => answer !== 'unknown' || (question.ask === 'may' && speaking.regime.general),
  );
  if (counted.length === 0) return UNKNOWN;
  if (question.ask === 'by') return counted.sort((a, b) => compareDue(a.answer, b.answer))[0]!;
  if (question.ask === 'fine') return counted.sort((a, b) => amount(b) - amount(a))[0]!;
  if (question.ask === 'complete') return combineForms(counted);
  const answer = STRICTEST[question.ask]!.find((each) => counted.some((one) => one.answer === each))!;
  return merge(answer, counted);
}

/** What a single regime says, before it is combined with others. */
export function answerOf(speaking: Speaking, question: LawQuestion): Verdict {
  return SPEAK[question.ask](speaking, question);
}

/** Each regime with its facts in force, in the order of the codes. */
export function speakersOf(
  { regimes, facts }: LawInPlay,
  { on, ask }: Pick<LawQuestion, 'on' | 'ask'>,
): Speaking[] {
  const byCode = new Map<string, Fact[]>(regimes.map(({ code }) => [code, []]));
  for (const fact of facts) if (inForce(fact, on)) byCode.get(fact.regime)?.push(fact);
  const speakers = [...regimes]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((regime) => ({ regime, facts: byCode.get(regime.code)! }));
  if (ask !== 'child') return speakers;
  // A national age goes before the frame that leaves room for it (GDPR art. 8(1)).
  const framed = new Set(
    speakers.flatMap(({ regime, facts }) =>
      regime.within !== null && facts.some((fact) => fact.value.kind === 'age') ? [regime.within] : [],
    ),
  );
  return speakers.filter(({ regime }) => !framed.has(regime.code));
}

function conflicts(given: readonly Verdict[], speakers: readonly Speaking[], question: LawQuestion): boolean {
  if (!given.some(({ answer }) => answer === 'yes')) return false;
  return speakers.some((speaking) => {
    const prohibitions = speaking.facts.filter((fact) => fact.value.kind === 'prohibition');
    return answerMay({ regime: speaking.regime, facts: prohibitions }, question).answer === 'deny';
  });
}

function combineUntil(speakers: readonly Speaking[], question: LawQuestion): Verdict {
  const ends = (kind: 'least' | 'most') =>
    speakers
      .map((speaking) => answerUntil(speaking, question, kind))
      .filter((each) => each !== UNKNOWN)
      .sort((a, b) => (a.answer < b.answer ? -1 : 1));
  const least = ends('least').at(-1);
  const most = ends('most')[0];
  if (least !== undefined && most !== undefined && most.answer < least.answer)
    return merge('conflict', [least, most]);
  return least ?? most ?? UNKNOWN;
}

function combineForms(given: readonly Verdict[]): Verdict {
  const missing = new Set(
    given.flatMap(({ answer }) => (answer.startsWith('missing: ') ? answer.slice(9).split(', ') : [])),
  );
  if (missing.size > 0) return merge(`missing: ${[...missing].sort().join(', ')}`, given);
  return merge(given.some(({ answer }) => answer === 'unverified') ? 'unverified' : 'complete', given);
}

function amount({ answer }: Verdict): number {
  return Number(answer.split(' ')[0]);
}

/** Those grounds that made the answer; for a conflict, all. */
function merge(answer: string, given: readonly Verdict[]): Verdict {
  const made = given.filter((each) => each.answer === answer);
  return { answer, because: (made.length > 0 ? made : given).flatMap((each) => each.because) };
}
