/** The timeline: orders, cases and events of a customer, newest first, as far as purpose and evidence reach. One entry for all of it. */
import { PURPOSES, type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { makeMissing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { Decision, FieldState, Reason } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { lookUpEvidence } from '../vault/identify.ts';
import { type Opener, openCase, openEvent } from '../vault/read.ts';
import { recordNow } from '../vault/record.ts';
import type { CaseRow, EventRow, LineRow, OrderRow } from '../vault/rows.ts';
import { readCases, readEvents, readLines, readOrders } from '../vault/sql.ts';
import { type Actor, actorEntry, roleOf } from './actor.ts';
import { recordRefusal } from './alert.ts';
import { openerFor, openWholeOrder } from './answer.ts';
import { conditionsOf, personKnown, underGlass } from './conditions.ts';
import type { GateCtx } from './context.ts';
import { type Evidence, evidenceEntry, evidenceToken, type Weighed, weigh } from './evidence.ts';
import { factsByName, ORDER_FIELD } from './facts.ts';
import { showTexts, type TextStates } from './free-text.ts';
import { type Cluster, clusterOf, customerFacts, gather } from './gather.ts';
import { refuse } from './refuse.ts';
import { rulesFor } from './rules-for.ts';
import { CASE, caseProperties, caseText, eventFacts } from './timeline-facts.ts';

export interface TimelineInput {
  readonly actor: Actor;
  readonly customer: string;
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
  /** UTC milliseconds; items before it. */
  readonly before?: number;
  /** 1 to 200. */
  readonly limit?: number;
}

export interface TimelineItem {
  readonly kind: 'order' | 'case' | 'event';
  /** Row id. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** For events: the declared name. */
  readonly name?: string;
  readonly value: unknown;
  /** Free texts in it that are not shown as they are, by path; absent when there is none. */
  readonly texts?: TextStates;
}

/** A kind of which nothing, or not all, may be shown. */
export interface WithheldKind {
  readonly kind: TimelineItem['kind'];
  readonly because: readonly Reason[];
}

export interface Timeline {
  readonly items: TimelineItem[];
  readonly withheld: readonly WithheldKind[];
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

interface Rows {
  readonly orders: OrderRow[];
  readonly lines: LineRow[];
  readonly cases: CaseRow[];
  readonly events: EventRow[];
}

/** How far what is shown may be read. */
interface Reading {
  readonly caseText: FieldState;
  /** Numbers of the events that may only be seen masked. */
  readonly masked: ReadonlySet<number>;
}

/**
 * With a case as evidence: that case and its order. With an order: that order. With a reason (privacy
 * officer): all that the purpose reaches. Throws as `open` does.
 */
export async function timeline(ctx: GateCtx, input: TimelineInput): Promise<Timeline> {
  if (!PURPOSES.includes(input.purpose))
    throw new BaileeError('invalid_purpose', 'This purpose does not exist.');
  const taken = await ctx.db.transaction((tx) => record(ctx, tx, input));
  // The refusal is committed before it is told.
  if (taken === null) throw personKnown();
  const { cluster, gathered, rows, reading, withheld, recorded } = taken;
  const opener = openerFor(ctx, input.actor.store, { cluster, gathered }, [
    COLUMNS.order,
    COLUMNS.orderLine,
    COLUMNS.case,
    COLUMNS.event,
  ]);
  const items: TimelineItem[] = [
    ...rows.orders.map((row) => ({
      kind: 'order' as const,
      id: row.id,
      at: row.occurred_at.toISOString(),
      value: openWholeOrder(opener, row, rows.lines),
    })),
    ...rows.cases.map((row) => caseItem(ctx, opener, row, reading)),
    ...rows.events.flatMap((row) => eventItem(ctx, opener, row, reading)),
  ];
  items.sort((a, b) => (a.at < b.at ? 1 : -1));
  ctx.metrics.openings.inc({ purpose: input.purpose, result: 'timeline' });
  return {
    items: items.slice(0, limitOf(input)),
    withheld,
    opening: { id: recorded.id, ledgerIndex: recorded.index! },
  };
}

function caseItem(ctx: GateCtx, opener: Opener, row: CaseRow, reading: Reading): TimelineItem {
  const { value, states } = showTexts(openCase(opener, row), caseProperties(ctx), reading.caseText, true);
  return {
    kind: 'case',
    id: row.id,
    at: row.occurred_at.toISOString(),
    value: { ...(value as object | null), state: row.state },
    ...told(states),
  };
}

/** Of an event that may only be seen masked the texts that were read; without any it is not there. */
function eventItem(ctx: GateCtx, opener: Opener, row: EventRow, { masked }: Reading): TimelineItem[] {
  const event = ctx.catalog.eventById.get(row.event_id);
  const texts = masked.has(row.event_id) ? 'masked' : 'revealed';
  const payload = openEvent(opener, row);
  const { value, states } = showTexts(payload, event?.properties ?? [], texts, texts === 'revealed');
  if (texts === 'masked' && !Object.values(states).includes('masked')) return [];
  const at = row.occurred_at.toISOString();
  return [{ kind: 'event', id: row.id, at, name: event?.name ?? 'unknown', value, ...told(states) }];
}

function told(texts: TextStates): { readonly texts?: TextStates } {
  return Object.keys(texts).length === 0 ? {} : { texts };
}

async function record(ctx: GateCtx, tx: Transaction, input: TimelineInput) {
  const token = evidenceToken(ctx, input.actor.store, input.evidence);
  const [gathered, targets] = await Promise.all([
    gather(ctx, tx, [input.customer], []),
    lookUpEvidence(tx, token === null ? [] : [token]),
  ]);
  const cluster = clusterOf(gathered, input.customer, input.actor.store);
  const { actor, purpose } = input;
  const conditions = await conditionsOf(ctx, tx, actor, { purpose, customers: [...cluster.members] });
  if (actor.type === 'person' && (conditions?.caller.relation ?? null) !== null) {
    await recordRefusal(ctx, tx, gathered.ring, { person: actor, purpose, customer: cluster.root });
    return null;
  }
  const named = weigh(input.evidence, token, targets, cluster.members);
  const weighed = underGlass(named, input.evidence, conditions);
  const rows = await readRows(ctx, tx, input, cluster, weighed);
  const events = [...new Set(rows.events.map((row) => row.event_id))].map((id) => eventFacts(ctx, id));
  const text = caseText(ctx);
  const decision = decide({
    role: roleOf(input.actor),
    purpose: input.purpose,
    evidence: weighed.found,
    customer: customerFacts(cluster, gathered.ring),
    fields: [factsByName(ctx, ORDER_FIELD), CASE, text, ...events],
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
    ...(conditions === null ? {} : { caller: conditions.caller }),
  });
  refuse(decision, conditions?.courses);
  const states = new Map(decision.fields.map((field) => [field.name, field.state]));
  const isOpen = (name: string) => states.get(name) === 'revealed';
  const stateOf = ({ event_id: id }: EventRow) => states.get(eventFacts(ctx, id).name) ?? 'withheld';
  const shown: Rows = {
    orders: isOpen(ORDER_FIELD) ? rows.orders : [],
    lines: rows.lines,
    cases: isOpen(CASE.name) ? rows.cases : [],
    events: rows.events.filter((row) => stateOf(row) !== 'withheld'),
  };
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  const [recorded] = await recordNow(ctx, tx, input.actor.store, gathered.ring, [
    { customer: cluster.root, kind: 'opening', entry: entryOf(ctx, input, cluster, weighed, shown) },
  ]);
  const masked = shown.events.filter((row) => stateOf(row) !== 'revealed').map((row) => row.event_id);
  const reading = { caseText: states.get(text.name) ?? 'withheld', masked: new Set(masked) };
  const withheld = withheldOf(decision, input.actor);
  return { cluster, gathered, rows: shown, reading, withheld, recorded: recorded! };
}

/**
 * Orders and cases are named where they are withheld, whether there are any or not: that is nothing to learn here.
 * That events are there is told to the privacy officer alone, and which ones to nobody who may not see them.
 */
function withheldOf({ fields }: Decision, actor: Actor): WithheldKind[] {
  const reasons = (matches: (name: string) => boolean) =>
    fields.find(({ name, state }) => state === 'withheld' && matches(name))?.because;
  const officer = roleOf(actor) === 'privacy-officer';
  const kinds = [
    ['order', (name: string) => name === ORDER_FIELD],
    ['case', (name: string) => name === CASE.name],
    ['event', (name: string) => officer && name.startsWith('event:')],
  ] as const;
  return kinds.flatMap(([kind, matches]) => {
    const because = reasons(matches);
    return because === undefined ? [] : [{ kind, because }];
  });
}

function entryOf(ctx: GateCtx, input: TimelineInput, cluster: Cluster, weighed: Weighed, shown: Rows) {
  return {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: input.actor.store,
    customer: cluster.root,
    actor: actorEntry(input.actor),
    purpose: input.purpose,
    evidence: evidenceEntry(weighed),
    timeline: { orders: shown.orders.length, cases: shown.cases.length, events: shown.events.length },
    policy: ctx.policy.hash,
  };
}

async function readRows(
  ctx: GateCtx,
  tx: Transaction,
  input: TimelineInput,
  cluster: Cluster,
  weighed: Weighed,
): Promise<Rows> {
  const ids = [...cluster.members];
  const limit = limitOf(input);
  const before = new Date(input.before ?? ctx.clock.now() + 86_400_000);
  const narrow = weighed.found?.kind === 'case' || weighed.found?.kind === 'order';
  const orders = await readOrders(
    tx,
    ids,
    narrow ? { ids: weighed.order === null ? [] : [weighed.order] } : { before, limit },
  );
  const [lines, cases, events] = await Promise.all([
    readLines(
      tx,
      ids,
      orders.map((order) => order.id),
    ),
    readCases(tx, ids, narrow ? (weighed.case === null ? [] : [weighed.case]) : null),
    narrow ? [] : readEvents(tx, ids, before, limit),
  ]);
  return { orders, lines, cases: cases.filter((row) => row.occurred_at < before), events };
}

function limitOf({ limit = 100 }: TimelineInput): number {
  return Math.min(Math.max(Math.trunc(limit), 1), 200);
}
