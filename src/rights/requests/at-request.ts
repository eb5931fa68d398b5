/** A step in a request: its customer locked for update, whoever takes it weighed, what was done recorded. */
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import { actorEntry, type Caller, roleOf } from '../../gate/actor.ts';
import { atWork } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type Cluster, clusterOf, gather } from '../../gate/gather.ts';
import { needStanding } from '../../gate/watchers.ts';
import { INSTALLATION, makeMissing, readRing } from '../../keys/ring.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import { type Recorded, recordNow } from '../../vault/record.ts';
import { addStep, type RequestRow, readRequestRow } from '../../vault/requests.ts';

/** Who writes without working here: the customer about their own, the shop's platform, or an agent whom customers authorized. */
export type Outsider =
  | { readonly type: 'customer' | 'shop'; readonly store: string }
  | { readonly type: 'agent'; readonly id: string; readonly store: string };
/** Who writes: somebody of the shop, or somebody outside. */
export type Author = Caller | Outsider;

export function isOutsider(author: Author): author is Outsider {
  return author.type !== 'person' && author.type !== 'api-key';
}

/** Id of whoever wrote it; null: the customer, or the shop's platform. */
export function writerOf(author: Author): string | null {
  return 'id' in author ? author.id : null;
}

export interface AtRequest {
  readonly tx: Transaction;
  readonly cluster: Cluster;
}

/** Throws `not_found`, for persons also `training_required`, `person_known`, `forbidden`. */
export async function withOwner<T>(
  ctx: GateCtx,
  author: Author,
  customer: string,
  step: (at: AtRequest) => Promise<T>,
): Promise<T> {
  if (isOutsider(author))
    return ctx.db.transaction(async (tx) => {
      const gathered = await gather(ctx, tx, [customer], [], 'update');
      return step({ tx, cluster: clusterOf(gathered, customer, author.store) });
    });
  return atWork(ctx, { actor: author, customer, purpose: 'legal-duty', mode: 'update' }, async (at) => {
    if (at.conditions !== null) needStanding(at.conditions);
    return step(at);
  });
}

/** The same at a request of this store, locked after its customer. Throws `not_found` for an unknown one too. */
export async function atRequest<T>(
  ctx: GateCtx,
  author: Author,
  id: string,
  step: (at: AtRequest & { readonly row: RequestRow }) => Promise<T>,
): Promise<T> {
  const found = await readRequestRow(ctx.db, author.store, id);
  if (found === null) throw unknownRequest();
  return withOwner(ctx, author, found.customer_id, async (at) => {
    const row = await readRequestRow(at.tx, author.store, id, true);
    if (row === null) throw unknownRequest();
    return step({ ...at, row });
  });
}

export function unknownRequest(): BaileeError {
  return new BaileeError('not_found', 'There is no such request in this store.');
}

export interface Done {
  readonly author: Author;
  readonly row: RequestRow;
  /** `received`, or the step that was taken. */
  readonly step: string;
  readonly details?: CanonicalEntry;
}

/** Keeps the step with its request, and in the ledger: of somebody erased under the installation's key. Call it last. */
export async function recordRequest(
  ctx: GateCtx,
  { tx, cluster }: AtRequest,
  { author, row, step, details = {} }: Done,
): Promise<Recorded> {
  const { clock, random } = ctx;
  const by = writerOf(author);
  const customer = cluster.rows.some((each) => each.erased) ? INSTALLATION : cluster.root;
  const ring = await readRing(ctx, tx, [customer]);
  await makeMissing(ctx, tx, ring, [{ customer, class: RETENTION_CLASSES.service }]);
  const entry = {
    ...{ v: 1, kind: 'request', step, at: clock.now(), store: author.store, customer: row.customer_id },
    actor: isOutsider(author) ? outsiderEntry(author) : actorEntry(author),
    ...{ request: row.id, asked: row.kind, state: row.state, due: row.due_on },
    details,
  };
  const [recorded] = await recordNow(ctx, tx, author.store, ring, [{ customer, kind: 'request', entry }]);
  await addStep(tx, {
    ...{ customer_id: row.customer_id, request_id: row.id, id: random.id() },
    ...{ step, by, details, occurred_at: new Date(clock.now()), ledger_index: String(recorded!.index!) },
  });
  return recorded!;
}

function outsiderEntry(author: Outsider): Record<string, string> {
  return author.type === 'agent' ? { type: 'agent', id: author.id } : { type: author.type };
}

/** Who sees requests, who takes them in, and who decides. */
const READERS = ['privacy-officer', 'support', 'order-desk', 'auditor'];
const TAKERS = ['privacy-officer', 'support', 'order-desk'];

function need(actor: Caller, roles: readonly string[]): void {
  if (!roles.includes(roleOf(actor)))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
}

export function needReader(actor: Caller): void {
  need(actor, READERS);
}

export function needTaker(actor: Caller): void {
  need(actor, TAKERS);
}

/** The privacy officer answers requests. */
export function needDecider(actor: Caller): void {
  need(actor, ['privacy-officer']);
}
