/** Writes what a person chose, in one transaction: locks, the request's id, rows, entries. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { type ChoiceChange, type ChoiceContext, type ChoiceSet, recordedBefore } from '../consent/record.ts';
import { closedBySignal } from '../consent/signal.ts';
import type { GateCtx } from '../gate/context.ts';
import { gather } from '../gate/gather.ts';
import { messageToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { lookUp } from '../vault/identify.ts';
import type { Recorded } from '../vault/record.ts';
import { takeMessages } from '../vault/write.ts';
import type { Asked } from './choice-request.ts';
import { emptyDigest } from './digest.ts';
import { Names, People, type Person } from './people.ts';
import { recordChanges, type Writing, writeRows } from './write-digest.ts';

export interface ChoiceInput {
  readonly asked: Asked;
  readonly changes: readonly ChoiceChange[];
  readonly context: ChoiceContext;
  /** Chosen by the person; imported with its proof. */
  readonly how: Extract<ChoiceSet['how'], 'chosen' | 'imported'>;
  readonly gpc: boolean;
  /** When it was chosen, as told; for display. UTC milliseconds; absent: now. */
  readonly occurredAt?: number;
}

/** Entries of what changed; or the entry of the same request, taken before (null: it changed nothing). */
export type Written = { readonly recorded: readonly Recorded[] } | { readonly again: number | null };

/**
 * Records the changes that are no mere repetition. Throws `not_found` (erased), `choice_replayed`, and
 * `RetryTransaction` for a lost race.
 */
export async function writeChoice(ctx: GateCtx, tx: Transaction, input: ChoiceInput): Promise<Written> {
  const { source, who } = input.asked;
  const names = new Names(ctx, source.store);
  const normalized = normalizeIdentifier(who.kind, who.value);
  if (!normalized.ok) throw new BaileeError('invalid_identifier', `This is not a usable ${who.kind}.`);
  const named = names.of(who.kind, normalized.value);
  const found = await lookUp(tx, source.store, names.tokens());
  const customers = [...found.values()].map((each) => each.customer);
  const gathered = await gather(ctx, tx, customers, [], 'update');
  const people = new People(ctx, found, gathered.clusters);
  const known = people.find(named);
  if (known?.group.erased) throw new BaileeError('not_found', 'What was known under this id was erased.');
  const again = await takenBefore(ctx, tx, input, known);
  if (again !== null) return again;

  const narrow = source.kind === 'browser' && !who.vouched && (known?.group.members.size ?? 0) > 1;
  const standing = known?.group.standing ?? {};
  const changes = input.changes.filter((change) => counts(input, change, standing, narrow));
  const after: StandingChoices = {
    ...standing,
    ...Object.fromEntries(changes.map((each) => [each.purpose, each.state])),
  };
  const signal = input.gpc ? closedBySignal(after, known?.group.choices ?? []) : [];
  if (changes.length === 0 && signal.length === 0) return { recorded: [] };

  const kind = who.kind === 'userId' ? 'customer' : 'visitor';
  const person = people.take(named, kind, source.kind !== 'browser' || who.vouched === true);
  const out = emptyDigest();
  const now = ctx.clock.now();
  const add = (those: readonly ChoiceChange[], how: ChoiceSet['how'], given: ChoiceContext) => {
    if (those.length === 0) return;
    const withdraws = those
      .filter(({ purpose, state }) => state === 'refused' && standing[purpose] === 'granted')
      .map(({ purpose }) => purpose);
    const context = withdraws.length === 0 ? given : { ...given, withdraws: [...new Set(withdraws)] };
    const set = {
      customer: person.customer,
      changes: those,
      how,
      occurredAt: input.occurredAt ?? now,
      context,
    };
    out.choices.push({ set, person });
  };
  add(changes, narrow ? 'asserted' : input.how, input.context);
  add(signal, 'signal', { ...input.context, place: 'browser' });
  out.keys.push({ customer: person.customer, class: 'service' });
  const writing: Writing = {
    ctx,
    tx,
    store: source.store,
    receivedAt: now,
    people,
    out,
    ring: gathered.ring,
  };
  await writeRows(writing);
  return { recorded: await recordChanges(writing) };
}

/** On a text that was read, every answer is proof; without one, only what differs from what stands is news. */
function counts(
  { context, how }: ChoiceInput,
  change: ChoiceChange,
  standing: StandingChoices,
  narrow: boolean,
): boolean {
  if (narrow && change.state === 'granted') return false;
  if (how === 'imported' && change.state === 'granted' && standing[change.purpose] === 'refused')
    return false;
  const whole = change.channel === undefined && context.recipient === undefined;
  return !whole || context.notice !== undefined || standing[change.purpose] !== change.state;
}

/** Takes the request's id. Null: it is new, or there is none. Throws `choice_replayed`. */
async function takenBefore(
  ctx: GateCtx,
  tx: Transaction,
  { asked: { source, who }, changes, context }: ChoiceInput,
  known: Person | undefined,
): Promise<{ again: number | null } | null> {
  const { request } = context;
  if (request === undefined) return null;
  const token = (text: string) =>
    messageToken(ctx, source.store, `choice\n${request}\n${text}`).toString('latin1');
  const id = token('');
  const content = token(JSON.stringify([who.kind, who.value, changes, context.notice ?? null]));
  const taken = await takeMessages(tx, source.store, [id, content], ctx.clock.now());
  const before = known === undefined ? null : await recordedBefore(tx, [...known.group.members], request);
  const isNew = taken.has(id);
  if (isNew && before === null) return null;
  if (isNew || taken.has(content) || before?.overtaken) {
    ctx.metrics.browserAttacks.inc({ kind: 'replayed-choice' });
    throw new BaileeError('choice_replayed', 'A choice of this id was taken before. Nothing was changed.');
  }
  return { again: before?.index ?? null };
}
