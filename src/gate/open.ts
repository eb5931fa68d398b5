/**
 * Opening: the one way to identifiable data. Lock and read, decide, record in the ledger, commit; only then
 * decrypt and answer. When the entry cannot be written, nothing opens.
 */
import { PURPOSES, RETENTION_CLASSES } from '../../contract/names.ts';
import { safeName } from '../catalog/safeName.ts';
import { makeMissing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { Decision, FieldFacts } from '../law/types.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { type EvidenceTarget, lookUpEvidence, type Token } from '../vault/identify.ts';
import { type Recorded, recordLast } from '../vault/record.ts';
import { readLines, readOrders } from '../vault/sql.ts';
import { actorEntry, roleOf } from './actor.ts';
import { type AnsweredField, answerFields, readyAnswer } from './answer.ts';
import type { GateCtx } from './context.ts';
import type { Answering, Decided, OpenInput } from './decided.ts';
import { evidenceEntry, evidenceToken, type Weighed, weigh } from './evidence.ts';
import { factsByName, factsOf, ORDER_FIELD, PARTY_FIELD } from './facts.ts';
import { type Cluster, clusterOf, customerFacts, type Gathered, gather } from './gather.ts';
import { BatchQueue, type Outcome } from './queue.ts';
import { refuse } from './refuse.ts';
import { rulesFor } from './rules-for.ts';

export interface Opened {
  readonly fields: Readonly<Record<string, AnsweredField>>;
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

const queues = new WeakMap<object, BatchQueue<OpenInput, Decided>>();

function queueOf(ctx: GateCtx): BatchQueue<OpenInput, Decided> {
  let queue = queues.get(ctx.db);
  if (queue === undefined) {
    queue = new BatchQueue((inputs) => openTogether(ctx, inputs));
    queues.set(ctx.db, queue);
  }
  return queue;
}

/**
 * Opens fields of a customer for a purpose. Each field is revealed, masked or withheld, with the rules that
 * made it so. Throws `not_found`, `evidence_required`, `evidence_mismatch`, `forbidden`, `invalid_purpose`,
 * `ledger_unavailable`, `database_unavailable`.
 */
export async function open(ctx: GateCtx, input: OpenInput): Promise<Opened> {
  if (!PURPOSES.includes(input.purpose))
    throw new BaileeError('invalid_purpose', 'This purpose does not exist.');
  const decided = await queueOf(ctx).add(input);
  ctx.metrics.openings.inc({
    purpose: input.purpose,
    result: decided.decision.allowed ? 'opened' : 'withheld',
  });
  return {
    fields: answerFields(ctx, decided),
    opening: { id: decided.recorded.id, ledgerIndex: decided.recorded.index! },
  };
}

interface Weighted {
  readonly input: OpenInput;
  readonly token: (Token & { store: string }) | null;
}

/** What a batch sent with its commit. */
interface Sent {
  entries?: Promise<ReadonlyMap<Prepared, Recorded>>;
}

/**
 * One batch, one transaction. Its entries are written by the last statement, which leaves in one message with
 * the commit; nobody gets an answer before both are answered.
 */
async function openTogether(ctx: GateCtx, inputs: readonly OpenInput[]): Promise<Outcome<Decided>[]> {
  const sent: Sent = {};
  try {
    const decide = await ctx.db.transaction((tx) => openBatch(ctx, tx, inputs, sent));
    return decide(await sent.entries!);
  } catch (error) {
    // The transaction tells what the database said; the ledger says what that means.
    throw await Promise.resolve(sent.entries).then(
      () => error,
      (reason: unknown) => (reason instanceof BaileeError ? reason : error),
    );
  }
}

/** Decides, sends the entries, and returns what makes outcomes of them. */
async function openBatch(
  ctx: GateCtx,
  tx: Transaction,
  inputs: readonly OpenInput[],
  sent: Sent,
): Promise<(recorded: ReadonlyMap<Prepared, Recorded>) => Outcome<Decided>[]> {
  const asked: Weighted[] = inputs.map((input) => ({
    input,
    token: evidenceToken(ctx, input.actor.store, input.evidence),
  }));
  const ids = [...new Set(inputs.map((input) => input.customer))];
  const [gathered, targets] = await Promise.all([
    gather(ctx, tx, ids, fieldNumbers(ctx, inputs)),
    lookUpEvidence(
      tx,
      asked.flatMap((each) => each.token ?? []),
    ),
  ]);
  const prepared = asked.map((each) => prepare(ctx, gathered, targets, each));
  const { orders, lines } = await ordersFor(tx, prepared);
  await makeMissing(
    ctx,
    tx,
    gathered.ring,
    prepared.flatMap((each) =>
      'error' in each ? [] : [{ customer: each.cluster.root, class: RETENTION_CLASSES.service }],
    ),
  );
  const entries = prepared.flatMap((each) => ('error' in each ? [] : [each]));
  sent.entries = recordAll(ctx, tx, gathered, entries);
  sent.entries.catch(() => undefined);
  const readied = readyMeanwhile(ctx, gathered, entries);
  return (recorded) =>
    prepared.map((each): Outcome<Decided> => {
      if ('error' in each) return { error: each.error };
      const answering = readied.get(each) ?? null;
      return { value: { ...each, gathered, orders, lines, recorded: recorded.get(each)!, answering } };
    });
}

/** A larger batch has the answers of the batch before to give meanwhile. */
const READIED_MOST = 4;

/** While the commit is on its way, its answers are made ready; decrypted they are when it is durable. */
function readyMeanwhile(
  ctx: GateCtx,
  gathered: Gathered,
  entries: readonly Prepared[],
): ReadonlyMap<Prepared, Answering | null> {
  const readied = new Map<Prepared, Answering | null>();
  if (entries.length <= READIED_MOST)
    setImmediate(() => {
      for (const each of entries) readied.set(each, readyAnswer(ctx, { ...each, gathered }));
    });
  return readied;
}

interface Prepared {
  readonly input: OpenInput;
  /** Hash of the rules of the customer's regimes, which the entry names; null: the built-in ones. */
  readonly rules: string | null;
  readonly cluster: Cluster;
  readonly weighed: Weighed;
  readonly decision: Decision;
}

function prepare(
  ctx: GateCtx,
  gathered: Gathered,
  targets: ReadonlyMap<string, EvidenceTarget>,
  { input, token }: Weighted,
): Prepared | { readonly error: unknown } {
  try {
    const cluster = clusterOf(gathered, input.customer, input.actor.store);
    needRecordable(gathered, cluster);
    const weighed = weigh(input.evidence, token, targets, cluster.members);
    const law = rulesFor(ctx, cluster.rows);
    const decision = decide({
      role: roleOf(input.actor),
      purpose: input.purpose,
      evidence: weighed.found,
      customer: customerFacts(cluster, gathered.ring),
      fields: fieldsAsked(ctx, input, cluster, weighed),
      policy: ctx.policy,
      ...law,
    });
    refuse(decision);
    return { input, cluster, weighed, decision, rules: law.rules?.hash ?? null };
  } catch (error) {
    return { error };
  }
}

/** Of someone who was erased, and has no orders, nothing can be opened: not even the entry could be kept. */
function needRecordable({ ring }: Gathered, { root }: Cluster): void {
  if (ring.state(root, RETENTION_CLASSES.service) !== 'shredded') return;
  if (ring.state(root, RETENTION_CLASSES.commerce) === 'live') return;
  throw new BaileeError('key_shredded', 'Nothing is kept of this customer.');
}

/** The fields asked for; by default those that are there, and the order that the evidence names. */
function fieldsAsked(ctx: GateCtx, input: OpenInput, cluster: Cluster, weighed: Weighed): FieldFacts[] {
  if (input.fields !== undefined) return [...new Set(input.fields)].map((name) => factsByName(ctx, name));
  const facts: FieldFacts[] = [];
  for (const id of new Set(cluster.fields.map((row) => row.field_id))) {
    const field = ctx.catalog.fieldById.get(id);
    if (field !== undefined) facts.push(factsOf(field));
  }
  facts.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (weighed.order !== null) facts.push(factsByName(ctx, ORDER_FIELD));
  return facts;
}

/** Numbers of the fields that the batch asks for; null when someone asks for all. The language is read for the masks. */
function fieldNumbers(ctx: GateCtx, inputs: readonly OpenInput[]): number[] | null {
  const numbers = new Set<number>();
  for (const input of inputs) {
    if (input.fields === undefined) return null;
    for (const name of [...input.fields, 'account.language']) {
      const field = ctx.catalog.fieldByName.get(name);
      if (field !== undefined) numbers.add(field.id);
    }
  }
  return [...numbers];
}

async function ordersFor(tx: Transaction, prepared: readonly (Prepared | { error: unknown })[]) {
  const ids = new Set<string>();
  const customers = new Set<string>();
  for (const each of prepared) {
    if ('error' in each || each.weighed.order === null) continue;
    ids.add(each.weighed.order);
    for (const member of each.cluster.members) customers.add(member);
  }
  if (ids.size === 0) return { orders: [], lines: [] };
  const [orders, lines] = await Promise.all([
    readOrders(tx, [...customers], { ids: [...ids] }),
    readLines(tx, [...customers], [...ids]),
  ]);
  return { orders, lines };
}

/** Sends the entries of a batch, a statement a store; they are all sent when this returns. */
function recordAll(
  ctx: GateCtx,
  tx: Transaction,
  gathered: Gathered,
  entries: readonly Prepared[],
): Promise<ReadonlyMap<Prepared, Recorded>> {
  const byStore = new Map<string, Prepared[]>();
  for (const each of entries) {
    const { store } = each.input.actor;
    const group = byStore.get(store);
    if (group === undefined) byStore.set(store, [each]);
    else group.push(each);
  }
  const sent = [...byStore].map(([store, group]) => {
    const items = group.map((each) => ({
      customer: each.cluster.root,
      kind: 'opening',
      entry: openingEntry(ctx, each),
    }));
    const answer = recordLast(ctx, tx, store, gathered.ring, items);
    return answer.then((rows) => group.map((each, at) => [each, rows[at]!] as const));
  });
  return Promise.all(sent).then((pairs) => new Map(pairs.flat()));
}

function openingEntry(ctx: GateCtx, { input, cluster, weighed, decision, rules }: Prepared): CanonicalEntry {
  return {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: input.actor.store,
    customer: cluster.root,
    actor: actorEntry(input.actor),
    purpose: input.purpose,
    evidence: evidenceEntry(weighed),
    fields: Object.fromEntries(decision.fields.map((field) => [entryName(ctx, field.name), field.state])),
    policy: ctx.policy.hash,
    ...(rules === null ? {} : { rules }),
  };
}

/** A name that nobody declared is a text of the caller's; an entry holds none that may be data. */
function entryName(ctx: GateCtx, name: string): string {
  const declared = ctx.catalog.fieldByName.has(name) || name === ORDER_FIELD || name === PARTY_FIELD;
  return declared ? name : safeName(name);
}
