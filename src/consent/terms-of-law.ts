/** What the packs in force say of a notice: model, form, consents of their own, and how long an answer holds. Pure. */
import type { Purpose } from '../../contract/names.ts';
import { answerOf, type LawInPlay, speakersOf } from '../law/answer.ts';
import { addSpan } from '../law/calendar.ts';
import type { Fact, LawQuestion, Span } from '../law/facts.ts';
import { factsOn, isVerified, type Speaking } from '../law/verdict.ts';
import { type ConsentModel, strictest, type TermsRow } from './terms.ts';

/** The uses that a notice asks about, as the packs name them, and the purposes that they are. */
const USES: Readonly<Record<string, readonly Purpose[]>> = {
  cookies: ['analytics', 'personalization'],
  advertising: ['advertising'],
  sale: ['partner-sharing'],
  sharing: ['partner-sharing'],
};
/** Acts for which the packs ask a consent of its own, and the purposes that do them. */
const APART: readonly (readonly [
  ask: 'is' | 'must',
  of: string,
  item: string | undefined,
  purpose: Purpose,
])[] = [
  ['is', 'separate-consents', 'provide-to-another-handler', 'partner-sharing'],
  ['must', 'ask-separately-for-marketing', undefined, 'advertising'],
];
const TIMES: ReadonlySet<string> = new Set(['cookies', 'advertising', 'marketing', 'sale']);
const DAY_MS = 86_400_000;

/**
 * One row for each regime that says anything of a notice. `law`: the regimes that apply, with their facts; `on`: the
 * day whose law is asked for. What rests on memory may ask for more, and never for less.
 */
export function rowsOfLaw(law: LawInPlay, on: string): readonly TermsRow[] {
  return speakersOf(law, { on, ask: 'may' }).flatMap((speaking) => rowOf(speaking, on) ?? []);
}

function rowOf(speaking: Speaking, on: string): TermsRow | null {
  const uses = Object.keys(USES).flatMap((of) => factsOn(speaking, 'permission', { topic: 'use', of }));
  // Where a law names no use, what it says of personal data as a whole holds.
  const said =
    uses.length > 0 ? uses : factsOn(speaking, 'permission', { topic: 'use', of: 'personal-data' });
  const pauses = timesOf(speaking, 'least', 'consent.pause');
  const ends = timesOf(speaking, 'most', 'consent.validity');
  const apart = apartIn(speaking, on);
  const list = yes(speaking, { ask: 'must', of: 'show-collection-as-list', on });
  const grounds: readonly Fact[] = [...said, ...pauses, ...ends];
  const { regime } = speaking;
  if (grounds.length === 0 && apart.purposes.length === 0 && list.length === 0 && !regime.general)
    return null;
  const models = said.map((fact) => modelOf(fact.value.model, isVerified(fact)));
  // A law on personal data as a whole that does not speak of a use has not opened it.
  if (models.length === 0 && regime.general) models.push('opt-in');
  const lasting = ends.flatMap(({ value }) => lengths(value.span));
  const resting = pauses.flatMap(({ value }) => lengths(value.span));
  const cited = [...grounds.map(({ citation }) => citation), ...apart.citations, ...list];
  return {
    regime: regime.code,
    model: models.length === 0 ? null : strictest(models),
    list: list.length > 0,
    separate: apart.purposes,
    // Months differ: nobody is asked a day too early, and no grant lasts a day too long.
    ...(resting.length === 0 ? {} : { askAgainAfterDays: Math.max(...resting) }),
    ...(lasting.length === 0 ? {} : { grantLastsDays: Math.min(...lasting) }),
    citation: cited.length === 0 ? regime.name : [...new Set(cited)].join('; '),
  };
}

function modelOf(model: string, verified: boolean): ConsentModel {
  if (!verified) return 'opt-in';
  if (model === 'free') return 'notice-only';
  return model === 'opt-out' ? 'opt-out' : 'opt-in';
}

function timesOf<K extends 'least' | 'most'>(
  speaking: Speaking,
  kind: K,
  topic: 'consent.pause' | 'consent.validity',
) {
  return [...TIMES].flatMap((of) => factsOn(speaking, kind, { topic, of }));
}

function apartIn(speaking: Speaking, on: string): { purposes: Purpose[]; citations: string[] } {
  const purposes: Purpose[] = [];
  const citations: string[] = [];
  for (const [ask, of, item, purpose] of APART) {
    const cited = yes(speaking, { ask, of, on, ...(item === undefined ? {} : { item }) });
    if (cited.length > 0) purposes.push(purpose);
    citations.push(...cited);
  }
  for (const [of, those] of Object.entries(USES))
    for (const { value, citation } of factsOn(speaking, 'permission', { topic: 'use', of }))
      if (value.asks.includes('separate')) {
        purposes.push(...those);
        citations.push(citation);
      }
  return { purposes, citations };
}

/** The citations of a yes; none where the regime says no, or nothing. */
function yes(speaking: Speaking, asked: Pick<LawQuestion, 'ask' | 'of' | 'on' | 'item'>): readonly string[] {
  const question: LawQuestion = { ...asked, with: [], measures: {}, holidays: [] };
  const { answer, because } = answerOf(speaking, question);
  return answer === 'yes' ? because.map(({ citation }) => citation) : [];
}

/** In days, from the first of each month of four years, one of them a leap year. */
function lengths(span: Span): number[] {
  return Array.from({ length: 48 }, (_, month) => {
    const start = new Date(Date.UTC(2024, month, 1)).toISOString().slice(0, 10);
    return (Date.parse(addSpan(start, span)) - Date.parse(start)) / DAY_MS;
  });
}
