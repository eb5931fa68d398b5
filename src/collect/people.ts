/**
 * Who a batch is about: identities to tokens to customers, with links. A device has a customer of its own,
 * linked below the account that signed in on it; a second account on the same device closes that link and
 * is not linked, so that a shared device never merges two people.
 */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import type { Cluster } from '../gate/gather.ts';
import { standingChoices } from '../gate/gather.ts';
import { identifierToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import type { Ctx } from '../platform/ports.ts';
import { type Found, type Token, tokenName } from '../vault/identify.ts';
import type { Identity } from './message.ts';

/** Customers that are one person, as far as this batch knows. */
export interface Group {
  root: string;
  /** `visitor` until an account is known. */
  kind: 'visitor' | 'customer' | 'guest';
  readonly members: Set<string>;
  choices: Cluster['choices'];
  links: Cluster['links'];
  standing: StandingChoices;
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
  readonly #known = new Map<string, Named>();

  constructor(ctx: Ctx, store: string) {
    this.#ctx = ctx;
    this.#store = store;
  }

  of(kind: IdentifierKind, value: string): Named {
    const id = `${kind}/${value}`;
    let named = this.#known.get(id);
    if (named === undefined) {
      const token = { kind, token: identifierToken(this.#ctx, this.#store, kind, value) };
      named = { kind, value, token, name: tokenName(IDENTIFIER_KINDS[kind], token.token) };
      this.#known.set(id, named);
    }
    return named;
  }

  ofIdentity(identity: Identity): Named {
    return this.of(identity.kind, identity.value);
  }

  tokens(): Token[] {
    return [...this.#known.values()].map((each) => each.token);
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

const LARGEST = 50;

/** The people of a batch, and what it does to their links. */
export class People {
  readonly #ctx: Ctx;
  readonly #byName = new Map<string, Person>();
  readonly #groups = new Map<string, Group>();
  readonly fresh: { id: string; kind: 'visitor' | 'customer' }[] = [];
  readonly taken: { named: Named; customer: string; verified: boolean; target: string | null }[] = [];
  readonly links: LinkChange[] = [];
  readonly refusedMerges: string[] = [];

  constructor(ctx: Ctx, found: ReadonlyMap<string, Found>, clusters: ReadonlyMap<string, Cluster>) {
    this.#ctx = ctx;
    for (const [name, each] of found) {
      const cluster = clusters.get(each.customer);
      if (cluster === undefined) continue;
      this.#byName.set(name, { customer: each.customer, fresh: false, group: this.#groupOf(cluster) });
    }
  }

  #groupOf(cluster: Cluster): Group {
    const known = this.#groups.get(cluster.root);
    if (known !== undefined) return known;
    const rootRow = cluster.rows.find((row) => row.id === cluster.root);
    const group: Group = {
      root: cluster.root,
      kind: rootRow?.kind ?? 'visitor',
      members: new Set(cluster.members),
      choices: [...cluster.choices],
      links: [...cluster.links],
      standing: standingChoices(cluster),
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
      erased: false,
    };
    const person: Person = { customer: id, fresh: true, group };
    this.#byName.set(named.name, person);
    this.fresh.push({ id, kind });
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

  /** The account signed in on the device: the device's customer goes below it, unless it is somebody else's. */
  signIn(device: Person, account: Person, because: string): void {
    if (device.group === account.group) return;
    if (device.group.kind === 'visitor') {
      this.#merge(device, account, because);
      return;
    }
    this.refusedMerges.push('shared-device');
    if (device.group.root !== device.customer && device.group.members.has(device.customer))
      this.links.push({
        change: 'close',
        child: device.customer,
        root: device.group.root,
        because: 'shared-device',
        heavy: true,
      });
  }

  /** The shop's server says that two ids are one person. */
  alias(before: Person, account: Person): void {
    if (before.group === account.group) return;
    if (before.group.members.size + account.group.members.size > LARGEST) {
      this.refusedMerges.push('too-many-merges');
      return;
    }
    this.#merge(before, account, 'alias');
  }

  #merge(child: Person, account: Person, because: string): void {
    const from = child.group;
    const into = account.group;
    const now = new Date(this.#ctx.clock.now());
    this.links.push({ change: 'open', child: from.root, root: into.root, because, heavy: !child.fresh });
    into.choices = [...into.choices, ...from.choices];
    into.links = [...into.links, ...from.links, { child: from.root, root: into.root, valid_from: now }];
    for (const member of from.members) into.members.add(member);
    into.erased ||= from.erased;
    into.standing = standingChoices(into);
    for (const person of this.#byName.values()) if (person.group === from) person.group = into;
  }
}
