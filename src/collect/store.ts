/** Stores a batch in one transaction: each message once, with its keys, links, choices, entries and counts; or nothing of it. */
import { type IDENTIFIER_KINDS, RETENTION_CLASSES } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { GateCtx } from '../gate/context.ts';
import { type Gathered, gather } from '../gate/gather.ts';
import { messageToken } from '../keys/blind.ts';
import type { Transaction } from '../platform/ports.ts';
import { type Found, lookUp, stopped } from '../vault/identify.ts';
import { readClosedLinks } from '../vault/merge.ts';
import type { Recorded } from '../vault/record.ts';
import { takeMessages } from '../vault/write.ts';
import { type Digesting, digest, emptyDigest } from './digest.ts';
import type { Fault, Message } from './message.ts';
import { type Named, Names, People } from './people.ts';
import { definitionOf } from './plan.ts';
import { namesIn, quarantine } from './quarantine.ts';
import type { Source } from './types.ts';
import { isHeavy, NeedsUpdateLocks, recordChanges, type Writing, writeRows } from './write-digest.ts';

export interface StoreInput {
  readonly source: Source;
  readonly read: readonly (Message | Fault)[];
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly locks: 'share' | 'update';
  /** False for a replay out of quarantine: what is still faulty goes back, and old choices may only narrow. */
  readonly deduplicate: boolean;
}

export interface Stored {
  readonly stored: number;
  readonly duplicates: number;
  readonly notCollected: number;
  readonly quarantined: readonly Fault[];
  /** Entries of the choices that changed, in the batch's order. */
  readonly choices: readonly Recorded[];
}

export function isFault(read: Message | Fault): read is Fault {
  return 'code' in read;
}

type Mentioned = ReadonlyMap<Message | Fault, readonly Named[]>;

/** Runs inside the caller's transaction. Throws `NeedsUpdateLocks` when called with `share` and that is not enough. */
export async function store(ctx: GateCtx, tx: Transaction, input: StoreInput): Promise<Stored> {
  const { source, receivedAt } = input;
  const names = new Names(ctx, source.store);
  const mentioned = new Map(input.read.map((each) => [each, mention(ctx, names, source, each)]));
  const tokens = messageTokens(ctx, input);
  const wanted = [...tokens.keys()].map((each) => Buffer.from(each, 'latin1'));
  const [taken, found, halted] = await Promise.all([
    takeMessages(tx, source.store, wanted, receivedAt),
    lookUp(tx, source.store, names.tokens()),
    stopped(ctx, tx, source.store, names.tokens()),
  ]);
  const firsts = new Map([...tokens].map(([token, first]) => [first, taken.has(token)]));
  const isNew = (each: Message | Fault) => firsts.get(each) ?? isAlwaysNew(input, each);
  const live = input.read.filter(isNew);
  const { gathered, people } = await meet(ctx, tx, input, { live, mentioned, found });
  const out = emptyDigest();
  const replay = !input.deduplicate;
  const state: Digesting = {
    ctx,
    source,
    names,
    people,
    found,
    stopped: halted,
    out,
    replay,
    pointed: new Map(),
  };
  for (const each of live) if (!isFault(each)) digest(state, each);
  for (const reason of people.refusedMerges) out.counts.add('refused-merge', reason);
  if (isHeavy(state) && input.locks === 'share') throw new NeedsUpdateLocks();
  const writing: Writing = { ctx, tx, store: source.store, receivedAt, people, out, ring: gathered.ring };
  await writeRows(writing);
  const faults = live.filter(isFault);
  const erased = new Set(faults.filter((fault) => isErased(state, mentioned.get(fault)!)));
  if (erased.size > 0) out.counts.add('erased', 'quarantine', erased.size);
  for (const fault of faults)
    if (!erased.has(fault)) await quarantine(ctx, tx, source, fault, mentioned.get(fault)!);
  out.counts.save(tx, source.store, receivedAt);
  const choices = await recordChanges(writing);
  // Whoever holds a public key learns nothing of erasures: to a browser a faulty event is a faulty event.
  const told = source.kind === 'browser' ? new Set<Fault>() : erased;
  return {
    stored: out.stored,
    duplicates: input.read.filter((each) => !isFault(each) && !isNew(each)).length,
    notCollected: out.notCollected + told.size,
    quarantined: input.read.filter(isFault).filter((fault) => !told.has(fault)),
    choices,
  };
}

