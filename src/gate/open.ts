/**
 * Opening: the one way to identifiable data. Lock and read, decide, record in the ledger, commit; only then
 * decrypt and answer. When the entry cannot be written, nothing opens.
 */
import { PURPOSES, RETENTION_CLASSES } from '../../contract/names.ts';
import { makeMissing } from '../keys/ring.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { useUp } from '../vault/approvals.ts';
import { lookUpEvidence } from '../vault/identify.ts';
import type { Recorded } from '../vault/record.ts';
import { readLines, readOrders } from '../vault/sql.ts';
import { type AnsweredField, answerFields, readyAnswer } from './answer.ts';
import { needRevealable, personKnown } from './conditions.ts';
import type { GateCtx } from './context.ts';
import type { Answering, Decided, OpenInput } from './decided.ts';
import { evidenceToken } from './evidence.ts';
import { type Gathered, gather } from './gather.ts';
import { conditionsOfAll, type Prepared, prepare, type Weighted } from './prepare-opening.ts';
import { BatchQueue, type Outcome } from './queue.ts';
import { raiseKnown, recordAll } from './record-openings.ts';

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
 * `ledger_unavailable`, `database_unavailable`; for persons also `training_required`, `person_known`, and with
 * `reveal` also `invalid_body`, `approval_required`, `step_up_required`.
 */
export async function open(ctx: GateCtx, input: OpenInput): Promise<Opened> {
  if (!PURPOSES.includes(input.purpose))
    throw new BaileeError('invalid_purpose', 'This purpose does not exist.');
  if (input.reveal !== undefined) needRevealable(input.actor, input.fields, input.reveal);
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
  const conditions = await conditionsOfAll(ctx, tx, gathered, inputs);
  const taken = new Set<string>();
  const prepared = asked.map((each) =>
    prepare(ctx, gathered, targets, { ...each, conditions: conditions.get(each.input) ?? null, taken }),
  );
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
  await raiseKnown(ctx, tx, entries);
  useUp(tx, [...taken], new Date(ctx.clock.now()));
  sent.entries = recordAll(ctx, tx, gathered, entries);
  sent.entries.catch(() => undefined);
  const readied = readyMeanwhile(ctx, gathered, entries);
  return (recorded) =>
    prepared.map((each): Outcome<Decided> => {
      if ('error' in each) return { error: each.error };
      if (each.refused) return { error: personKnown() };
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
      for (const each of entries)
        if (!each.refused) readied.set(each, readyAnswer(ctx, { ...each, gathered }));
    });
  return readied;
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
