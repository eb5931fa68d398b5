/** Goes through a batch's messages in order: who is it, what may be kept of it, what does it change. Writes nothing. */
import { GPC_PURPOSES } from '../../contract/consent.ts';
import type { IdentifierKind } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { safeName } from '../catalog/safeName.ts';
import type { ChoiceSet } from '../consent/record.ts';
import { closedBySignal } from '../consent/signal.ts';
import type { GateCtx } from '../gate/context.ts';
import type { Found } from '../vault/identify.ts';
import type { NewEvent, NewValue } from '../vault/write.ts';
import type { CaseWrite } from '../vault/write-cases.ts';
import type { OrderWrite } from '../vault/write-orders.ts';
import { Counts } from './counts.ts';
import { lawFor } from './law-for.ts';
import type { Message } from './message.ts';
import type { Named, Names, People, Person } from './people.ts';
import { classesOf, definitionOf, isEmpty, type Plan, plan } from './plan.ts';
import type { Source } from './types.ts';

/** All that a batch will write. */
export interface Digest {
  readonly values: NewValue[];
  readonly events: NewEvent[];
  readonly orders: OrderWrite[];
  readonly cases: CaseWrite[];
  readonly choices: { readonly set: ChoiceSet; readonly person: Person }[];
  /** Customers whose region is new or changed. */
  readonly regions: Map<string, { readonly region: string; readonly person: Person }>;
  readonly keys: { readonly customer: string; readonly class: string }[];
  readonly counts: Counts;
  stored: number;
  notCollected: number;
}

export interface Digesting {
  readonly ctx: GateCtx;
  readonly source: Source;
  readonly names: Names;
  readonly people: People;
  readonly found: ReadonlyMap<string, Found>;
  /** Names of identifiers that a tombstone stops. */
  readonly stopped: ReadonlySet<string>;
  readonly out: Digest;
  /** Out of quarantine: the choices in it are old, and may only narrow. */
  readonly replay: boolean;
  /** Order and case numbers taken in this batch: name → row. */
  readonly pointed: Map<string, { customer: string; target: string }>;
}

export function emptyDigest(): Digest {
  return {
    values: [],
    events: [],
    orders: [],
    cases: [],
    choices: [],
    regions: new Map(),
    keys: [],
    counts: new Counts(),
    stored: 0,
    notCollected: 0,
  };
}

/** Takes one message in. */
export function digest(state: Digesting, message: Message): void {
  const { out } = state;
  if (message.junk > 0) out.counts.add('junk-identifier', message.type, message.junk);
  if (message.claimed) out.counts.add('claimed-customer', message.type);
  const who = subject(state, message);
  if (who === null) drop(state, message, 'erased');
  else if (message.type === 'alias') digestAlias(state, message, who.named);
  else if (message.type !== 'identify' && definitionOf(state.ctx, message) === undefined)
    dropUndeclared(state, message);
  else digestMessage(state, message, who);
}

function digestMessage(state: Digesting, message: Message, who: Subject): void {
  const { out, people, source } = state;
  const known = people.find(who.named);
  if (known?.group.erased) {
    drop(state, message, 'erased');
    return;
  }
  const beside = who.device === null ? undefined : people.find(who.device);
  const device = beside?.group.erased ? undefined : beside;
  if (known !== undefined && device !== undefined) people.signIn(device, known, message.type);
  if (known !== undefined) keepSignal(state, known);
  const standing = known?.group.standing ?? people.outlook(device);
  const made = plan(
    {
      ctx: state.ctx,
      source,
      counts: out.counts,
      replay: state.replay,
      law: lawFor(state.ctx, source, known, message.region),
    },
    message,
    source.gpc ? { ...standing, ...CLOSED_BY_SIGNAL } : standing,
    known !== undefined && known.group.members.size > 1,
  );
  const account = message.type === 'identify' && who.named.kind === 'userId';
  if (isEmpty(made) && !account) {
    out.notCollected += 1;
    return;
  }
  const kind = who.named.kind === 'userId' ? 'customer' : 'visitor';
  const person = people.take(who.named, kind, source.kind !== 'browser');
  if (who.device !== null && !beside?.group.erased) people.signInOn(who.device, person, message.type);
  if (known === undefined) keepSignal(state, person);
  if (account) addUserId(state, message, person);
  keep(state, message, person, made);
  keepRegion(state, message, person);
  out.stored += 1;
}

/** Where a customer lives, when the message tells it and it is not what is known. */
function keepRegion({ out }: Digesting, { region }: Message, person: Person): void {
  if (region === null) return;
  const known = person.group.places.get(person.customer)?.region ?? null;
  if (region !== known) out.regions.set(person.customer, { region, person });
}

const CLOSED_BY_SIGNAL = Object.fromEntries(GPC_PURPOSES.map((purpose) => [purpose, 'refused' as const]));

/** The signal is kept with whom something is kept of: nobody becomes known by sending it. */
function keepSignal(state: Digesting, person: Person): void {
  if (!state.source.gpc) return;
  const changes = closedBySignal(person.group.standing, person.group.choices);
  if (changes.length === 0) return;
  const { customer } = person;
  const choice = { changes, how: 'signal' as const };
  wantKeys(state, customer, ['service']);
  state.out.choices.push({
    set: { customer, ...choice, occurredAt: state.ctx.clock.now(), context: { place: 'browser' } },
    person,
  });
  state.people.choose(person, choice);
}

interface Subject {
  readonly named: Named;
  /** The device beside an account, where it may be linked. */
  readonly device: Named | null;
}

