/** Duties, formalities, lists, sizes and penalties: what must be done, and what it costs not to. */
import type { FactValue, LawQuestion } from './facts.ts';
import {
  factsOn,
  holds,
  loosens,
  type Speaking,
  tightens,
  UNKNOWN,
  type Verdict,
  wordsOf,
} from './verdict.ts';

/** `yes`, `no`, or `unknown`. */
export function answerMust(speaking: Speaking, question: LawQuestion): Verdict {
  const words = wordsOf(question);
  const duties = factsOn(speaking, 'duty', question);
  const due = duties.filter(
    ({ value: { when, unless } }) =>
      when !== 'never' && (when === 'always' || holds(when, words)) && !holds(unless, words),
  );
  if (due.length > 0) return tightens('yes', due);
  return duties.length > 0 ? loosens('no', duties) : UNKNOWN;
}

/** `complete`, or `missing: …` with what `with` does not name. */
export function answerComplete(speaking: Speaking, question: LawQuestion): Verdict {
  const words = wordsOf(question);
  const forms = factsOn(speaking, 'formality', question);
  if (forms.length === 0) return UNKNOWN;
  const missing = forms.flatMap(({ value }) => value.requires.filter((each) => !words.has(each)));
  if (missing.length === 0) return loosens('complete', forms);
  return tightens(`missing: ${[...new Set(missing)].sort().join(', ')}`, forms);
}

/** To stand on one of these lists sets the shop free; on any other it binds. */
const LISTS_THAT_FREE = new Set(['adequate-countries', 'cookie-exemptions', 'transfer-exemptions']);

/** `yes`, `no`, or `unknown`. */
export function answerIs(speaking: Speaking, question: LawQuestion): Verdict {
  const lists = factsOn(speaking, 'list', question);
  const { item } = question;
  if (lists.length === 0 || item === undefined) return UNKNOWN;
  const naming = lists.filter(({ value }) => value.items.includes(item));
  const frees = LISTS_THAT_FREE.has(question.of);
  if (naming.length > 0) return frees ? loosens('yes', naming) : tightens('yes', naming);
  return frees ? tightens('no', lists) : loosens('no', lists);
}

/** `yes` from the size on, `no` below it. A measure that is not told counts as reached: what is not known binds. */
export function answerReached(speaking: Speaking, question: LawQuestion): Verdict {
  const thresholds = factsOn(speaking, 'threshold', question);
  const reached = thresholds.filter(({ value }) =>
    value.any.some((group) =>
      Object.entries(group).every(([measure, least]) => (question.measures[measure] ?? least) >= least),
    ),
  );
  if (reached.length > 0) return tightens('yes', reached);
  return thresholds.length > 0 ? loosens('no', thresholds) : UNKNOWN;
}

type Maximum = Extract<FactValue, { kind: 'maximum' }>;

/** The most that can fall due, `20000000 EUR`. Measures: the base of the share, and `count`. */
export function answerFine(speaking: Speaking, question: LawQuestion): Verdict {
  const penalties = factsOn(speaking, 'maximum', question)
    .map((fact) => ({ fact, sum: most(fact.value, question.measures) }))
    .filter(({ sum }) => sum !== null)
    .sort((a, b) => b.sum! - a.sum!);
  const highest = penalties[0];
  if (highest === undefined) return UNKNOWN;
  return tightens(`${highest.sum} ${highest.fact.value.currency}`, [highest.fact]);
}

function most(value: Maximum, measures: Readonly<Record<string, number>>): number | null {
  const base = value.base === null ? undefined : measures[value.base];
  const byShare = base === undefined || value.share === null ? null : Math.round(base * value.share);
  const sum =
    value.capped && byShare !== null && value.amount !== null
      ? Math.min(byShare, value.amount)
      : Math.max(byShare ?? -1, value.amount ?? -1);
  if (sum < 0) return null;
  return value.each ? sum * (measures.count ?? 1) : sum;
}

/** `law` or `not law` on the day asked for. */
export function answerInForce(speaking: Speaking, question: LawQuestion): Verdict {
  const fact = factsOn(speaking, 'in-force', question)[0];
  if (fact === undefined) return UNKNOWN;
  const { law, from, until } = fact.value;
  const now = law && (from === null || from <= question.on) && (until === null || question.on <= until);
  return now ? tightens('law', [fact]) : loosens('not law', [fact]);
}
