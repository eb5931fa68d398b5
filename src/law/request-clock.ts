/**
 * By when a customer's request must be acknowledged and answered. Each regime answers by itself, with its own
 * extension and its own view of waiting for the customer; then the earliest day stands.
 */
import type { RequestKind } from '../../contract/requests.ts';
import { answerOf } from './answer.ts';
import { compareDue, NO_NUMBER } from './answer-clock.ts';
import { addSpan } from './calendar.ts';
import type { LawQuestion } from './facts.ts';
import type { LawBook } from './law-book.ts';
import type { Whereabouts } from './resolve.ts';
import { type Ground, inForce, type Speaking, type Verdict } from './verdict.ts';

/** Where no law in play counts days for a kind of request: the month of GDPR Art 12(3), by the house's own rule. */
const HOUSE_RULE = { unit: 'months', count: 1 } as const;

/** An appeal against a refusal has a clock of its own. */
export type ClockKind = RequestKind | 'appeal';

/** The clocks that the packs name, for each kind of request; the earliest of them stands. */
const CLOCKS: Readonly<Record<ClockKind, readonly string[]>> = {
  access: ['request', 'access'],
  portability: ['request', 'access'],
  correction: ['request', 'correction-or-deletion'],
  erasure: ['request', 'correction-or-deletion', 'account-deletion'],
  restriction: ['request', 'suspension'],
  objection: ['request', 'suspension', 'opt-out'],
  withdrawal: ['request', 'suspension', 'opt-out'],
  'opt-out': ['request', 'opt-out'],
  'limit-sensitive': ['request', 'opt-out'],
  'human-review': ['request', 'automated-decision'],
  complaint: ['complaint', 'grievance'],
  appeal: ['appeal'],
};

export interface ClockInput {
  readonly kind: ClockKind;
  readonly where: Whereabouts;
  /** The day on which it came, where the shop is: `YYYY-MM-DD`. The law of that day counts. */
  readonly received: string;
  /** The shop told the customer in time, with its reasons, that it needs longer. */
  readonly extended?: boolean;
  /** Whole days for which the shop waited for the customer: who they are, what they mean. */
  readonly waited?: number;
  /** Days that are no business days, beside Saturdays and Sundays. */
  readonly holidays?: readonly string[];
}

export interface RequestClock {
  /** The last day for the answer: `YYYY-MM-DD`. */
  readonly due: string;
  /** Where the law names no number of days: its words, `without-delay` for instance; then the day is a target. */
  readonly speed: string | null;
  readonly because: readonly Ground[];
  /** The last day on which the customer must have been told that the request came; null: no law asks for it. */
  readonly acknowledge: string | null;
  /** The last day, if it is extended; null: no law in play allows it. */
  readonly extendable: string | null;
  /** Waiting for the customer moves the last day. */
  readonly waits: boolean;
}

/** Pure. Throws never on a real day. */
export function requestClock(book: LawBook, input: ClockInput): RequestClock {
  const speakers = speakersOn(book, input);
  const plain = earliest(speakers, input, false);
  const longer = earliest(speakers, input, true);
  const stands = input.extended ? longer : plain;
  const told = speakers.map((each) => answerOf(each, asked(input, 'acknowledgement', false)));
  const days = told.filter(({ answer }) => answer !== 'unknown' && answer !== 'none').map(dayIn);
  return {
    due: stands.day,
    speed: stands.speed,
    because: stands.because,
    acknowledge: days.sort()[0] ?? null,
    extendable: longer.day > plain.day ? longer.day : null,
    waits:
      earliest(speakers, { ...input, waited: 1 }, false).day >
      earliest(speakers, { ...input, waited: 0 }, false).day,
  };
}

function speakersOn(book: LawBook, { where, received }: ClockInput): Speaking[] {
  const { regimes, facts } = book.lawFor(where);
  return regimes.map((regime) => ({
    regime,
    facts: facts.filter((fact) => fact.regime === regime.code && inForce(fact, received)),
  }));
}

interface Due {
  readonly day: string;
  readonly speed: string | null;
  readonly because: readonly Ground[];
}

function earliest(speakers: readonly Speaking[], input: ClockInput, extended: boolean): Due {
  const found = speakers.flatMap((speaking) => dueOf(speaking, input, extended) ?? []);
  found.sort((a, b) => compareDue(a.day, b.day));
  return found[0] ?? { day: addSpan(input.received, HOUSE_RULE), speed: null, because: [] };
}

/** What one regime says; null when it counts no days for this. */
function dueOf(speaking: Speaking, input: ClockInput, extended: boolean): Due | null {
  const spoken = CLOCKS[input.kind].map((of) => answerOf(speaking, asked(input, of, extended)));
  const counted = spoken.filter(({ answer }) => answer !== 'unknown' && answer !== 'none');
  counted.sort((a, b) => compareDue(a.answer, b.answer));
  const first = counted[0];
  if (first === undefined) return null;
  const { waited = 0 } = input;
  const stopped = waited > 0 ? stopsFor(speaking, input) : null;
  const day = dayIn(first);
  if (stopped === null) return { day, speed: speedIn(first), because: first.because };
  return {
    day: addSpan(day, { unit: 'days', count: waited }),
    speed: speedIn(first),
    because: [...first.because, ...stopped],
  };
}

/** Only a regime that says so in so many words lets the clock stand still; silence does not. */
function stopsFor(speaking: Speaking, input: ClockInput): readonly Ground[] | null {
  const question = {
    ...asked(input, 'stop-the-clock-while-waiting', false),
    ask: 'must',
    topic: 'duty.rights',
  } as const;
  const { answer, because } = answerOf(speaking, question);
  return answer === 'yes' && because.every(({ verified }) => verified) ? because : null;
}

function asked({ kind, received, holidays = [] }: ClockInput, of: string, extended: boolean): LawQuestion {
  return {
    ask: 'by',
    topic: kind === 'complaint' || kind === 'appeal' ? 'complaint.clock' : 'rights.clock',
    of,
    with: extended ? ['extended'] : [],
    on: received,
    date: received,
    measures: {},
    holidays,
  };
}

function dayIn({ answer }: Verdict): string {
  const at = answer.indexOf(NO_NUMBER);
  return (at === -1 ? answer : answer.slice(at + NO_NUMBER.length)).slice(0, 10);
}

function speedIn({ answer }: Verdict): string | null {
  const at = answer.indexOf(NO_NUMBER);
  return at === -1 ? null : answer.slice(0, at);
}
