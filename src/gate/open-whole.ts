/** Decrypts what was taken of a customer, after the commit; each value once, others in the texts masked. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { INSTALLATION } from '../keys/ring.ts';
import { unseal } from '../keys/seal.ts';
import type { FieldFacts } from '../law/types.ts';
import {
  type Opener,
  openAttachment,
  openAttachmentName,
  openCase,
  openEvent,
  openField,
  openIdentifier,
  openLine,
  openMessage,
  openOrder,
  openParty,
} from '../vault/read.ts';
import type { WholeAttachment, WholeCase, WholeField } from '../vault/whole.ts';
import { openerFor } from './answer.ts';
import type { GateCtx } from './context.ts';
import { factsByName, factsOf, ORDER_FIELD, PARTY_FIELD } from './facts.ts';
import { LOOKS, lookOf } from './looked.ts';
import { leavesForOthers, Own, readForOthers, withoutOthers } from './others.ts';
import { CASE, caseAttachment, caseProperties, caseText, eventFacts } from './timeline-facts.ts';
import type {
  Held,
  State,
  TakenWhole,
  Whole,
  WholeCaseValue,
  WholeFile,
  WholeIdentifierValue,
  WholeValue,
} from './whole-types.ts';

interface Opening {
  readonly ctx: GateCtx;
  readonly store: string;
  readonly opener: Opener;
  readonly taken: TakenWhole;
  readonly own: Own;
}

const KINDS = new Map<number, string>(Object.entries(IDENTIFIER_KINDS).map(([kind, nth]) => [nth, kind]));
const NOT_DECIDED: State = { state: 'described', because: [] };

/** Throws `sealed_value_damaged`. What cannot be opened any more, since its key is gone, is not there. */
export function openWhole(ctx: GateCtx, store: string, taken: TakenWhole): Whole {
  const numbers = [...taken.rows.fields.map((row) => row.field_id), ...Object.values(COLUMNS)];
  const opening: Opening = {
    ctx,
    store,
    taken,
    opener: openerFor(ctx, store, taken, numbers),
    own: new Own(),
  };
  const { rows, cluster, recorded, party } = taken;
  // In this order: what is the customer's own is known before any text is read.
  const values = valuesOf(opening);
  const identifiers = identifiersOf(opening, values);
  for (const row of rows.orders) opening.own.add(openParty(opening.opener, row));
  const orders = ordersOf(opening);
  const places = placesOf(orders);
  const cases = rows.cases.flatMap((row) => caseOf(opening, row, places));
  return {
    customer: cluster.root,
    store: party,
    erased: cluster.rows.some((row) => row.erased),
    restricted: cluster.rows.some((row) => row.restricted),
    about: rows.about,
    links: rows.links,
    values,
    identifiers,
    orders,
    cases,
    events: eventsOf(opening, shownIn([orders, cases])),
    choices: rows.choices,
    tags: rows.tags,
    openings: rows.openings.flatMap((row) =>
      LOOKS.includes(row.kind) ? lookOf(opening.opener, row, false) : [],
    ),
    requests: rows.requests,
    quarantined: quarantinedOf(opening, shownIn([values, identifiers, orders, cases])),
    opening: { id: recorded.id, ledgerIndex: recorded.index! },
  };
}

function heldOf({ taken }: Opening, facts: FieldFacts): Held {
  const { state, because } = taken.states.get(facts.name) ?? NOT_DECIDED;
  return { state, because, purposes: facts.purposes, retention: facts.retention };
}

/** Values of one field that say the same are one, with all who told it. */
function valuesOf(opening: Opening): WholeValue[] {
  const { ctx, taken, opener, own } = opening;
  const found = new Map<string, { value: WholeValue; sources: WholeValue['sources'][number][] }>();
  for (const row of taken.rows.fields) {
    const field = ctx.catalog.fieldById.get(row.field_id);
    if (field === undefined) continue;
    const opened = openField(opener, row, RETENTION_CLASSES[field.retention]);
    if (opened === null) continue;
    const held = heldOf(opening, factsOf(field));
    if (held.state === 'given') own.add(plainOf(opened));
    const name = `${row.field_id} ${JSON.stringify(opened)}`;
    const value = held.state === 'given' ? withoutOthers(own, opened) : null;
    const one = found.get(name) ?? { value: { ...held, field: field.name, value, sources: [] }, sources: [] };
    one.sources.push(sourceOf(row));
    found.set(name, one);
  }
  return [...found.values()].map(({ value, sources }) => ({ ...value, sources }));
}

