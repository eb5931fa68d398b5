/** Stores a batch in one transaction: each message once, with its keys, links, choices, entries and counts; or nothing of it. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { recordChoices } from '../consent/record.ts';
import type { GateCtx } from '../gate/context.ts';
import { gather } from '../gate/gather.ts';
import { messageToken } from '../keys/blind.ts';
import { makeMissing } from '../keys/ring.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { lookUp, stopped, tokenName } from '../vault/identify.ts';
import { closeLink, openLink } from '../vault/merge.ts';
import { recordNow, recordSoon } from '../vault/record.ts';
import {
  addCustomers,
  keepIdentifiers,
  takeIdentifiers,
  takeMessages,
  type Writer,
  writeEvents,
  writeValues,
} from '../vault/write.ts';
import { writeCases, writeOrders } from '../vault/write-orders.ts';
import { type Digest, type Digesting, digest, emptyDigest } from './digest.ts';
import type { Fault, Message } from './message.ts';
import { type Named, Names, People } from './people.ts';
import { definitionOf } from './plan.ts';
import { namesIn, quarantine } from './quarantine.ts';
import type { Source } from './types.ts';

/** The batch changes choices or links of known customers: it must be done over with stronger locks. */
export class NeedsUpdateLocks extends Error {}

export interface StoreInput {
  readonly source: Source;
  readonly read: readonly (Message | Fault)[];
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly locks: 'share' | 'update';
  /** False for a replay: its messageIds are taken already. */
  readonly deduplicate: boolean;
}

export interface Stored {
  readonly stored: number;
  readonly duplicates: number;
  readonly notCollected: number;
  readonly quarantined: readonly Fault[];
}

export function isFault(read: Message | Fault): read is Fault {
  return 'code' in read;
}

/** Runs inside the caller's transaction. Throws `NeedsUpdateLocks` when called with `share` and that is not enough. */
export async function store(ctx: GateCtx, tx: Transaction, input: StoreInput): Promise<Stored> {
  const names = new Names(ctx, input.source.store);
  const mentioned = new Map(input.read.map((each) => [each, mention(ctx, names, input.source, each)]));
  const tokens = messageTokens(ctx, input);
  const [fresh, found, halted] = await Promise.all([
    takeMessages(
      tx,
      input.source.store,
      [...tokens.keys()].map((each) => Buffer.from(each, 'latin1')),
      input.receivedAt,
    ),
    lookUp(tx, input.source.store, names.tokens()),
    stopped(ctx, tx, input.source.store, names.tokens()),
  ]);
  const firsts = new Map([...tokens].map(([token, first]) => [first, fresh.has(token)]));
  const isNew = (each: Message | Fault) =>
    each.messageId === null || !input.deduplicate || firsts.get(each) === true;
  const live = input.read.filter(isNew);
  const customers = new Set(
    live.flatMap((each) =>
      (mentioned.get(each) ?? []).flatMap((named) => found.get(named.name)?.customer ?? []),
    ),
  );
  const gathered = await gather(ctx, tx, [...customers], [], input.locks);

  const out = emptyDigest();
  const state: Digesting = {
    ctx,
    source: input.source,
    names,
    people: new People(ctx, found, gathered.clusters),
    found,
    stopped: halted,
    out,
    pointed: new Map(),
  };
  for (const each of live) if (!isFault(each)) digest(state, each);
  const faults = live.filter(isFault);
  const erased = faults.filter((fault) => mentioned.get(fault)!.some((named) => halted.has(named.name)));
  for (const _ of erased) out.counts.add('erased', 'quarantine');
  await write(ctx, tx, input, state, gathered.ring);
  for (const fault of faults)
    if (!erased.includes(fault)) await quarantine(ctx, tx, input.source, fault, mentioned.get(fault)!);
  out.counts.save(tx, input.source.store, input.receivedAt);
  await record(ctx, tx, input, state, gathered.ring);
  return {
    stored: out.stored,
    duplicates: input.read.filter((each) => !isFault(each) && !isNew(each)).length,
    notCollected: out.notCollected + erased.length,
    quarantined: input.read.filter(isFault).filter((fault) => !erased.includes(fault)),
  };
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
  if (each.type === 'identify')
    for (const [name, value] of Object.entries(each.traits)) {
      const kind = (ctx.catalog.fieldByTrait.get(name) ?? ctx.catalog.fieldByName.get(name))?.identifier;
      if (kind === 'email' || kind === 'phone') add(kind, value);
    }
  const makes = definitionOf(ctx, each)?.makes;
  if (makes === 'order' || makes === 'case') add('order', each.properties.order_id);
  if (makes === 'case') add('case', each.properties.ticket_id);
  return found;
}

