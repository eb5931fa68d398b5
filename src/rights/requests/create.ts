/** A request comes in: by the customer's own hand, or written down by somebody of the shop. */
import type { Proof, RequestChannel, RequestKind } from '../../../contract/requests.ts';
import type { GateCtx } from '../../gate/context.ts';
import { localDay } from '../../law/local-day.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import {
  addRequest,
  changeRequest,
  proofOf,
  type RequestRow,
  readRequestRow,
  requestsOf,
} from '../../vault/requests.ts';
import {
  type AtRequest,
  type Author,
  isOutsider,
  needTaker,
  recordRequest,
  withOwner,
  writerOf,
} from './at-request.ts';
import { clockOf, dueOf } from './clock.ts';
import { needsProof } from './states.ts';

export interface NewRequest {
  readonly author: Author;
  readonly customer: string;
  readonly kind: RequestKind;
  readonly channel: RequestChannel;
  /** UTC milliseconds; absent: now. */
  readonly receivedAt?: number;
  readonly proof?: Proof;
  /** Of the sender: the same one counts once. */
  readonly id?: string;
  /** What else is written in the same transaction. */
  readonly alongside?: (tx: Transaction, created: Created) => Promise<void>;
}

export interface Created {
  readonly row: RequestRow;
  /** It was asked before and goes on. */
  readonly joined: boolean;
}

/** The longest that a request may have lain elsewhere before it came here, in milliseconds: five years. */
const OLDEST_MS = 5 * 366 * 86_400_000;

/**
 * Takes a request in. One of the same kind that is still open goes on instead; a proof that it lacked is added, so nobody
 * blocks a person by asking in their name. Throws `not_found`, `already_erased`, `invalid_body`, `conflict`, `forbidden`.
 */
export async function createRequest(ctx: GateCtx, input: NewRequest): Promise<Created> {
  const { author } = input;
  if (!isOutsider(author)) needTaker(author);
  const now = ctx.clock.now();
  const receivedAt = input.receivedAt ?? now;
  if (receivedAt > now || receivedAt < now - OLDEST_MS)
    throw new BaileeError('invalid_body', 'receivedAt lies in the future, or too far back.', {
      path: '/receivedAt',
    });
  return withOwner(ctx, author, input.customer, async (at) => {
    const created = await createIn(ctx, at, input, receivedAt);
    await input.alongside?.(at.tx, created);
    return created;
  });
}

async function createIn(
  ctx: GateCtx,
  at: AtRequest,
  input: NewRequest,
  receivedAt: number,
): Promise<Created> {
  const before = await sentBefore(at, input);
  if (before !== null) return { row: before, joined: true };
  if (at.cluster.rows.some((row) => row.erased))
    throw new BaileeError('already_erased', 'This customer was erased.');
  const open = (await requestsOf(at.tx, [...at.cluster.members])).find(
    (row) => row.kind === input.kind && row.ended_at === null,
  );
  if (open !== undefined) return { row: await join(ctx, at, input, open), joined: true };
  const row = await addRequest(at.tx, rowOf(ctx, at, input, receivedAt));
  if (row === null) throw new BaileeError('conflict', 'This id was taken before, for another request.');
  await recordRequest(ctx, at, {
    author: input.author,
    row,
    step: 'received',
    details: { channel: row.channel, ...(row.proof === null ? {} : { proof: row.proof }) },
  });
  return { row, joined: false };
}

/** Throws `conflict` when the id was somebody else's, or of something else. */
async function sentBefore(
  { tx, cluster }: AtRequest,
  { author, id, kind }: NewRequest,
): Promise<RequestRow | null> {
  if (id === undefined) return null;
  const row = await readRequestRow(tx, author.store, id);
  if (row === null) return null;
  if (row.kind === kind && cluster.members.has(row.customer_id)) return row;
  throw new BaileeError('conflict', 'This id was taken before, for another request.');
}

async function join(
  ctx: GateCtx,
  at: AtRequest,
  { author, proof }: NewRequest,
  open: RequestRow,
): Promise<RequestRow> {
  if (proof === undefined) return open;
  // What the customer proves themselves counts for more than what an agent vouched for or somebody of the shop saw.
  const better =
    open.proof === null ||
    (open.proof === 'agent' && proof !== 'agent') ||
    (author.type === 'customer' && (await proofOf(at.tx, open))?.by !== null);
  if (!better) return open;
  const proved_at = new Date(ctx.clock.now());
  const state = open.state === 'received' ? 'identity-checked' : open.state;
  const row = await changeRequest(at.tx, { ...open, state, proof, proved_at });
  await recordRequest(ctx, at, { author, row, step: 'prove', details: { proof } });
  return row;
}

function rowOf(ctx: GateCtx, { cluster }: AtRequest, input: NewRequest, receivedAt: number) {
  const { author, kind, channel, proof = null } = input;
  const now = new Date(ctx.clock.now());
  const zone = ctx.config.timeZone;
  const own = author.type === 'customer';
  const regions = new Set(cluster.rows.map((row) => row.region));
  const timed = {
    ...{ kind, zone, extended_at: null, waited: 0, appealed_at: null },
    // Who lives in two places at once lives in none that is known: the strictest counts.
    region: regions.size === 1 ? [...regions][0]! : null,
    country: cluster.rows[0]?.country ?? null,
    received_on: localDay(receivedAt, zone),
  };
  return {
    ...timed,
    ...dueOf(ctx, timed),
    customer_id: input.customer,
    id: input.id ?? ctx.random.id(),
    store_id: author.store,
    state: proof !== null && needsProof(kind) ? ('identity-checked' as const) : ('received' as const),
    channel,
    received_at: new Date(receivedAt),
    acknowledge_on: clockOf(ctx, timed).acknowledge,
    // Whoever asks here themselves sees at once that it came, and by when it is answered.
    acknowledged_at: own ? now : null,
    ...{ extended_because: null, waits_since: null, handler: null, refused_because: null, ended_at: null },
    proof,
    proved_at: proof === null ? null : now,
    made_by: writerOf(author),
  };
}
