/** Uses, prohibitions, children, quiet hours: what may be done. */
import { isDate, localHour } from './calendar.ts';
import type { LawQuestion } from './facts.ts';
import {
  type FactOf,
  factsOn,
  holds,
  loosens,
  type Speaking,
  tightens,
  UNKNOWN,
  type Verdict,
  wordsOf,
} from './verdict.ts';

/** `allow`, `deny`, or `unknown` where the regime does not speak of the act. */
export function answerMay(speaking: Speaking, question: LawQuestion): Verdict {
  const words = withDestination(speaking, question, wordsOf(question));
  const asked = { of: question.of };
  const prohibitions = factsOn(speaking, 'prohibition', asked);
  const forbidden = prohibitions.filter(
    ({ value }) => (value.when.length === 0 || holds(value.when, words)) && !holds(value.unless, words),
  );
  const closed = factsOn(speaking, 'permission', asked).map((fact) => permission(fact, question, words));
  const denied = closed.filter(({ answer }) => answer === 'deny');
  if (forbidden.length > 0 || denied.length > 0) {
    const prohibited = tightens('deny', forbidden);
    return { answer: 'deny', because: [...prohibited.because, ...denied.flatMap((each) => each.because)] };
  }
  const open = [...closed, ...prohibitions.map((fact) => loosens('allow', [fact]))];
  if (open.length === 0) return UNKNOWN;
  const answer = open.some((each) => each.answer === 'unverified') ? 'unverified' : 'allow';
  return { answer, because: open.flatMap((each) => each.because) };
}

function permission(
  fact: FactOf<'permission'>,
  { choice }: LawQuestion,
  words: ReadonlySet<string>,
): Verdict {
  const { unless, never, asks } = fact.value;
  const model = holds(fact.value.optInIf, words) ? 'opt-in' : fact.value.model;
  if (model === 'barred' || holds(never, words)) return tightens('deny', [fact]);
  if (choice === 'refused' && model !== 'route') return tightens('deny', [fact]);
  if (holds(unless, words)) return loosens('allow', [fact]);
  if (model === 'free' || model === 'opt-out') return loosens('allow', [fact]);
  const granted = model === 'opt-in' && choice === 'granted' && asks.every((each) => words.has(each));
  // Consent is open under every regime that asks for it, so a regime remembered to ask for it does not loosen.
  return granted ? tightens('allow', [fact]) : tightens('deny', [fact]);
}

/** A destination that the regime holds adequate, or restricts, is known by its circumstance. */
function withDestination(speaking: Speaking, { item }: LawQuestion, words: Set<string>): Set<string> {
  if (item === undefined) return words;
  for (const list of ['adequate-countries', 'countries-of-concern'])
    for (const fact of factsOn(speaking, 'list', { of: list }))
      if (fact.value.items.includes(item)) words.add(list);
  return words;
}

/** `parent`, `self`, or `unknown`. Who is old enough only by a fact from memory stays `unverified`. */
export function answerChild(speaking: Speaking, question: LawQuestion): Verdict {
  const fact = factsOn(speaking, 'age', question)[0];
  if (fact === undefined || question.age === undefined) return UNKNOWN;
  const { under } = fact.value;
  return under !== null && question.age < under ? tightens('parent', [fact]) : loosens('self', [fact]);
}

/** `quiet` or `open` for a channel at a moment, `unknown` where no hours are named. */
export function answerContact(speaking: Speaking, { of, date }: LawQuestion): Verdict {
  if (date === undefined || !isDate(date)) return UNKNOWN;
  const hours = speaking.facts.filter(
    (fact): fact is FactOf<'hours'> => fact.value.kind === 'hours' && fact.value.channels.includes(of),
  );
  if (hours.length === 0) return UNKNOWN;
  const quiet = hours.filter(({ value }) => {
    const { hour, weekday } = localHour(date, value.zone);
    return !value.days.includes(weekday) || !value.open.some(([from, to]) => hour >= from && hour < to);
  });
  return quiet.length > 0 ? tightens('quiet', quiet) : loosens('open', hours);
}