/** A free text of a profile names whomever it names; other values are the customer's own. */
function plainOf(opened: unknown): unknown {
  return typeof opened === 'object' && opened !== null && '@text' in opened ? null : opened;
}

function sourceOf(row: WholeField): WholeValue['sources'][number] {
  return { from: row.source === 0 ? 'shop' : 'device', at: row.occurred_at, since: row.received_at };
}

const RETENTION: Readonly<Record<string, RetentionClass>> = { order: 'commerce', case: 'service' };

/** But for those that a value, an order or a case shows already. */
function identifiersOf(
  { taken, opener, own }: Opening,
  values: readonly WholeValue[],
): WholeIdentifierValue[] {
  const shown = new Set(values.map(({ value }) => folded(value)));
  return taken.rows.identifiers.flatMap((row) => {
    const kind = KINDS.get(row.kind) ?? 'unknown';
    const content = openIdentifier(opener, row) as {
      readonly value: string;
      readonly target: string | null;
    } | null;
    if (content === null) return [];
    own.add(content.value);
    const elsewhere = (kind === 'order' || kind === 'case') && content.target !== null;
    if (elsewhere || shown.has(folded(content.value))) return [];
    shown.add(folded(content.value));
    const { verified, created_at: since } = row;
    return [{ kind, value: content.value, verified, since, retention: RETENTION[kind] ?? 'identity' }];
  });
}

function folded(value: unknown): string {
  return typeof value === 'string'
    ? value
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s().-]/g, '')
    : '';
}

function ordersOf(opening: Opening): Whole['orders'] {
  const { ctx, taken, opener, own } = opening;
  const held = heldOf(opening, factsByName(ctx, ORDER_FIELD));
  const party = heldOf(opening, factsByName(ctx, PARTY_FIELD));
  return taken.rows.orders.flatMap((row) => {
    const details = openOrder(opener, row);
    if (details === null) return [];
    const lines = taken.rows.lines.filter((line) => line.order_id === row.id);
    const order = {
      ...(withoutOthers(own, details) as object),
      state: row.state,
      lines: lines.map((line) => withoutOthers(own, openLine(opener, line))),
    };
    const given = held.state === 'given';
    const payer = party.state === 'given' ? withoutOthers(own, openParty(opener, row)) : null;
    return [{ ...held, id: row.id, at: row.occurred_at, order: given ? order : null, party: payer }];
  });
}

type Places = ReadonlyMap<unknown, number>;

/** Where each order stands among those that are shown, from 1, by its number. */
function placesOf(orders: Whole['orders']): Places {
  return new Map(
    orders.flatMap(({ order }, nth) => {
      const number = (order as { readonly orderId?: unknown } | null)?.orderId;
      return typeof number === 'string' ? [[number, nth + 1] as const] : [];
    }),
  );
}

/** What a case says, and which order it is about: by its place, since its number stands there. */
function aboutOrder(details: unknown, places: Places): Pick<WholeCaseValue, 'details' | 'order'> {
  const { order_id: number, ...rest } = (details ?? {}) as Readonly<Record<string, unknown>>;
  const order = places.get(number) ?? null;
  return order === null ? { details, order } : { details: rest, order };
}