/** Token of each messageId → the first message that carries it in this batch. */
function messageTokens(ctx: GateCtx, input: StoreInput): Map<string, Message | Fault> {
  const tokens = new Map<string, Message | Fault>();
  if (!input.deduplicate) return tokens;
  for (const each of input.read) {
    if (each.messageId === null) continue;
    const token = messageToken(ctx, input.source.store, each.messageId).toString('latin1');
    if (!tokens.has(token)) tokens.set(token, each);
  }
  return tokens;
}

type Ring = Awaited<ReturnType<typeof gather>>['ring'];

async function write(
  ctx: GateCtx,
  tx: Transaction,
  input: StoreInput,
  state: Digesting,
  ring: Ring,
): Promise<void> {
  const { people, out } = state;
  const heavy = people.links.some((link) => link.heavy) || out.choices.some((choice) => choice.heavy);
  if (heavy && input.locks === 'share') throw new NeedsUpdateLocks();
  addCustomers(tx, input.source.store, people.fresh, input.receivedAt);
  await takeAll(ctx, tx, input, state);
  await makeMissing(ctx, tx, ring, wantedKeys(state));
  const writer: Writer = {
    ctx,
    tx,
    store: input.source.store,
    ring,
    receivedAt: input.receivedAt,
    catalogVersion: ctx.catalogVersion,
  };
  keepIdentifiers(
    writer,
    people.taken.map((each) => ({
      customer: each.customer,
      kind: each.named.kind,
      verified: each.verified,
      retention: RETENTION_OF_KIND[each.named.kind] ?? 'identity',
      value: each.named.value,
      target: each.target,
    })),
  );
  await writeValues(writer, out.values);
  await writeOrders(writer, out.orders);
  await writeCases(writer, out.cases);
  writeEvents(writer, out.events);
  for (const link of people.links)
    if (link.change === 'open') await openLink(ctx, tx, link.child, link.root, link.because);
    else await closeLink(ctx, tx, link.child, link.root);
}

/** Order and case numbers live as long as what they name. */
const RETENTION_OF_KIND: Readonly<Record<string, RetentionClass>> = { order: 'commerce', case: 'service' };

/** Takes the identifiers; starts over when another transaction took one, or an erasure stopped one, in between. */
async function takeAll(
  _ctx: GateCtx,
  tx: Transaction,
  input: StoreInput,
  { ctx, people }: Digesting,
): Promise<void> {
  if (people.taken.length === 0) return;
  const wanted = people.taken.map((each) => ({
    ...each.named.token,
    customer: each.customer,
    target: each.target,
    verified: each.verified,
  }));
  const [got, halted] = await Promise.all([
    takeIdentifiers(tx, input.source.store, wanted, input.receivedAt),
    stopped(
      ctx,
      tx,
      input.source.store,
      wanted.filter((each) => each.kind !== 'order'),
    ),
  ]);
  if (got.size !== wanted.length) throw new RetryTransaction('an identifier was taken meanwhile');
  if (wanted.some((each) => halted.has(tokenName(IDENTIFIER_KINDS[each.kind], each.token))))
    throw new RetryTransaction('an erasure came between');
}

function wantedKeys({ out, people }: Digesting) {
  const classes = out.keys.map((each) => ({
    customer: each.customer,
    class: RETENTION_CLASSES[each.class as RetentionClass],
  }));
  for (const { id } of people.fresh)
    classes.push(
      { customer: id, class: RETENTION_CLASSES.identity },
      { customer: id, class: RETENTION_CLASSES.service },
    );
  for (const each of people.taken)
    classes.push({
      customer: each.customer,
      class: RETENTION_CLASSES[RETENTION_OF_KIND[each.named.kind] ?? 'identity'],
    });
  return classes;
}

/** Entries last: the head of the ledger is the last lock. */
async function record(
  ctx: GateCtx,
  tx: Transaction,
  input: StoreInput,
  { people, out }: Digesting,
  ring: Ring,
): Promise<void> {
  const { source } = input;
  const merges = people.links.map((link) => ({
    customer: link.child,
    kind: link.change === 'open' ? 'merge' : 'unmerge',
    entry: {
      v: 1,
      kind: link.change === 'open' ? 'merge' : 'unmerge',
      at: ctx.clock.now(),
      store: source.store,
      child: link.child,
      root: link.root,
      because: link.because,
    },
  }));
  for (const reason of people.refusedMerges) out.counts.add('refused-merge', reason);
  const heavy = people.links.some((link) => link.heavy);
  await makeMissing(
    ctx,
    tx,
    ring,
    merges.map((each) => ({ customer: each.customer, class: RETENTION_CLASSES.service })),
  );
  if (heavy) await recordNow(ctx, tx, source.store, ring, merges);
  else await recordSoon(ctx, tx, source.store, ring, merges);
  await recordChoices(ctx, tx, source.store, ring, out.choices satisfies Digest['choices']);
}
