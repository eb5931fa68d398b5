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

/** A message with the identifiers that it names. */
interface Mentioned {
  readonly read: Message | Fault;
  readonly named: readonly Named[];
}

/** Runs inside the caller's transaction. Throws `NeedsUpdateLocks` when called with `share` and that is not enough. */
export async function store(ctx: GateCtx, tx: Transaction, input: StoreInput): Promise<Stored> {
  const { source, receivedAt } = input;
  const names = new Names(ctx, source.store);
  const mentioned = input.read.map((read) => ({ read, named: mention(ctx, names, source, read) }));
  const tokens = messageTokens(ctx, input);
  const [taken, found] = await Promise.all([
    takeMessages(tx, source.store, [...tokens.keys()], receivedAt),
    lookUp(tx, source.store, names.tokens()),
  ]);
  const isNew = input.read.map((each) => isAlwaysNew(input, each));
  for (const [token, at] of tokens) isNew[at] = taken.has(token);
  const live = mentioned.filter((_, at) => isNew[at]);
  const [{ gathered, people }, halted] = await Promise.all([
    meet(ctx, tx, input, live, found),
    // An erasure takes an identifier and leaves its tombstone at once: what is still somebody's is not stopped.
    stopped(ctx, tx, source.store, names.unknownIn(found)),
  ]);
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
  for (const { read } of live) if (!isFault(read)) digest(state, read);
  for (const reason of people.refusedMerges) out.counts.add('refused-merge', reason);
  if (isHeavy(state) && input.locks === 'share') throw new NeedsUpdateLocks();
  const writing: Writing = { ctx, tx, store: source.store, receivedAt, people, out, ring: gathered.ring };
  await writeRows(writing);
  const erased = new Set<Fault>();
  for (const { read, named } of live)
    if (isFault(read))
      if (isErased(state, named)) erased.add(read);
      else await quarantine(ctx, tx, source, read, named);
  if (erased.size > 0) out.counts.add('erased', 'quarantine', erased.size);
  out.counts.save(tx, source.store, receivedAt);
  const choices = await recordChanges(writing);
  // Whoever holds a public key learns nothing of erasures: to a browser a faulty event is a faulty event.
  const told = source.kind === 'browser' ? new Set<Fault>() : erased;
  return {
    stored: out.stored,
    duplicates: input.read.filter((each, at) => !isFault(each) && !isNew[at]).length,
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
  live: readonly Mentioned[],
  found: ReadonlyMap<string, Found>,
): Promise<{ gathered: Gathered; people: People }> {
  const customers = new Set<string>();
  let mayMerge = false;
  for (const { read, named } of live) {
    for (const { name } of named) {
      const known = found.get(name);
      if (known !== undefined) customers.add(known.customer);
    }
    if (!isFault(read)) mayMerge ||= read.type === 'alias' || namesBoth(read);
  }
  const gathered = await gather(ctx, tx, [...customers], [], locks, classesOf(ctx, live));
  if (!mayMerge) return { gathered, people: new People(ctx, found, gathered.clusters) };
  const all = [...gathered.clusters.values()].flatMap((cluster) => [...cluster.members]);
  const closed = await readClosedLinks(tx, [...new Set(all)]);
  return { gathered, people: new People(ctx, found, gathered.clusters, closed) };
}

function namesBoth({ userId, anonymousId }: Message): boolean {
  return userId !== null && anonymousId !== null;
}

/** The classes whose keys plain events need; null (all) where identities or choices may change. A key that was not read is read when it is wanted. */
function classesOf(ctx: GateCtx, live: readonly Mentioned[]): number[] | null {
  const classes = new Set<number>();
  for (const { read } of live) {
    if (isFault(read)) continue;
    const definition = definitionOf(ctx, read);
    if (read.type === 'identify' || read.type === 'alias' || read.preferences !== null || namesBoth(read))
      return null;
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
 * Token of each messageId (as latin1) → where the first message stands that carries it in this batch. A browser's
 * ids count for its own device alone, so that nobody with a public key takes an id of the shop's server; and a
 * faulty event does not take the id of the event that mends it.
 */
function messageTokens(ctx: GateCtx, input: StoreInput): Map<string, number> {
  const { source, read } = input;
  const tokens = new Map<string, number>();
  for (const [at, each] of read.entries()) {
    if (each.messageId === null || isAlwaysNew(input, each)) continue;
    const fault = isFault(each);
    const device = fault ? '' : (each.anonymousId?.value ?? '');
    const sender = source.kind === 'browser' ? `browser\n${device}` : 'server';
    const id = `${fault ? 'fault' : 'event'}\n${sender}\n${each.messageId}`;
    const token = messageToken(ctx, source.store, id).toString('latin1');
    if (!tokens.has(token)) tokens.set(token, at);
  }
  return tokens;
}
