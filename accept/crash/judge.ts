/** Judges what a schedule left against promises 1, 2, 3 and 4 (design §8). Answers what was broken, in sentences. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { plainTexts } from '../../src/gate/free-text.ts';
import { type CanonicalEntry, opens } from '../../src/ledger/leaf.ts';
import type { Line, Person, Seen } from './history.ts';
import { nameOf } from './history.ts';
import type { Plan, Sent } from './plan.ts';
import type { Opened, Snapshot } from './snapshot.ts';

export interface Case {
  readonly plan: Plan;
  readonly people: readonly Person[];
  readonly history: readonly Line[];
  readonly snapshot: Snapshot;
  readonly ctx: GateCtx;
  /** Openings that were answered after the restart. */
  readonly later: readonly Seen[];
}

interface Kept {
  readonly entry: CanonicalEntry;
  readonly salt: string;
}

/**
 * Errors that say how things stand, and need no fault to come about. `epoch_destroyed`: a rotation ended while
 * someone held a key as it was wrapped before; it fails closed (decision 3).
 */
const HONEST = new Set([
  ...['evidence_mismatch', 'not_found', 'already_erased', 'conflict'],
  'epoch_destroyed',
]);

function leaves({ snapshot }: Case): Map<number, Buffer> {
  return new Map(
    (snapshot.tables.get('bailee.ledger_entry') ?? []).map((row) => [Number(row.index), row.leaf as Buffer]),
  );
}

export function seenIn({ history, later }: Case): Seen[] {
  const seen = history.flatMap((line) =>
    line.type === 'answer' && line.answer.kind === 'open' ? line.answer.seen : [],
  );
  return [...seen, ...later];
}

/** Promise 1: what was answered is in the ledger, and was there when it was answered. */
export function judgeOpenings(judged: Case): string[] {
  const broken: string[] = [];
  const log = leaves(judged);
  const erased = erasedAt(judged);
  const rows = new Map(
    judged.snapshot.rows
      .filter(({ table }) => table === 'bailee.opening')
      .map((opened) => [opened.row.id as string, opened]),
  );
  for (const { id, index, durable, customer, purpose } of seenIn(judged)) {
    if (!durable) broken.push(`P1: opening ${index} was answered before its entry was durable`);
    const leaf = log.get(index);
    if (leaf === undefined) {
      broken.push(`P1: opening ${index} was answered and the ledger has no entry for it`);
      continue;
    }
    const row = rows.get(id);
    if (row === undefined || row.state === 'gone') {
      if (!erased.has(customer)) broken.push(`P1: the details of opening ${index} are gone`);
      continue;
    }
    const { entry, salt } = row.value as Kept;
    if (Number(row.row.ledger_index) !== index || !opens(leaf, entry, Buffer.from(salt, 'base64')))
      broken.push(`P1: the entry of opening ${index} does not open its leaf`);
    else if (entry.kind !== 'opening' || entry.purpose !== purpose)
      broken.push(`P1: the entry of opening ${index} tells of something else`);
  }
  for (const line of judged.history) {
    if (line.type !== 'error') continue;
    if (line.leaked) broken.push('P1: an error carries personal content');
    if (!line.injected && !HONEST.has(line.what))
      broken.push(`an unexpected error (step ${nameOf(line.client, line.at)}): ${line.what}`);
  }
  return broken;
}

/** Erased customers, with the ledger index of their erasure. */
export function erasedAt({ snapshot }: Pick<Case, 'snapshot'>): Map<string, number> {
  const erased = new Map<string, number>();
  for (const row of snapshot.tables.get('bailee.erasure') ?? [])
    for (const customer of row.customers as string[]) erased.set(customer, Number(row.ledger_index));
  return erased;
}

