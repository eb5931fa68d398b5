/**
 * A customer's look at their own data, a part at a time: by the rules for everybody, one entry in their own ledger, and
 * only then opened. How the customer signed in weighs: by an order they see masks alone.
 */
import type { Strength } from '../../../contract/center.ts';
import { mask } from '../../anonymize/mask.ts';
import { readParty } from '../../consent/sql.ts';
import type { EvidenceFound } from '../../law/types.ts';
import type { Transaction } from '../../platform/ports.ts';
import {
  countOwn,
  type OwnCounts,
  type PageAfter,
  pageOfCases,
  pageOfEvents,
  pageOfOrders,
} from '../../vault/own-pages.ts';
import { readParts, type WholeRows } from '../../vault/whole.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { type Cluster, clusterOf, gather } from '../gather.ts';
import { LOOKS } from '../looked.ts';
import { openWhole } from '../open-whole.ts';
import { type OwnStates, ownStates } from '../own-states.ts';
import type { States, TakenWhole, Whole } from '../whole-types.ts';
import { recordOwn } from './record-own.ts';

export interface OwnInput {
  readonly store: string;
  readonly customer: string;
  readonly strength: Strength;
  readonly part: 'profile' | 'orders' | 'cases' | 'events';
  readonly after: PageAfter | null;
  /** 1 to 100. */
  readonly limit: number;
}

export interface OwnRead {
  readonly whole: Whole;
  /** How each is shown, by name of the field, the event (`event:…`) or what is composed. */
  readonly states: OwnStates;
  readonly counts: OwnCounts;
  /** Where the customer lives, and the shop: whose law counts. */
  readonly region: string | null;
  readonly after: PageAfter | null;
}

const MOST_VALUES = 2_000;
/** Always read: what is the customer's own must be known before a text is read for others. */
const PROFILE = ['about', 'links', 'fields', 'identifiers', 'tags'] as const;

/** Throws `not_found`, `already_erased`, `sealed_value_damaged`, `ledger_unavailable`. */
export async function readOwn(ctx: GateCtx, input: OwnInput): Promise<OwnRead> {
  const taken = await ctx.db.transaction((tx) => take(ctx, tx, input));
  ctx.metrics.openings.inc({ purpose: 'legal-duty', result: 'own' });
  const { states, rows, after } = taken;
  const opened = openWhole(ctx, input.store, { ...taken, states: openedBy(ctx, states) });
  return {
    whole: {
      ...opened,
      values: opened.values.map((each) => ({
        ...each,
        value: shown(ctx, states, each.field, each.value),
      })),
      identifiers:
        input.strength === 'order'
          ? opened.identifiers.map((each) => ({ ...each, value: maskedId(each.kind, each.value) }))
          : opened.identifiers,
    },
    states,
    counts: taken.counts,
    region: rows.about.find((each) => each.region !== null)?.region ?? null,
    after,
  };
}

interface Taken extends Omit<TakenWhole, 'states'> {
  readonly states: OwnStates;
  readonly counts: OwnCounts;
  readonly after: PageAfter | null;
}

async function take(ctx: GateCtx, tx: Transaction, input: OwnInput): Promise<Taken> {
  const { store, customer, strength } = input;
  const gathered = await gather(ctx, tx, [customer], []);
  const cluster = clusterOf(gathered, customer, store);
  needPresent({ cluster });
  const { rows, after } = await rowsOf(tx, cluster, input);
  const counts = await countOwn(tx, [...cluster.members], LOOKS);
  const states = weakened(ownStates(ctx, { cluster, gathered }, rows, proofOf(strength)), strength);
  const party = await readParty(tx, store);
  const recorded = await recordOwn(
    ctx,
    tx,
    { cluster, gathered },
    {
      store,
      strength,
      kind: 'opening',
      details: {
        purpose: 'legal-duty',
        evidence: { kind: 'session' },
        fields: Object.fromEntries([...states].map(([name, { state }]) => [name, state])),
        timeline: { orders: rows.orders.length, cases: rows.cases.length, events: rows.events.length },
        policy: ctx.policy.hash,
      },
    },
  );
  return { cluster, gathered, rows, states, counts, party, rowKeys: new Map(), recorded, after };
}

/** The shop's own sign-in proves who asks as a verified request does; a mailbox alone reaches nothing highly sensitive. */
function proofOf(strength: Strength): EvidenceFound | null {
  return strength === 'signed-in' ? { kind: 'request', holds: true } : null;
}

/** By an order nothing is seen whole. */
function weakened(states: OwnStates, strength: Strength): OwnStates {
  if (strength !== 'order') return states;
  return new Map(
    [...states].map(([name, each]) => [
      name,
      each.state === 'revealed' ? { ...each, state: 'masked' } : each,
    ]),
  );
}

async function rowsOf(
  tx: Transaction,
  { members }: Cluster,
  { part, after, limit }: OwnInput,
): Promise<{ readonly rows: WholeRows; readonly after: PageAfter | null }> {
  const customers = [...members];
  const profile = await readParts(tx, customers, PROFILE, MOST_VALUES);
  const asked = { customers, after, limit: limit + 1 };
  switch (part) {
    case 'profile':
      return { rows: profile, after: null };
    case 'orders': {
      const { orders, lines } = await pageOfOrders(tx, asked);
      const cut = cutAt(orders, limit, ({ occurred_at }) => occurred_at);
      return { rows: { ...profile, orders: cut.rows, lines }, after: cut.after };
    }
    case 'cases': {
      const { cases, ...of } = await pageOfCases(tx, asked);
      const cut = cutAt(cases, limit, ({ created_at }) => created_at);
      return { rows: { ...profile, ...of, cases: cut.rows }, after: cut.after };
    }
    case 'events': {
      const cut = cutAt(await pageOfEvents(tx, asked), limit, ({ received_at }) => received_at);
      return { rows: { ...profile, events: cut.rows }, after: cut.after };
    }
  }
}

function cutAt<Row extends { readonly id: string }>(
  rows: Row[],
  limit: number,
  at: (row: Row) => Date,
): { readonly rows: Row[]; readonly after: PageAfter | null } {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { rows, after: null };
  return { rows: rows.slice(0, limit), after: { at: at(last), id: last.id } };
}

/** What is decrypted: of what is shown masked a field's value, of which a mask is made; of the rest nothing. */
function openedBy({ catalog }: GateCtx, states: OwnStates): States {
  return new Map(
    [...states].map(([name, { state, because }]) => [
      name,
      state === 'revealed' || (state === 'masked' && catalog.fieldByName.has(name))
        ? { state: 'given', because: [] }
        : { state: 'described', because },
    ]),
  );
}

function shown(ctx: GateCtx, states: OwnStates, name: string, value: unknown): unknown {
  if (states.get(name)?.state !== 'masked') return value;
  const kind = ctx.catalog.fieldByName.get(name)?.mask ?? 'hidden';
  return mask(kind, value, 'en');
}

function maskedId(kind: string, value: string): string {
  return mask(kind === 'email' || kind === 'phone' ? kind : 'id', value, 'en') ?? '…';
}
