/** Asking a caller: three questions whose right answers stay here, sealed. Whoever asks sees no value of the customer. */
import { type Purpose, RETENTION_CLASSES, type Role } from '../../../contract/names.ts';
import { decoyToken } from '../../keys/blind.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { makeMissing } from '../../keys/ring.ts';
import type { Decision } from '../../law/types.ts';
import { BaileeError } from '../../platform/errors.ts';
import { countFailed, writeCheck } from '../../vault/caller-checks.ts';
import { openField, openOrder } from '../../vault/read.ts';
import type { OrderRow } from '../../vault/rows.ts';
import { readOrders } from '../../vault/sql.ts';
import type { Caller } from '../actor.ts';
import { bestRows, openerFor } from '../answer.ts';
import { type AtWork, atWork, needOpen, recordWork, weighWork } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { type Evidence, evidenceEntry } from '../evidence.ts';
import { factsByName, ORDER_FIELD } from '../facts.ts';
import { plainTexts } from '../free-text.ts';
import { type CallerFacts, type Question, questionsFor } from './questions.ts';

const DAY = 86_400_000;
const ANSWERED_WITHIN = 10 * 60_000;
/** Failed checks of one customer in a day. */
const MOST_FAILED = 3;
const MOST_ORDERS = 200;
const ASKERS: readonly Role[] = ['support', 'order-desk', 'privacy-officer'];

const ADDRESSES = ['contact.address', 'contact.shippingAddress', 'contact.billingAddress'];
const BIRTH_DATE = 'identity.birthDate';
const FIELDS = [...ADDRESSES, BIRTH_DATE];

export interface AskCaller {
  readonly actor: Caller;
  readonly customer: string;
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
}

export interface CallerAsked {
  readonly check: string;
  /** ISO 8601. */
  readonly until: string;
  readonly questions: readonly Pick<Question, 'question' | 'options'>[];
}

/**
 * Only what purpose and role reach is asked about. Throws what an opening throws of the caller, `forbidden` when the
 * purpose is not open, `too_many_tries` after three failed checks in 24 hours, `conflict` when too little is known.
 */
export async function askCaller(ctx: GateCtx, input: AskCaller): Promise<CallerAsked> {
  const { actor, customer, purpose } = input;
  needAsker(actor);
  const id = ctx.random.id();
  const numbers = FIELDS.flatMap((name) => ctx.catalog.fieldByName.get(name)?.id ?? []);
  const work = { actor, customer, purpose, mode: 'update', fields: numbers } as const;
  const taken = await atWork(ctx, work, (at) => record(ctx, at, input, id));
  // The entry is durable: now what it speaks of may be opened.
  const now = ctx.clock.now();
  const questions = questionsFor(factsOf(ctx, actor.store, taken), isoDay(now), (text) =>
    decoyToken(ctx, taken.cluster.root, text).toString('hex'),
  );
  if (questions === null)
    throw new BaileeError('conflict', 'Too little is known of this customer to ask three questions.');
  const until = new Date(now + ANSWERED_WITHIN);
  await atWork(ctx, { actor, customer, purpose, mode: 'update' }, async ({ tx, cluster, gathered }) => {
    const { root } = cluster;
    await makeMissing(ctx, tx, gathered.ring, [{ customer: root, class: RETENTION_CLASSES.service }]);
    const row = {
      customers: [...cluster.members],
      customer_id: root,
      id,
      store_id: actor.store,
      case_id: taken.caseId,
      asked_by: actor.id,
      role: actor.role,
      purpose,
      asked_at: new Date(now),
      until,
    };
    const right = questions.map((each) => each.right);
    await writeCheck(ctx, tx, gathered.ring, row, right);
  });
  return {
    check: id,
    until: until.toISOString(),
    questions: questions.map(({ question, options }) => ({ question, options })),
  };
}

/** Throws `forbidden` for roles that speak with no customer. */
export function needAsker({ role }: Caller): void {
  if (!ASKERS.includes(role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles: ASKERS });
}