/** Who the message is about; null when an erasure stops it. */
function subject({ names, stopped }: Digesting, message: Message): Subject | null {
  const user = message.userId === null ? null : names.ofIdentity(message.userId);
  const device = message.anonymousId === null ? null : names.ofIdentity(message.anonymousId);
  const named = user ?? device;
  if (named === null || stopped.has(named.name)) return null;
  const beside = user !== null && device !== null && !stopped.has(device.name) ? device : null;
  return { named, device: beside };
}

function drop({ out }: Digesting, message: Message, reason: 'erased'): void {
  out.counts.add(reason, message.type);
  out.notCollected += 1;
}

function dropUndeclared({ out }: Digesting, message: Message): void {
  out.counts.add('undeclared-event', message.event === null ? message.type : safeName(message.event));
  out.notCollected += 1;
}

/** `previousId` may have been a device or an account; unknown ones are kept, since an alias can come before its events. */
function digestAlias(state: Digesting, message: Message, account: Named): void {
  const { people, stopped, out } = state;
  const asUser = previous(state, 'userId', message.previousId!);
  const asDevice = previous(state, 'anonymousId', message.previousId!);
  if (asUser === null || asDevice === null || stopped.has(asUser.name) || stopped.has(asDevice.name)) {
    drop(state, message, 'erased');
    return;
  }
  const person = people.take(account, 'customer', true);
  let before = people.find(asUser) ?? people.find(asDevice);
  if (before === undefined) {
    // It may have been an account, and so it never joins another one by a sign-in.
    before = people.take(asDevice, 'customer', true);
    people.attach(asUser, before, true);
  }
  if (person.group.erased || before.group.erased) {
    drop(state, message, 'erased');
    return;
  }
  people.alias(before, person);
  for (const each of [person, before]) if (each.fresh) wantKeys(state, each.customer, []);
  out.stored += 1;
}

function previous({ names }: Digesting, kind: IdentifierKind, value: string): Named | null {
  const normalized = normalizeIdentifier(kind, value);
  return normalized.ok ? names.of(kind, normalized.value) : null;
}

function addUserId({ ctx, out }: Digesting, message: Message, person: Person): void {
  const field = ctx.catalog.fieldByName.get('account.userId');
  if (field === undefined || message.userId === null) return;
  out.values.push({
    customer: person.customer,
    field: field.id,
    retention: field.retention,
    source: 0,
    value: message.userId.value,
    occurredAt: message.occurredAt,
  });
}

function keep(state: Digesting, message: Message, person: Person, made: Plan): void {
  const { out } = state;
  const customer = person.customer;
  wantKeys(state, customer, classesOf(made));
  for (const { definition, ...value } of made.values) {
    if (definition.identifier !== undefined && !identify(state, person, definition.identifier, value.value)) {
      out.counts.add('erased', definition.name);
      continue;
    }
    out.values.push({ ...value, customer });
  }
  if (made.choice !== null) {
    out.choices.push({ set: { customer, ...made.choice, occurredAt: message.occurredAt }, person });
    state.people.choose(person, made.choice);
  }
  const order = made.order === null ? null : rowFor(state, person, 'order', made.order.number);
  if (made.order !== null && order !== null) {
    const { number: _number, ...write } = made.order;
    out.orders.push({ ...write, customer: order.customer, id: order.target });
    wantKeys(state, order.customer, ['commerce']);
  }
  if (made.case !== null) keepCase(state, person, made.case);
  if (made.event !== null) out.events.push({ ...made.event, customer });
}

function keepCase(
  state: Digesting,
  person: Person,
  { number, order: about, ...write }: NonNullable<Plan['case']>,
): void {
  const row = rowFor(state, person, 'case', number);
  if (row === null) return;
  const order = about === null ? null : known(state, person, 'order', about);
  state.out.cases.push({ ...write, customer: row.customer, id: row.target, order: order?.target ?? null });
  wantKeys(state, row.customer, ['service']);
}

/** Gives a verified e-mail or phone to its person; false when a tombstone stops the value. */
function identify(state: Digesting, person: Person, kind: IdentifierKind, value: unknown): boolean {
  if (state.source.kind === 'browser' || kind === 'userId' || kind === 'anonymousId') return true;
  const normalized = normalizeIdentifier(kind, value, state.source.country);
  if (!normalized.ok) return true;
  const named = state.names.of(kind, normalized.value);
  if (state.stopped.has(named.name)) return false;
  if (!state.found.has(named.name)) state.people.attach(named, person, true);
  return true;
}

/** The row that an order or case number names, if it is this person's. */
function known(state: Digesting, person: Person, kind: 'order' | 'case', number: string) {
  const named = state.names.of(kind, number);
  const taken = state.pointed.get(named.name);
  if (taken !== undefined) return person.group.members.has(taken.customer) ? taken : null;
  const found = state.found.get(named.name);
  if (found === undefined || found.target === null || !person.group.members.has(found.customer)) return null;
  return { customer: found.customer, target: found.target };
}

/** The same, made when the number is new; null when it is somebody else's: nobody overwrites another's order. */
function rowFor(state: Digesting, person: Person, kind: 'order' | 'case', number: string) {
  const own = known(state, person, kind, number);
  if (own !== null) return own;
  const named = state.names.of(kind, number);
  if (state.stopped.has(named.name)) {
    state.out.counts.add('erased', kind);
    return null;
  }
  if (state.found.has(named.name) || state.pointed.has(named.name)) {
    state.out.counts.add('order-of-another', kind);
    return null;
  }
  const made = { customer: person.customer, target: state.ctx.random.id() };
  state.people.point(named, person, made.target);
  state.pointed.set(named.name, made);
  return made;
}

/** Keys for what is written now; those of identifiers and of new customers are added when they are stored. */
function wantKeys({ out }: Digesting, customer: string, classes: Iterable<string>): void {
  for (const name of classes) out.keys.push({ customer, class: name });
}