/** Promise 2: nothing of the erased classes opens at a higher index, no key of theirs lives, no identifier leads there. */
export function judgeErasures(judged: Case): string[] {
  const broken: string[] = [];
  const { snapshot, ctx, history } = judged;
  const erased = erasedAt(judged);
  const keeps = new Set(
    snapshot.rows.filter(({ table }) => table === 'bailee.orders').map(({ customer }) => customer),
  );
  for (const line of history)
    if (line.type === 'answer' && line.answer.kind === 'erase')
      for (const customer of line.answer.customers)
        if (!erased.has(customer)) broken.push('P2: an acknowledged erasure is not there');
  for (const { customer, class: klass, live } of snapshot.keys) {
    if (!live || !erased.has(customer)) continue;
    if (klass !== RETENTION_CLASSES.commerce || !clusterKeeps(judged, customer, keeps))
      broken.push(`P2: an erased customer has a live key of class ${klass}`);
  }
  for (const row of snapshot.tables.get('bailee.identifier') ?? [])
    if (erased.has(row.customer_id as string) && row.kind !== 5)
      broken.push('P2: an identifier of an erased customer is left');
  for (const { customer, index, shown } of seenIn(judged)) {
    const at = erased.get(customer);
    if (at === undefined || index < at) continue;
    const wrong = shown.filter((name) => !isCommerce(ctx, name));
    if (wrong.length > 0)
      broken.push(`P2: after the erasure at ${at}, opening ${index} showed ${wrong.join(', ')}`);
  }
  return broken;
}

/** An erasure keeps `commerce` of all who belonged together when one of them had an order. */
function clusterKeeps({ snapshot }: Case, customer: string, keeps: ReadonlySet<string>): boolean {
  return (snapshot.tables.get('bailee.erasure') ?? []).some(
    (row) =>
      (row.customers as string[]).includes(customer) &&
      (row.customers as string[]).some((each) => keeps.has(each)),
  );
}

function isCommerce(ctx: GateCtx, name: string): boolean {
  if (name === 'transaction.order' || name === 'transaction.invoiceParty' || name.startsWith('order:'))
    return true;
  const event = name.startsWith('event:') ? ctx.catalog.eventByName.get(name.slice(6)) : undefined;
  return (event ?? ctx.catalog.fieldByName.get(name))?.retention === 'commerce';
}

/** Promise 3: no opening for a purpose at a higher index than the refusal that stands. */
export function judgeWithdrawals(judged: Case): string[] {
  const broken: string[] = [];
  const linked = new Set(
    (judged.snapshot.tables.get('bailee.customer_link') ?? []).flatMap((row) => [row.child, row.root]),
  );
  const entries = judged.snapshot.rows
    .filter(({ table, state }) => table === 'bailee.opening' && state === 'open')
    .map(({ row, value }) => ({ index: Number(row.ledger_index), entry: (value as Kept).entry }))
    .sort((a, b) => a.index - b.index);
  const standing = new Map<string, string>();
  for (const { index, entry } of entries) {
    const customer = String(entry.customer);
    if (entry.kind === 'choice')
      for (const [purpose, state] of Object.entries(entry.choices as Record<string, string>))
        standing.set(`${customer}/${purpose}`, state);
    if (entry.kind !== 'opening' || linked.has(customer)) continue;
    const shown = Object.values((entry.fields ?? {}) as Record<string, string>).some(
      (state) => state !== 'withheld',
    );
    if (shown && standing.get(`${customer}/${String(entry.purpose)}`) === 'refused')
      broken.push(`P3: opening ${index} was for a purpose that was refused before it`);
  }
  return broken;
}

function count<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function opened({ snapshot }: Case, table: string): Opened[] {
  return snapshot.rows.filter((each) => each.table === table && each.state === 'open');
}

const text = (value: unknown, name: string): string =>
  String((plainTexts(value) as Record<string, unknown> | null)?.[name]);

/** Messages that were acknowledged, and of those the ones that were before any erasure of their person began. */
function acknowledged({ plan, history }: Case) {
  const all = new Map<string, Sent>(plan.first.map((sent) => [sent.messageId, sent]));
  const early = new Set(all.keys());
  const certain = new Set<string>(all.keys());
  const tries = new Map<string, number>();
  let erasing = false;
  for (const line of history) {
    if (line.type !== 'start' && line.type !== 'answer') continue;
    const step = plan.clients[line.client]?.[line.at]?.step;
    if (step?.kind === 'erase') erasing = true;
    if (step?.kind !== 'collect' && step?.kind !== 'merge') continue;
    for (const sent of step.events) {
      if (line.type === 'start') {
        tries.set(sent.messageId, (tries.get(sent.messageId) ?? 0) + 1);
        continue;
      }
      if (line.answer.kind !== step.kind) continue;
      all.set(sent.messageId, sent);
      if (!erasing) early.add(sent.messageId);
      // A view is alone in its batch: what was not collected the first time is known by the answer.
      if (sent.type === 'view' && line.answer.accepted === 1 && tries.get(sent.messageId) === 1)
        certain.add(sent.messageId);
    }
  }
  return { all, early, certain };
}