/** Locks everyone whom the batch names, and reads how they stand. */
async function meet(
  ctx: GateCtx,
  tx: Transaction,
  { locks }: StoreInput,
  batch: { live: readonly (Message | Fault)[]; mentioned: Mentioned; found: ReadonlyMap<string, Found> },
): Promise<{ gathered: Gathered; people: People }> {
  const { live, mentioned, found } = batch;
  const customers = new Set(
    live.flatMap((each) =>
      (mentioned.get(each) ?? []).flatMap((named) => found.get(named.name)?.customer ?? []),
    ),
  );
  const gathered = await gather(ctx, tx, [...customers], [], locks, classesOf(ctx, live));
  const mayMerge = live.some((each) => !isFault(each) && each.userId !== null && each.anonymousId !== null);
  const mayAlias = live.some((each) => !isFault(each) && each.type === 'alias');
  const all = [...gathered.clusters.values()].flatMap((cluster) => [...cluster.members]);
  const closed = mayMerge || mayAlias ? await readClosedLinks(tx, [...new Set(all)]) : [];
  return { gathered, people: new People(ctx, found, gathered.clusters, closed) };
}

/** The classes whose keys plain events need; null (all) where identities or choices may change. A key that was not read is read when it is wanted. */
function classesOf(ctx: GateCtx, live: readonly (Message | Fault)[]): number[] | null {
  const classes = new Set<number>();
  for (const each of live) {
    if (isFault(each)) continue;
    const definition = definitionOf(ctx, each);
    const both = each.userId !== null && each.anonymousId !== null;
    if (each.type === 'identify' || each.type === 'alias' || each.preferences !== null || both) return null;
    if (definition === undefined) continue;
    if (definition.makes !== undefined) return null;
    classes.add(RETENTION_CLASSES[definition.retention]);
  }
  return [...classes];
}

/** A faulty event of someone who was erased is not kept, also when the erasure came between the look-up and the lock. */
function isErased({ stopped: halted, people }: Digesting, named: readonly Named[]): boolean {
  return named.some((each) => halted.has(each.name) || people.find(each)?.group.erased === true);
}

/** The identifiers that a message names: all are looked up at once. */
function mention(ctx: GateCtx, names: Names, source: Source, each: Message | Fault): Named[] {
  if (isFault(each)) return namesIn(names, each.raw, source.country);
  const found: Named[] = [];
  if (each.userId !== null) found.push(names.ofIdentity(each.userId));
  if (each.anonymousId !== null) found.push(names.ofIdentity(each.anonymousId));
  if (source.kind === 'browser') return found;
  const add = (kind: keyof typeof IDENTIFIER_KINDS, value: unknown) => {
    if (value === undefined || value === null) return;
    const normalized = normalizeIdentifier(kind, value, source.country);
    if (normalized.ok) found.push(names.of(kind, normalized.value));
  };
  if (each.previousId !== null)
    for (const kind of ['userId', 'anonymousId'] as const) add(kind, each.previousId);
  for (const [name, value] of Object.entries(each.traits)) {
    const kind = (ctx.catalog.fieldByTrait.get(name) ?? ctx.catalog.fieldByName.get(name))?.identifier;
    if (kind === 'email' || kind === 'phone') add(kind, value);
  }
  const makes = definitionOf(ctx, each)?.makes;
  if (makes === 'order' || makes === 'case') add('order', each.properties.order_id);
  if (makes === 'case') add('case', each.properties.ticket_id);
  return found;
}

/** Without a messageId nobody can tell whether it was sent before; a fault out of quarantine goes back there. */
function isAlwaysNew({ deduplicate }: StoreInput, each: Message | Fault): boolean {
  return each.messageId === null || (isFault(each) && !deduplicate);
}

/**
 * Token of each messageId → the first message that carries it in this batch. A browser's ids count for its own
 * device alone, so that nobody with a public key takes an id of the shop's server; and a faulty event
 * does not take the id of the event that mends it.
 */
function messageTokens(ctx: GateCtx, input: StoreInput): Map<string, Message | Fault> {
  const { source } = input;
  const tokens = new Map<string, Message | Fault>();
  for (const each of input.read) {
    if (each.messageId === null || isAlwaysNew(input, each)) continue;
    const fault = isFault(each);
    const device = fault ? '' : (each.anonymousId?.value ?? '');
    const sender = source.kind === 'browser' ? `browser\n${device}` : 'server';
    const id = [fault ? 'fault' : 'event', sender, each.messageId].join('\n');
    const token = messageToken(ctx, source.store, id).toString('latin1');
    if (!tokens.has(token)) tokens.set(token, each);
  }
  return tokens;
}
