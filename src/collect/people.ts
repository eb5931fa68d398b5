/**
 * Who a batch is about: identities to tokens to customers, with links. A device has a customer of its own,
 * linked below the account that signed in on it; a second account on the same device closes that link, and
 * none is made again, so that a shared device never merges two people. Nor is a merge that was undone.
 */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import type { Cluster } from '../gate/gather.ts';
import { standingChoices } from '../gate/gather.ts';
import type { Place } from '../gate/rules-for.ts';
import { identifierToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import type { Ctx } from '../platform/ports.ts';
import { type Found, type Token, tokenName } from '../vault/identify.ts';
import type { ClosedLink } from '../vault/merge.ts';
import type { Identity } from './identity.ts';
import type { ChoicePlan } from './plan.ts';

/** Customers that are one person, as far as this batch knows. */
export interface Group {
  root: string;
  /** `visitor` while no account is among them. */
  kind: 'visitor' | 'customer' | 'guest';
  readonly members: Set<string>;
  choices: Cluster['choices'];
  links: Cluster['links'];
  standing: StandingChoices;
  /** Where they live, by member. */
  places: ReadonlyMap<string, Place>;
  erased: boolean;
}

export interface Person {
  /** The customer whose rows and keys are written. */
  readonly customer: string;
  /** Made in this batch. */
  readonly fresh: boolean;
  group: Group;
}

export interface Named {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly token: Token;
  readonly name: string;
}

/** Tokens of identities, each computed once. */
export class Names {
  readonly #ctx: Ctx;
  readonly #store: string;
  readonly #known = new Map<IdentifierKind, Map<string, Named>>();

  constructor(ctx: Ctx, store: string) {
    this.#ctx = ctx;
    this.#store = store;
  }

  of(kind: IdentifierKind, value: string): Named {
    let known = this.#known.get(kind);
    if (known === undefined) {
      known = new Map();
      this.#known.set(kind, known);
    }
    let named = known.get(value);
    if (named === undefined) {
      const token = { kind, token: identifierToken(this.#ctx, this.#store, kind, value) };
      named = { kind, value, token, name: tokenName(IDENTIFIER_KINDS[kind], token.token) };
      known.set(value, named);
    }
    return named;
  }

  ofIdentity(identity: Identity): Named {
    return this.of(identity.kind, identity.value);
  }

  tokens(): Token[] {
    return [...this.#all()].map((each) => each.token);
  }

  /** Tokens of those that are nobody's. */
  unknownIn(found: ReadonlyMap<string, Found>): Token[] {
    return [...this.#all()].flatMap((each) => (found.has(each.name) ? [] : each.token));
  }

  *#all(): Iterable<Named> {
    for (const known of this.#known.values()) yield* known.values();
  }
}

/** A merge to write, or to undo. */
export interface LinkChange {
  readonly change: 'open' | 'close';
  readonly child: string;
  readonly root: string;
  readonly because: string;
  /** Both ends existed before: they must be locked FOR UPDATE. */
  readonly heavy: boolean;
}

/** Customers that may belong together at most: more of them are hardly one person. */
const LARGEST = 50;

/** The people of a batch, and what it does to their links. */
export class People {
  readonly #ctx: Ctx;
  readonly #byName = new Map<string, Person>();
  readonly #groups = new Map<string, Group>();
  readonly #freshIds = new Set<string>();
  readonly #closed: Set<string>;
  readonly fresh: { id: string; kind: 'visitor' | 'customer' }[] = [];
  readonly taken: { named: Named; customer: string; verified: boolean; target: string | null }[] = [];
  readonly links: LinkChange[] = [];
  readonly refusedMerges: string[] = [];

  /** `closed`: links that were undone once, of those whom the batch may merge. */
  constructor(
    ctx: Ctx,
    found: ReadonlyMap<string, Found>,
    clusters: ReadonlyMap<string, Cluster>,
    closed: readonly ClosedLink[] = [],
  ) {
    this.#ctx = ctx;
    this.#closed = new Set(closed.flatMap((link) => [link.child, `${link.child}/${link.root}`]));
    for (const [name, each] of found) {
      const cluster = clusters.get(each.customer);
      if (cluster === undefined) continue;
      this.#byName.set(name, { customer: each.customer, fresh: false, group: this.#groupOf(cluster) });
    }
  }

  #groupOf(cluster: Cluster): Group {
    const known = this.#groups.get(cluster.root);
    if (known !== undefined) return known;
    const group: Group = {
      root: cluster.root,
      kind: cluster.rows.find((row) => row.kind !== 'visitor')?.kind ?? 'visitor',
      members: new Set(cluster.members),
      choices: cluster.choices,
      links: cluster.links,
      standing: standingChoices(cluster),
      places: new Map(cluster.rows.map((row) => [row.id, row])),
      erased: cluster.rows.some((row) => row.erased),
    };
    this.#groups.set(cluster.root, group);
    return group;
  }

  find(named: Named): Person | undefined {
    return this.#byName.get(named.name);
  }

  /** The person behind an identity, made if nobody is. */
  take(named: Named, kind: 'visitor' | 'customer', verified: boolean): Person {
    const known = this.#byName.get(named.name);
    if (known !== undefined) return known;
    const id = this.#ctx.random.id();
    const group: Group = {
      root: id,
      kind,
      members: new Set([id]),
      choices: [],
      links: [],
      standing: {},
      places: new Map(),
      erased: false,
    };
    const person: Person = { customer: id, fresh: true, group };
    this.#byName.set(named.name, person);
    this.fresh.push({ id, kind });
    this.#freshIds.add(id);
    this.taken.push({ named, customer: id, verified, target: null });
    return person;
  }

  /** Gives a person one more identifier, if it is free. */
  attach(named: Named, person: Person, verified: boolean): void {
    if (this.#byName.has(named.name)) return;
    this.#byName.set(named.name, person);
    this.taken.push({ named, customer: person.customer, verified, target: null });
  }

  /** An order or case number that points to a row of this person. */
  point(named: Named, person: Person, target: string): void {
    this.taken.push({ named, customer: person.customer, verified: true, target });
  }

  /** True when one of the group was there before this batch, so that others may be reading its choices and links. */
  isKnown(group: Group): boolean {
    return [...group.members].some((id) => !this.#freshIds.has(id));
  }

  /** Whether a device may go below an account; why not, otherwise. */
  #obstacle(device: Person, account: Group | null): string | null {
    if (device.group.kind !== 'visitor' || this.#closed.has(device.customer)) return 'shared-device';
    return device.group.members.size + (account?.members.size ?? 1) > LARGEST ? 'too-many-merges' : null;
  }

  /** The choices of someone who is not known yet, and signs in on this device. */
  outlook(device: Person | undefined): StandingChoices {
    return device === undefined || this.#obstacle(device, null) !== null ? {} : device.group.standing;
  }

  /** The account signed in on the device: the device's customer goes below it, unless it is somebody else's. */
  signIn(device: Person, account: Person, because: string): void {
    if (device.group === account.group) return;
    const obstacle = this.#obstacle(device, account.group);
    if (obstacle === null) {
      this.#merge(device.group, account.group, because);
      return;
    }
    this.refusedMerges.push(obstacle);
    if (obstacle === 'shared-device') this.#leave(device, obstacle);
  }

  /** The same for a device that may be new: it is made only when it can be linked. */
  signInOn(named: Named, account: Person, because: string): void {
    const known = this.find(named);
    if (known !== undefined) this.signIn(known, account, because);
    else if (account.group.members.size < LARGEST)
      this.signIn(this.take(named, 'visitor', true), account, because);
  }

  /** The shop's server says that two ids are one person. */
  alias(before: Person, account: Person): void {
    const [from, into] = [before.group, account.group];
    if (from === into) return;
    const undone = (child: string) => [...into.members].some((root) => this.#closed.has(`${child}/${root}`));
    if (from.members.size + into.members.size > LARGEST) this.refusedMerges.push('too-many-merges');
    else if ([...from.members].some(undone)) this.refusedMerges.push('undone-merge');
    else this.#merge(from, into, 'alias');
  }

  /** What the person chose counts for the rest of the batch, and for the merges in it. */
  choose(person: Person, choice: ChoicePlan): void {
    const { group, customer } = person;
    const rows = choice.changes.map(({ purpose, state, channel }) => ({
      customer_id: customer,
      id: this.#ctx.random.id(),
      purpose,
      channel: channel ?? null,
      state,
      how: choice.how,
      received_at: new Date(this.#ctx.clock.now()),
      // Who chose weighs at the gate, which reads the rows; within a batch only what was chosen counts.
      by_parent: false,
    }));
    group.choices = [...group.choices, ...rows];
    group.standing = standingChoices(group);
  }

  #merge(from: Group, into: Group, because: string): void {
    const now = new Date(this.#ctx.clock.now());
    const heavy = !this.#freshIds.has(from.root);
    this.links.push({ change: 'open', child: from.root, root: into.root, because, heavy });
    into.choices = [...into.choices, ...from.choices];
    into.links = [...into.links, ...from.links, { child: from.root, root: into.root, valid_from: now }];
    for (const member of from.members) into.members.add(member);
    if (from.kind !== 'visitor') into.kind = from.kind;
    into.standing = standingChoices(into);
    into.places = new Map([...into.places, ...from.places]);
    for (const person of this.#byName.values()) if (person.group === from) person.group = into;
  }

  /** Closes the device's link, if it has one: from here on it stands for itself, with those below it. */
  #leave(device: Person, because: string): void {
    const old = device.group;
    const link = old.links.find((each) => each.child === device.customer);
    if (link === undefined) return;
    this.links.push({ change: 'close', child: link.child, root: link.root, because, heavy: true });
    this.#closed.add(link.child);
    const own = new Set([device.customer]);
    for (const id of own) for (const each of old.links) if (each.root === id) own.add(each.child);
    const left: Group = { ...old, root: device.customer, kind: 'visitor', members: own };
    for (const id of own) old.members.delete(id);
    for (const group of [left, old]) {
      group.choices = old.choices.filter((row) => group.members.has(row.customer_id));
      group.links = old.links.filter((each) => each !== link && group.members.has(each.child));
      group.standing = standingChoices(group);
    }
    for (const person of this.#byName.values()) if (own.has(person.customer)) person.group = left;
  }
}
