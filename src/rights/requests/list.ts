/** Lists of requests, one request with its steps, and counts for whoever begins the day. */
import type { RequestKind, RequestState } from '../../../contract/requests.ts';
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { members } from '../../vault/identify.ts';
import {
  countRequests,
  pageOfRequests,
  type RequestRow,
  readRequestRow,
  stepsOf,
} from '../../vault/requests.ts';
import { holdsOf } from '../holds.ts';
import { needReader, unknownRequest } from './at-request.ts';
import { clockOf, toldOf } from './clock.ts';
import { itemOf, type RequestItem } from './item.ts';
import { nextSteps } from './states.ts';

export interface ListInput {
  readonly actor: Caller;
  readonly show?: 'open' | 'ended';
  readonly kind?: RequestKind;
  readonly state?: RequestState;
  readonly customer?: string;
  readonly after?: string;
  readonly limit?: number;
}

const PAGE = 50;
const MOST_COUNTED = 1000;
const SOON_MS = 7 * 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws `forbidden`, `bad_request` for an `after` from elsewhere. */
export async function listRequests(
  ctx: GateCtx,
  { actor, show = 'open', customer, after, limit = PAGE, ...filter }: ListInput,
): Promise<{ requests: RequestItem[]; after: string | null }> {
  needReader(actor);
  const together = customer === undefined ? undefined : await members(ctx.db, [customer]);
  const rows = await pageOfRequests(ctx.db, {
    store: actor.store,
    show,
    ...filter,
    ...(together === undefined ? {} : { customers: together.map((each) => each.member) }),
    after: after === undefined ? null : placeIn(after, show),
    limit,
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { requests: rows.map(itemOf), after: last === undefined ? null : placeOf(last, show) };
}

function placeOf(row: RequestRow, show: 'open' | 'ended'): string {
  const at = show === 'open' ? row.due_at : row.ended_at!;
  return Buffer.from(`${show} ${at.getTime()} ${row.id}`).toString('base64url');
}

function placeIn(text: string, show: 'open' | 'ended'): { at: Date; id: string } {
  const [of, at = '', id = ''] = Buffer.from(text, 'base64url').toString('latin1').split(' ');
  if (of !== show || !/^\d{1,15}$/.test(at) || !UUID.test(id))
    throw new BaileeError('bad_request', 'after must come from the page before, of the same list.');
  return { at: new Date(Number(at)), id };
}

/** Counts of what is not ended. Throws `forbidden`. */
export async function summarizeRequests(ctx: GateCtx, actor: Caller) {
  needReader(actor);
  const now = ctx.clock.now();
  const span = { now: new Date(now), soon: new Date(now + SOON_MS), most: MOST_COUNTED };
  const { open, overdue, due_soon, unproved, unacknowledged } = await countRequests(
    ctx.db,
    actor.store,
    span,
  );
  return { open, overdue, dueSoon: due_soon, unproved, unacknowledged };
}

/** One request, the law of its clock, and what was done. Throws `forbidden`, `not_found`. */
export async function readRequest(ctx: GateCtx, actor: Caller, id: string) {
  needReader(actor);
  const row = await readRequestRow(ctx.db, actor.store, id);
  if (row === null) throw unknownRequest();
  const clock = clockOf(ctx, row);
  const steps = await stepsOf(ctx.db, row);
  const together = await members(ctx.db, [row.customer_id]);
  return {
    request: itemOf(row),
    // As it was counted and told, also where the packs have changed since.
    clock: { ...toldOf(clock), dueOn: row.due_on, acknowledgeOn: row.acknowledge_on },
    steps: steps.map(({ step, by, details, occurred_at, ledger_index }) => ({
      ...{ step, by, details },
      at: occurred_at.toISOString(),
      ledgerIndex: ledger_index === null ? null : Number(ledger_index),
    })),
    stays:
      row.kind === 'erasure' && row.ended_at === null
        ? await holdsOf(ctx, ctx.db, {
            ...{ customers: together.map((each) => each.member), region: row.region, country: row.country },
          })
        : [],
    next: nextSteps(row, clock.extendable !== null),
  };
}
