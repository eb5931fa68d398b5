/** The schedule of one place: for each kind of records how long the law has it kept, how long at most, and what is set. */
import {
  FIXED_KINDS,
  type RetentionSetting,
  TIMED_KINDS,
  type TimedKind,
} from '../../../contract/retention.ts';
import type { Catalog } from '../../catalog/types.ts';
import type { Fact, FactValue, Span } from '../../law/facts.ts';
import type { LawBook } from '../../law/law-book.ts';
import { inForce } from '../../law/verdict.ts';
import { ends } from './due.ts';
import { FIXED, TIMED } from './kinds.ts';
import type { Schedule, ScheduleLine, Term } from './types.ts';

export interface ScheduleInput {
  /** ISO 3166 code of where the customers live; null: not known. */
  readonly customer: string | null;
  /** Of the shop's establishment. */
  readonly store: string | null;
  /** The day whose law is asked for. */
  readonly on: string;
  /** What the store sets itself. */
  readonly own: ReadonlyMap<TimedKind, RetentionSetting>;
}

/**
 * Compiles the schedule. Pure. `book` null: no packs are in force, so no duty and no limit is known.
 * A store's own time that a law forbids is refused in a sentence, and the law's holds.
 */
export function compileSchedule(catalog: Catalog, book: LawBook | null, input: ScheduleInput): Schedule {
  const law = book?.lawFor({ customer: input.customer, store: input.store });
  const facts = (law?.facts ?? []).filter((fact) => inForce(fact, input.on));
  return {
    region: input.customer,
    regimes: (law?.regimes ?? []).map(({ code }) => code),
    lines: [...TIMED_KINDS.map((kind) => timedLine(catalog, facts, kind, input)), ...fixedLines()],
  };
}

function timedLine(
  catalog: Catalog,
  facts: readonly Fact[],
  kind: TimedKind,
  { own, on, customer, store }: ScheduleInput,
): ScheduleLine {
  const rule = TIMED[kind];
  // The one-stop shop reports what is sold across a border (Dir 2006/112/EC art. 369a).
  const atHome = customer !== null && customer.slice(0, 2) === store;
  const least = termsOf(facts, 'least', rule.least).filter(
    ({ fact }) => !(atHome && fact.of === 'vat-oss-records'),
  );
  const most = termsOf(facts, 'most', rule.most);
  const wanted = own.get(kind);
  const refused = wanted === undefined ? null : refusal(kind, wanted, { least, most }, on);
  const terms = { least, most };
  return {
    kind,
    ending: rule.ending,
    anchor: rule.anchor,
    fields: catalog.fields.filter((each) => rule.fields.includes(each.retention)).map((each) => each.name),
    events: catalog.events.filter((each) => rule.events.includes(each.retention)).map((each) => each.name),
    ...terms,
    set: wanted ?? rule.preset,
    setBy: wanted === undefined ? 'bailee' : 'store',
    refused,
    conflict: conflictOf(terms, on),
    warnHours: kind === 'inactive' || kind === 'visitors' || kind === 'sensitive' ? warning(facts) : null,
  };
}

function fixedLines(): ScheduleLine[] {
  return FIXED_KINDS.map((kind) => ({
    kind,
    ending: FIXED[kind].ending,
    anchor: FIXED[kind].anchor,
    fields: [],
    events: [],
    least: [],
    most: [],
    set: FIXED[kind].preset,
    setBy: 'bailee',
    refused: null,
    conflict: null,
    warnHours: null,
  }));
}

const TOPICS_OF = { least: ['keep.duty', 'claims'], most: ['keep.limit'] } as const;

type Period = Extract<FactValue, { kind: 'least' | 'most' }>;

function termsOf(facts: readonly Fact[], kind: Period['kind'], of: readonly string[]): Term[] {
  const topics: readonly string[] = TOPICS_OF[kind];
  return facts
    .filter((fact) => fact.value.kind === kind && topics.includes(fact.topic) && of.includes(fact.of))
    .map((fact) => {
      const { span, from } = fact.value as Period;
      return { span, from, fact };
    });
}

/** The longest warning that a law asks for before an erasure, in hours. */
function warning(facts: readonly Fact[]): number | null {
  const hours = facts.flatMap(({ topic, of, value }) =>
    topic === 'erasure.clock' && of === 'erasure-warning' && value.kind === 'clock' && value.span !== null
      ? [value.span.count * (value.span.unit === 'hours' ? 1 : 24)]
      : [],
  );
  return hours.length === 0 ? null : Math.max(...hours);
}

type Terms = Pick<ScheduleLine, 'least' | 'most'>;

/** The time in words: `8 years`, `1 day`. */
export function spanText({ count, unit }: Span): string {
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

function lawText({ span, from, fact }: Term): string {
  return `${spanText(span)} from ${from.replaceAll('-', ' ')} by ${fact.regime} (${fact.citation})`;
}

/** Why the store's own time does not hold; null: it does. */
function refusal(kind: TimedKind, wanted: RetentionSetting, terms: Terms, on: string): string | null {
  const { longest, shortest, keptUntil, goneBy } = ends(terms, on);
  const own = ends({ ...terms, set: wanted }, on).own;
  const said = typeof wanted === 'string' ? wanted : spanText(wanted);
  if (shortest !== null && (own === null || own > goneBy!))
    return `${kind}=${said} is longer than the law allows: at most ${lawText(shortest)}. So they go then.`;
  if (longest !== null && own !== null && own <= keptUntil!)
    return `${kind}=${said} is shorter than a duty: at least ${lawText(longest)}. So they stay until then.`;
  return null;
}

/** A duty to keep beyond a maximum: the duty goes first (GDPR art. 17(3)(b)), for the records under it alone. */
function conflictOf(terms: Terms, on: string): string | null {
  const { longest, shortest, keptUntil, goneBy } = ends(terms, on);
  if (longest === null || shortest === null || keptUntil! < goneBy!) return null;
  return `${lawText(longest)} outlasts ${lawText(shortest)}: the duty holds for these records alone.`;
}
