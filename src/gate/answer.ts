/** Decrypts what was decided, after the commit, and masks what may only be seen masked. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { mask } from '../anonymize/mask.ts';
import type { Field } from '../catalog/types.ts';
import { COLUMNS } from '../keys/columns.ts';
import { REASONS } from '../law/reasons.ts';
import type { FieldAnswer, Reason } from '../law/types.ts';
import { makeGrant } from '../vault/grant.ts';
import { type Opener, openField, openLine, openOrder, openParty, readyField } from '../vault/read.ts';
import type { FieldRow, LineRow, OrderRow } from '../vault/rows.ts';
import type { GateCtx } from './context.ts';
import type { Answering, Decided, Deciding } from './decided.ts';
import { ORDER_FIELD, PARTY_FIELD } from './facts.ts';
import { maskedField, plainTexts } from './free-text.ts';
import type { Cluster } from './gather.ts';

export interface AnsweredField {
  readonly state: 'revealed' | 'masked' | 'withheld';
  /** Absent when withheld; null when nothing is stored. */
  readonly value?: unknown;
  readonly because: readonly Reason[];
}

const LANGUAGE = 'account.language';

/** The opener of a decision: covers the cluster, and the fields that are not withheld. */
export function openerFor(
  ctx: GateCtx,
  store: string,
  decided: Pick<Decided, 'cluster' | 'gathered'>,
  fields: Iterable<number>,
): Opener {
  return { ctx, store, ring: decided.gathered.ring, grant: makeGrant(decided.cluster.members, fields) };
}

/** Finds what a decision shows, without decrypting anything. */
function answeringOf(ctx: GateCtx, decided: Deciding): Answering {
  const { cluster, decision, input } = decided;
  const shown = decision.fields.filter((field) => field.state !== 'withheld');
  const numbers = new Set<number>();
  for (const field of shown) for (const number of numbersOf(ctx, field.name)) numbers.add(number);
  const language = ctx.catalog.fieldByName.get(LANGUAGE);
  if (language !== undefined && shown.some((field) => field.state === 'masked')) numbers.add(language.id);
  const opener = openerFor(ctx, input.actor.store, decided, numbers);
  return { opener, best: bestRows(cluster), readied: new Map() };
}

/**
 * The same, and makes ready to decrypt what is shown: for the time while the entry is being committed. Nothing is
 * decrypted here. Null when something is not as it should be; the answer itself will say what.
 */
export function readyAnswer(ctx: GateCtx, decided: Deciding): Answering | null {
  try {
    const answering = answeringOf(ctx, decided);
    for (const [number, row] of answering.best) {
      const field = ctx.catalog.fieldById.get(number);
      if (field !== undefined && answering.opener.grant.fields.has(number))
        answering.readied.set(number, readyField(answering.opener, row, RETENTION_CLASSES[field.retention]));
    }
    return answering;
  } catch {
    return null;
  }
}

/** Answers field by field, in the order of the decision. */
export function answerFields(ctx: GateCtx, decided: Decided): Record<string, AnsweredField> {
  const answering = decided.answering ?? answeringOf(ctx, decided);
  const language = ctx.catalog.fieldByName.get(LANGUAGE);
  let locale: string | undefined;
  const localeOf = () => {
    locale ??= (language && text(value(answering, language))) ?? 'en';
    return locale;
  };
  const answers: Record<string, AnsweredField> = Object.create(null) as Record<string, AnsweredField>;
  for (const answer of decided.decision.fields)
    answers[answer.name] = answerOne(ctx, decided, answering, answer, localeOf);
  return answers;
}

function numbersOf(ctx: GateCtx, name: string): number[] {
  if (name === ORDER_FIELD) return [COLUMNS.order, COLUMNS.orderLine];
  if (name === PARTY_FIELD) return [COLUMNS.orderParty];
  const field = ctx.catalog.fieldByName.get(name);
  return field === undefined ? [] : [field.id];
}

function answerOne(
  ctx: GateCtx,
  decided: Decided,
  answering: Answering,
  answer: FieldAnswer,
  locale: () => string,
): AnsweredField {
  const { state, because } = answer;
  const { opener } = answering;
  if (state === 'withheld') return { state, because };
  if (answer.name === ORDER_FIELD) return { state, value: orderValue(decided, opener), because };
  if (answer.name === PARTY_FIELD) return { state, value: partyValue(decided, opener), because };
  const field = ctx.catalog.fieldByName.get(answer.name)!;
  const stored = value(answering, field);
  if (state === 'revealed' || stored === null) return { state, value: plainTexts(stored), because };
  if (field.mask !== 'text') return { state, value: mask(field.mask, stored, locale()), because };
  const masked = maskedField(stored);
  if (masked === null) return { state: 'withheld', because: [...because, REASONS.noMask] };
  return { state, value: masked, because };
}

function value({ opener, best, readied }: Answering, field: Field): unknown {
  const ready = readied.get(field.id);
  if (ready !== undefined) {
    readied.delete(field.id);
    return ready();
  }
  const row = best.get(field.id);
  return row === undefined ? null : openField(opener, row, RETENTION_CLASSES[field.retention]);
}

/** Of several values of a field the verified one is shown, then the later one. */
export function bestRows(cluster: Cluster): Map<number, FieldRow> {
  const best = new Map<number, FieldRow>();
  for (const row of cluster.fields) {
    const other = best.get(row.field_id);
    if (
      other === undefined ||
      row.source < other.source ||
      (row.source === other.source && row.occurred_at.getTime() > other.occurred_at.getTime())
    )
      best.set(row.field_id, row);
  }
  return best;
}

/** An order with its lines, as shown to those who may see it. */
export function openWholeOrder(
  opener: Opener,
  order: OrderRow,
  lines: readonly LineRow[],
): Record<string, unknown> | null {
  const details = plainTexts(openOrder(opener, order));
  if (details === null) return null;
  return {
    ...(details as Record<string, unknown>),
    state: order.state,
    occurredAt: order.occurred_at.toISOString(),
    lines: lines
      .filter((line) => line.order_id === order.id)
      .map((line) => plainTexts(openLine(opener, line))),
  };
}

function orderValue(decided: Decided, opener: Opener): unknown {
  const own = ownOrder(decided);
  return own === undefined ? null : openWholeOrder(opener, own, decided.lines);
}

function partyValue(decided: Decided, opener: Opener): unknown {
  const own = ownOrder(decided);
  return own === undefined ? null : plainTexts(openParty(opener, own));
}

/** The order that the evidence names; a batch reads the orders of all its members at once. */
function ownOrder({ cluster, orders, weighed }: Decided): OrderRow | undefined {
  return orders.find((order) => order.id === weighed.order && cluster.members.has(order.customer_id));
}

function text(found: unknown): string | undefined {
  return typeof found === 'string' ? found : undefined;
}