interface Taken extends Pick<AtWork, 'cluster' | 'gathered'> {
  readonly decision: Decision;
  readonly orders: readonly OrderRow[];
  readonly caseId: string | null;
}

async function record(ctx: GateCtx, at: AtWork, input: AskCaller, id: string): Promise<Taken> {
  const { tx, cluster, gathered } = at;
  const { actor, purpose } = input;
  const fields = [ORDER_FIELD, ...FIELDS].map((name) => factsByName(ctx, name));
  const { decision, weighed } = await weighWork(ctx, at, { ...input, fields });
  needOpen(decision);
  const now = ctx.clock.now();
  await needTriesLeft(at, now);
  const used = decision.fields.filter(({ state }) => state !== 'withheld').map(({ name }) => name);
  const newest = { before: new Date(now + DAY), limit: MOST_ORDERS };
  const orders = used.includes(ORDER_FIELD) ? await readOrders(tx, [...cluster.members], newest) : [];
  await recordWork(ctx, tx, gathered.ring, cluster.root, {
    kind: 'caller-check',
    actor,
    details: {
      step: 'asked',
      subject: id,
      purpose,
      evidence: evidenceEntry(weighed),
      fields: Object.fromEntries(used.map((name) => [name, 'used'])),
    },
  });
  return { cluster, gathered, decision, orders, caseId: weighed.case };
}

/** Throws `too_many_tries`. The customer must be locked for update. */
export async function needTriesLeft({ tx, cluster }: AtWork, now: number): Promise<void> {
  const failed = await countFailed(tx, [...cluster.members], new Date(now - DAY));
  if (failed >= MOST_FAILED)
    throw new BaileeError(
      'too_many_tries',
      'Three callers failed within a day. Nobody is asked any more; reach the customer in another way.',
    );
}

/** What is asked about, of the fields that were not withheld. */
function factsOf(ctx: GateCtx, store: string, { cluster, gathered, decision, orders }: Taken): CallerFacts {
  const shown = new Set(decision.fields.filter(({ state }) => state !== 'withheld').map(({ name }) => name));
  const fields = FIELDS.flatMap((name) => (shown.has(name) ? (ctx.catalog.fieldByName.get(name) ?? []) : []));
  const numbers = [...fields.map(({ id }) => id), ...(shown.has(ORDER_FIELD) ? [COLUMNS.order] : [])];
  const opener = openerFor(ctx, store, { cluster, gathered }, numbers);
  const best = bestRows(cluster);
  const values = new Map(
    fields.flatMap(({ id, name, retention }) => {
      const row = best.get(id);
      return row === undefined
        ? []
        : [[name, plainTexts(openField(opener, row, RETENTION_CLASSES[retention]))]];
    }),
  );
  const [last] = orders;
  const postalCode = ADDRESSES.map((name) => postalCodeOf(values.get(name))).find(isText);
  const birthDate = values.get(BIRTH_DATE);
  return {
    ...(last === undefined ? {} : orderFacts(ctx, orders, plainTexts(openOrder(opener, last)))),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(isText(birthDate) ? { birthDate } : {}),
  };
}

function orderFacts(ctx: GateCtx, orders: readonly OrderRow[], opened: unknown): CallerFacts {
  const { total, revenue, value, currency } = (opened ?? {}) as Readonly<Record<string, unknown>>;
  const amount = [total, revenue, value].find((each) => typeof each === 'number');
  const year = new Date(ctx.clock.now()).getUTCFullYear();
  return {
    lastOrderAt: orders[0]!.occurred_at.getTime(),
    ordersThisYear: orders.filter((row) => row.occurred_at.getUTCFullYear() === year).length,
    ...(typeof amount === 'number' && isText(currency) ? { lastOrderTotal: { amount, currency } } : {}),
  };
}

function postalCodeOf(address: unknown): unknown {
  if (typeof address !== 'object' || address === null) return undefined;
  const { postalCode, postal_code } = address as Readonly<Record<string, unknown>>;
  return postalCode ?? postal_code;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
