/** What is held of the customer who asks, in the shape of the privacy center. */
import { PURPOSES } from '../../../contract/names.ts';
import type { Field } from '../../catalog/types.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type OwnInput, type OwnRead, readOwn } from '../../gate/own/read-own.ts';
import type { OwnStates } from '../../gate/own-states.ts';
import type { Held, Whole, WholeValue } from '../../gate/whole-types.ts';
import { PURPOSE_BASIS } from '../../law/purposes.ts';
import { isCorrectable } from './correct.ts';
import { daysOf, lineOf, retentionOf, scheduleOf } from './kept.ts';
import type { OwnSession } from './session.ts';
import { may } from './strengths.ts';

/** What customers are found by serves every necessary purpose. */
const FOUND_FOR = ['order-fulfilment', 'customer-service', 'fraud-prevention', 'legal-duty'];

export interface PageAsked {
  readonly after: OwnInput['after'];
  readonly limit: number;
}

function inputOf(session: OwnSession, part: OwnInput['part'], page: PageAsked): OwnInput {
  const { store, customer, strength } = session;
  return { store, customer, strength, part, ...page };
}

/** Names the last row of a page; opaque to whoever gets it. */
export function pageText(after: OwnInput['after']): string | null {
  return after === null ? null : `${after.at.getTime()}_${after.id}`;
}

/** All but orders, cases and events, which have pages of their own. Throws what `readOwn` throws. */
export async function heldOf(ctx: GateCtx, session: OwnSession) {
  const read = await readOwn(ctx, inputOf(session, 'profile', { after: null, limit: 1 }));
  const { whole, counts, region } = read;
  const schedule = scheduleOf(ctx, { region, country: whole.store.country });
  return {
    store: whole.store,
    about: aboutOf(whole, region),
    purposes: purposesTold(),
    retention: retentionOf(ctx, schedule),
    recipients: [],
    values: whole.values.map((each) => valueTold(ctx, session, each, read)),
    identifiers: whole.identifiers.map(({ since, ...each }) => ({
      ...each,
      since: since.toISOString(),
      purposes: FOUND_FOR,
    })),
    // What the shop thinks of a customer has no masked form.
    tags: may(session.strength, 'see') ? tagsOf(ctx, whole) : [],
    counts,
    opening: whole.opening,
  };
}

function aboutOf({ about, restricted }: Whole, region: string | null) {
  const since = Math.min(...about.map((each) => each.created_at.getTime()));
  return { since: new Date(since).toISOString(), region, restricted, together: about.length };
}

function purposesTold() {
  return PURPOSES.map((name) => {
    const { basis, reason, purposeIri } = PURPOSE_BASIS.get(name)!;
    return { name, basis, source: reason.source, iri: purposeIri };
  });
}

function valueTold(ctx: GateCtx, session: OwnSession, each: WholeValue, { states }: OwnRead) {
  const field = ctx.catalog.fieldByName.get(each.field) as Field;
  const held = heldAs(states, each.field, each);
  const shown = held.state !== 'described' && each.value !== null;
  return {
    ...held,
    state: shown ? held.state : ('described' as const),
    field: each.field,
    class: field.class,
    sensitivity: field.sensitivity,
    value: shown ? each.value : null,
    sources: each.sources.map(({ from, at, since }) => ({
      from,
      at: at.toISOString(),
      since: since.toISOString(),
    })),
    correctable: shown && may(session.strength, 'correct') && isCorrectable(field),
  };
}

function heldAs(states: OwnStates, name: string, { purposes, retention }: Held) {
  const { state, because } = states.get(name) ?? { state: 'withheld', because: [] };
  const told =
    state === 'revealed'
      ? ('given' as const)
      : state === 'masked'
        ? ('masked' as const)
        : ('described' as const);
  return {
    state: told,
    because: because.map(({ rule, source }) => ({ rule, source })),
    purposes: [...purposes],
    retention,
  };
}

/** Those in force now. */
function tagsOf(ctx: GateCtx, { tags }: Whole) {
  const now = ctx.clock.now();
  return tags
    .filter((tag) => tag.removed_at === null && tag.until.getTime() > now)
    .map((tag) => ({
      ...{ id: tag.id, name: tag.name, meaning: tag.meaning, evidence: tag.evidence },
      by: tag.by_type === 'job' ? ('rule' as const) : ('person' as const),
      rule:
        tag.by_type !== 'job' || tag.rule === null
          ? null
          : { counts: tag.rule, atLeast: tag.at_least ?? 0, withinDays: tag.within_days ?? 0 },
      since: tag.given_at.toISOString(),
      until: tag.until.toISOString(),
      purposes: tag.purposes,
    }));
}

/** A page of orders, each with the days until which it stays. */
export async function heldOrders(ctx: GateCtx, session: OwnSession, page: PageAsked) {
  const { whole, states, region, after } = await readOwn(ctx, inputOf(session, 'orders', page));
  const line = lineOf(scheduleOf(ctx, { region, country: whole.store.country }), 'commerce');
  return {
    orders: whole.orders.map(({ id, at, order, party, ...held }) => ({
      ...heldAs(states, 'transaction.order', held),
      id,
      at: at.toISOString(),
      order,
      party,
      ...daysOf(line, at),
    })),
    after: pageText(after),
  };
}

export async function heldCases(ctx: GateCtx, session: OwnSession, page: PageAsked) {
  const { whole, states, after } = await readOwn(ctx, inputOf(session, 'cases', page));
  return {
    cases: whole.cases.map(({ number, kind, topic, channel, status, at, details, messages, ...held }) => ({
      ...heldAs(states, 'service.caseText', held),
      ...{ number, kind, topic, channel, status, details },
      at: at.toISOString(),
      messages: messages
        .filter(({ text, files }) => text !== null || files.length > 0)
        .map((message) => ({
          at: message.at.toISOString(),
          from: message.from,
          text: message.text,
          files: message.files.map(({ name, type, bytes }) => ({ name, type, bytes })),
        })),
    })),
    after: pageText(after),
  };
}

export async function heldEvents(ctx: GateCtx, session: OwnSession, page: PageAsked) {
  const { whole, states, after } = await readOwn(ctx, inputOf(session, 'events', page));
  return {
    events: whole.events.map(({ name, at, received, value, ...held }) => ({
      ...heldAs(states, `event:${name}`, held),
      name,
      at: at.toISOString(),
      received: received.toISOString(),
      value,
    })),
    after: pageText(after),
  };
}