const MARKED: Readonly<Partial<Record<Sent['type'], string>>> = {
  order: 'affiliation',
  refund: 'affiliation',
  'sign-in': 'affiliation',
  view: 'product_id',
  ticket: 'subject',
};

/** Promise 4: each acknowledged message is stored, none twice. */
export function judgeEvents(judged: Case): string[] {
  const broken: string[] = [];
  const { all, early, certain } = acknowledged(judged);
  const erased = erasedAt(judged);
  const isGone = (person: number) =>
    [judged.people[person]?.user, judged.people[person]?.device].some((id) => erased.has(id ?? ''));
  const events = opened(judged, 'bailee.event');
  const marks = new Map(
    [...new Set(Object.values(MARKED))].map((name) => [
      name,
      count(events.map(({ value }) => text(value, name))),
    ]),
  );
  const everything = judged.plan.clients.flat().flatMap(({ step }) => ('events' in step ? step.events : []));
  for (const sent of new Set([...judged.plan.first, ...everything])) {
    const mark = MARKED[sent.type];
    if (mark === undefined) continue;
    const times = marks.get(mark)?.get(sent.messageId) ?? 0;
    if (times > 1) broken.push(`P4: message ${sent.messageId} (${sent.type}) is stored ${times} times`);
    if (times > 0 || !all.has(sent.messageId)) continue;
    const kept = sent.type === 'order' || sent.type === 'refund' || sent.type === 'sign-in';
    const expected = isGone(sent.person) ? kept && early.has(sent.messageId) : true;
    if (expected && (sent.type !== 'view' || certain.has(sent.messageId)))
      broken.push(`P4: message ${sent.messageId} (${sent.type}) was accepted and is lost`);
  }
  return [
    ...broken,
    ...judgeOrders(judged),
    ...judgeQuarantine(judged, all, isGone),
    ...judgeVersions(judged),
  ];
}

function judgeOrders(judged: Case): string[] {
  const broken: string[] = [];
  const orders = opened(judged, 'bailee.orders').filter(({ value }) => 'orderId' in (value as object));
  for (const [number, times] of count(orders.map(({ value }) => text(value, 'orderId'))))
    if (times > 1) broken.push(`P4: order ${number} is there ${times} times`);
  for (const { row } of orders)
    if ((row.row_version as number) > 1) broken.push('P4: an order that was sent once was written twice');
  const lines = opened(judged, 'bailee.order_line');
  for (const [name, times] of count(lines.map(({ value }) => text(value, 'name'))))
    if (times > 1) broken.push(`P4: order line ${name} is there ${times} times`);
  for (const { row, value } of orders) {
    const own = lines.filter((line) => line.row.order_id === row.id).length;
    if (own !== 2) broken.push(`P4: order ${text(value, 'orderId')} has ${own} lines of 2`);
  }
  return broken;
}

function judgeQuarantine(
  judged: Case,
  all: ReadonlyMap<string, Sent>,
  isGone: (person: number) => boolean,
): string[] {
  const broken: string[] = [];
  const kept = count(opened(judged, 'bailee.quarantine').map(({ value }) => text(value, 'messageId')));
  for (const [messageId, times] of kept)
    if (times > 1) broken.push(`P4: message ${messageId} is in quarantine ${times} times`);
  for (const { type, messageId, person } of all.values())
    if (type === 'bad' && !isGone(person) && !kept.has(messageId))
      broken.push(`P4: message ${messageId} was quarantined and is lost`);
  return broken;
}

/** A field is written at most once for each message that carries it. */
function judgeVersions(judged: Case): string[] {
  const name = judged.ctx.catalog.fieldByName.get('identity.name')?.id;
  const identifies = new Set(
    [
      ...judged.plan.first,
      ...judged.plan.clients.flat().flatMap(({ step }) => ('events' in step ? step.events : [])),
    ]
      .filter(({ type }) => type === 'identify')
      .map(({ messageId, person }) => `${person}/${messageId}`),
  );
  return judged.people.flatMap(({ user }, person) => {
    const sent = [...identifies].filter((each) => each.startsWith(`${person}/`)).length;
    return opened(judged, 'bailee.field_value')
      .filter(({ customer, row }) => customer === user && row.field_id === name)
      .filter(({ row }) => (row.row_version as number) > sent)
      .map(() => `P4: a field was written more often than it was sent`);
  });
}