function caseOf(opening: Opening, row: WholeCase, places: Places): WholeCaseValue[] {
  const { ctx, taken, opener, own } = opening;
  const details = openCase(opener, row);
  if (details === null) return [];
  const held = heldOf(opening, CASE);
  const readable = heldOf(opening, caseText(ctx)).state === 'given';
  const files = filesOf(opening, row);
  const messages = taken.rows.messages
    .filter((message) => message.case_id === row.id)
    .map((message) => ({
      kind: message.kind,
      at: message.occurred_at,
      from: message.kind === 'incoming' ? ('customer' as const) : ('shop' as const),
      text: readable ? readForOthers(own, openMessage(opener, message)) : null,
      change: message.change === null ? null : { what: message.change.what },
      files: files.filter(([of]) => of === message.id).map(([, file]) => file),
    }));
  const first = files.filter(([of]) => of === row.id).map(([, file]) => file);
  const begun = { kind: 'incoming', at: row.created_at, from: 'customer', text: null, change: null } as const;
  const { number, kind, topic, channel, status, satisfaction } = row;
  const own_ = readable ? withoutOthers(own, details, caseProperties(ctx)) : null;
  return [
    {
      ...held,
      ...{ number, kind, topic, channel, status, satisfaction, at: row.created_at },
      ...aboutOrder(held.state === 'given' ? own_ : null, places),
      messages: first.length === 0 ? messages : [{ ...begun, files: first }, ...messages],
    },
  ];
}

/** What the customer sent is handed back, unless it may run; what the shop attached may speak of others, and is named. */
function filesOf(opening: Opening, row: WholeCase): (readonly [message: string, file: WholeFile])[] {
  const { ctx, taken, opener, own } = opening;
  const may = heldOf(opening, caseAttachment(ctx)).state === 'given';
  const incoming = new Set(
    taken.rows.messages.flatMap((each) => (each.kind === 'incoming' ? [each.id] : [])).concat(row.id),
  );
  return taken.rows.attachments.flatMap((file) => {
    if (file.case_id !== row.id) return [];
    const named = openAttachmentName(opener, file) as { readonly name: unknown } | null;
    if (named === null) return [];
    const handed = may && incoming.has(file.message_id) && !file.unsafe;
    const { type, bytes, received_at: at } = file;
    const content = handed ? contentOf(opener, file) : null;
    return [[file.message_id, { name: readForOthers(own, named.name), type, bytes, at, content }] as const];
  });
}

function contentOf(opener: Opener, { customer_id: customer, id, sealed }: WholeAttachment): Buffer | null {
  const content = openAttachment(opener, { customer, id, sealed });
  return typeof content === 'string' ? Buffer.from(content, 'base64') : null;
}

/** Every text in what is shown already. */
function shownIn(value: unknown, texts = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') texts.add(value);
  else if (typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value))
    for (const item of Object.values(value)) shownIn(item, texts);
  return texts;
}

/** The value without what is shown elsewhere: an event that made an order says again what the order says. */
function notShown(value: unknown, shown: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return shown.has(value) ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item) => notShown(item, shown)).filter((item) => item !== undefined);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const left = notShown(item, shown);
      return left === undefined ? [] : [[name, left]];
    }),
  );
}

function eventsOf(opening: Opening, shown: ReadonlySet<string>): Whole['events'] {
  const { ctx, taken, opener, own } = opening;
  return taken.rows.events.flatMap((row) => {
    const payload = openEvent(opener, row);
    if (payload === null) return [];
    const event = ctx.catalog.eventById.get(row.event_id);
    const held = heldOf(opening, eventFacts(ctx, row.event_id));
    const read = held.state === 'given' ? withoutOthers(own, payload, event?.properties) : null;
    const value = event?.makes === undefined ? read : notShown(read, shown);
    const { occurred_at: at, received_at: received } = row;
    return [{ ...held, name: event?.name ?? 'unknown', at, received, value }];
  });
}

function quarantinedOf(
  { ctx, store, taken, own }: Opening,
  shown: ReadonlySet<string>,
): Whole['quarantined'] {
  return taken.rows.quarantined.flatMap((row) => {
    const key = taken.rowKeys.get(row.id);
    if (key === undefined) return [];
    const place = { store, customer: INSTALLATION, row: row.id, rowVersion: 1, field: COLUMNS.quarantine };
    const read = leavesForOthers(own, unseal(ctx.cipher, key, place, row.sealed));
    const value = notShown(read, shown);
    return [{ code: row.code, received: row.received_at, until: row.expires_at, value }];
  });
}
