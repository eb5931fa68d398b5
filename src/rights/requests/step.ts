/** The steps of a request. Each is one transaction: what changes, what takes effect, and its entry. */
import {
  EXTENSIONS,
  type Extension,
  type Proof,
  REFUSALS,
  type Refusal,
  type RequestStep,
} from '../../../contract/requests.ts';
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import { BaileeError } from '../../platform/errors.ts';
import { changeRequest, type RequestRow, readRequestRow } from '../../vault/requests.ts';
import { erase } from '../erase.ts';
import {
  type Author,
  atRequest,
  isOutsider,
  needDecider,
  needTaker,
  recordRequest,
  unknownRequest,
  writerOf,
} from './at-request.ts';
import { clockOf, daysBetween, dueOf } from './clock.ts';
import { liftRestriction, takeEffect } from './effects.ts';
import { nextSteps, stateAfter } from './states.ts';

export interface StepInput {
  readonly author: Author;
  readonly id: string;
  /** As it was seen; absent: as it is. */
  readonly version?: number;
  readonly step: RequestStep;
  readonly proof?: Proof;
  readonly because?: Extension | Refusal;
  readonly fields?: readonly string[];
}

/** What support does with a caller on the line; the rest is decided by the privacy officer. */
const TAKING: readonly RequestStep[] = ['acknowledge', 'prove', 'withdraw'];

/**
 * Takes a step. Resolves with the request after it. Throws `forbidden`, `not_found`, `conflict` (changed meanwhile, or the
 * step is not open), `invalid_body`, and what an effect throws: of an erasure what `erase` throws.
 */
export async function stepRequest(ctx: GateCtx, input: StepInput): Promise<RequestRow> {
  const { author, step } = input;
  if (!isOutsider(author)) (TAKING.includes(step) ? needTaker : needDecider)(author);
  const erasing = step === 'fulfil' && !isOutsider(author) ? await erasureIn(ctx, author, input) : null;
  if (erasing !== null) return erasing;
  return atRequest(ctx, author, input.id, async (at) => {
    const { row } = at;
    if (input.version !== undefined && row.version !== input.version)
      throw new BaileeError('conflict', 'Somebody else changed this request meanwhile. Look at it again.');
    const { extendable } = clockOf(ctx, row);
    const open = nextSteps(row, extendable !== null);
    if (!open.includes(step))
      throw new BaileeError('conflict', 'This step is not open for this request now.', { open });
    // An erasure ends its request by itself: what came to be open meanwhile is not ended without one.
    if (step === 'fulfil' && row.kind === 'erasure')
      throw new BaileeError('conflict', 'This request changed meanwhile. Look at it again.');
    const { changed, details } = change(ctx, row, input);
    if (step === 'fulfil') await takeEffect(ctx, at, row, input.fields ?? []);
    if (step === 'lift') await liftRestriction(at, row);
    const kept = await changeRequest(at.tx, {
      ...changed,
      ...(changed.ended_at === null ? dueOf(ctx, changed) : {}),
    });
    await recordRequest(ctx, at, { author, row: kept, step, details });
    return kept;
  });
}

/** An erasure ends its own request, in its own transaction. Null: this is none. */
async function erasureIn(
  ctx: GateCtx,
  actor: Caller,
  { id, version }: StepInput,
): Promise<RequestRow | null> {
  const row = await readRequestRow(ctx.db, actor.store, id);
  if (row === null) throw unknownRequest();
  if (row.kind !== 'erasure' || row.ended_at !== null) return null;
  if (version !== undefined && row.version !== version)
    throw new BaileeError('conflict', 'Somebody else changed this request meanwhile. Look at it again.');
  if (!nextSteps(row, false).includes('fulfil')) return null;
  await erase(ctx, { actor, customer: row.customer_id, evidence: { request: id } });
  return (await readRequestRow(ctx.db, actor.store, id))!;
}

interface Change {
  readonly changed: RequestRow;
  readonly details: CanonicalEntry;
}

function change(ctx: GateCtx, row: RequestRow, input: StepInput): Change {
  const { step, author, proof, because, fields } = input;
  const now = new Date(ctx.clock.now());
  const state = stateAfter(step, row.state);
  switch (step) {
    case 'acknowledge':
      return { changed: { ...row, acknowledged_at: now }, details: {} };
    case 'prove':
      if (proof === undefined) throw missing('proof');
      return { changed: { ...row, state, proof, proved_at: now }, details: { proof } };
    case 'start':
      return {
        changed: { ...row, state, handler: writerOf(author) },
        details: {},
      };
    case 'wait':
      return { changed: { ...row, waits_since: now }, details: {} };
    case 'resume':
      return { changed: { ...row, ...resumed(row, now) }, details: {} };
    case 'extend': {
      const reason = EXTENSIONS.find((each) => each === because);
      if (reason === undefined) throw missing('because', EXTENSIONS);
      if (now >= row.due_at)
        throw new BaileeError('conflict', 'The last day is over. The customer had to be told before it.');
      return {
        changed: { ...row, state, extended_at: now, extended_because: reason },
        details: { because: reason },
      };
    }
    case 'refuse': {
      const reason = REFUSALS.find((each) => each === because);
      if (reason === undefined) throw missing('because', REFUSALS);
      return {
        changed: { ...row, ...ended(row, now), state, refused_because: reason },
        details: { because: reason },
      };
    }
    case 'appeal':
      return { changed: { ...row, state, ended_at: null, appealed_at: now }, details: {} };
    case 'fulfil':
      return {
        changed: { ...row, ...ended(row, now), state },
        details: fields === undefined ? {} : { fields: [...fields] },
      };
    case 'lift':
      return { changed: { ...row, state }, details: {} };
    case 'withdraw':
      return { changed: { ...row, ...ended(row, now), state }, details: {} };
  }
}

function resumed(row: RequestRow, now: Date): Pick<RequestRow, 'waits_since' | 'waited'> {
  const more = row.waits_since === null ? 0 : daysBetween(row.waits_since.getTime(), now.getTime(), row.zone);
  return { waits_since: null, waited: row.waited + more };
}

function ended(row: RequestRow, now: Date) {
  return { ...resumed(row, now), ended_at: now };
}

function missing(name: string, known?: readonly string[]): BaileeError {
  return new BaileeError('invalid_body', `This step needs ${name}.`, {
    path: `/${name}`,
    ...(known === undefined ? {} : { known }),
  });
}
