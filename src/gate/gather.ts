/**
 * Gathers, under locks, all that a decision about some customers needs: who belongs together, their keys,
 * choices, and evidence. Nothing here is remembered past the transaction.
 */
import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { signalStands } from '../consent/signal.ts';
import { KeyRing } from '../keys/ring.ts';
import { chosenBy, type SaidBy } from '../law/chosen-by.ts';
import { effectiveChoices, type StandingChoices } from '../law/effective.ts';
import type { CustomerFacts } from '../law/types.ts';
import { BaileeError, RetryTransaction } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import type { ChoiceRow, OpenLink } from '../vault/choices.ts';
import { type Member, members } from '../vault/identify.ts';
import type { CustomerRow } from '../vault/lock.ts';
import { lockAndRead, type Read } from '../vault/lock-and-read.ts';
import type { FieldRow } from '../vault/rows.ts';

/** Customers that belong together, as they stand in this transaction. */
export interface Cluster {
  readonly root: string;
  /** Ids, the root among them. */
  readonly members: ReadonlySet<string>;
  readonly rows: readonly CustomerRow[];
  readonly choices: readonly ChoiceRow[];
  readonly links: readonly OpenLink[];
  readonly fields: readonly FieldRow[];
}

export interface Gathered {
  /** By the id that was asked for; absent ids do not exist. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly ring: KeyRing;
}

/** Locks (`update` for choices and merges) and reads. `fields`: numbers to read, null for all, or an empty list for none; `classes`: numbers of the retention classes whose keys are read, null for all. */
export async function gather(
  ctx: Ctx,
  tx: Tx,
  ids: readonly string[],
  fields: readonly number[] | null,
  mode: 'share' | 'update' = 'share',
  classes: readonly number[] | null = null,
): Promise<Gathered> {
  if (ids.length === 0) return { clusters: new Map(), ring: new KeyRing(ctx, []) };
  const read = await lockAndRead(tx, ids, fields, mode, classes);
  if (read.links.length === 0) {
    // Nobody is linked to anybody: each is its own root, and a merge would have to wait for our locks.
    return { clusters: eachAlone(read), ring: new KeyRing(ctx, read.keys) };
  }
  const together = await members(tx, ids);
  if (together.some((each) => read.customers.has(each.customer) && !read.customers.has(each.member)))
    throw new RetryTransaction('a merge came between');
  return shape(ctx, together, read);
}

const NONE: readonly never[] = [];

/** The common case: of one opening everything that was read, of a batch mostly customers of whom nothing more was. */
function eachAlone({ customers, choices, fields }: Read): Map<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  const one = customers.size === 1;
  const choicesOf = one ? null : groupBy(choices, (row) => row.customer_id);
  const fieldsOf = one ? null : groupBy(fields, (row) => row.customer_id);
  for (const [id, row] of customers)
    clusters.set(id, {
      root: id,
      members: new Set([id]),
      rows: [row],
      choices: choicesOf === null ? choices : (choicesOf.get(id) ?? NONE),
      links: NONE,
      fields: fieldsOf === null ? fields : (fieldsOf.get(id) ?? NONE),
    });
  return clusters;
}

function shape(ctx: Ctx, together: readonly Member[], read: Read): Gathered {
  const clusters = new Map<string, Cluster>();
  const ring = new KeyRing(ctx, read.keys);
  const choices = groupBy(read.choices, (row) => row.customer_id);
  const links = groupBy(read.links, (row) => row.child);
  const fields = groupBy(read.fields, (row) => row.customer_id);
  const ids = groupBy(together, (each) => each.customer);
  for (const [customer, those] of ids) {
    const own = those.map((each) => each.member).filter((id) => read.customers.has(id));
    if (!read.customers.has(customer)) continue;
    clusters.set(customer, {
      root: those[0]!.root,
      members: new Set(own),
      rows: own.map((id) => read.customers.get(id)!),
      choices: own.flatMap((id) => choices.get(id) ?? []),
      links: own.flatMap((id) => links.get(id) ?? []),
      fields: own.flatMap((id) => fields.get(id) ?? []),
    });
  }
  return { clusters, ring };
}

function groupBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

/** The choices that stand for a cluster. */
export function standingChoices(
  cluster: Pick<Cluster, 'choices' | 'links'>,
  channel?: string,
): StandingChoices {
  if (cluster.choices.length === 0) return {};
  return effectiveChoices(
    cluster.choices.map(saidBy),
    cluster.links.map((link) => ({
      child: link.child,
      root: link.root,
      validFrom: link.valid_from.getTime(),
    })),
    channel,
  );
}

function saidBy(row: ChoiceRow): SaidBy {
  return {
    customerId: row.customer_id,
    id: row.id,
    purpose: row.purpose,
    channel: row.channel,
    state: row.state,
    // A signal and an import are somebody else's word for the person: they narrow, and widen no refusal.
    how: row.how === 'chosen' ? 'chosen' : 'asserted',
    receivedAt: row.received_at.getTime(),
    by: row.by_parent ? 'parent' : 'self',
  };
}

/** What the choices tell of a child: for whom a parent chose, an unknown age is a child's. Nothing for the others. */
function childFacts(cluster: Cluster, channel?: string): Pick<CustomerFacts, 'chosenBy' | 'childSignal'> {
  if (!cluster.rows.some((row) => row.guarded)) return {};
  return { chosenBy: chosenBy(cluster.choices.map(saidBy), channel), childSignal: true };
}

const RETENTION_NAMES = Object.keys(RETENTION_CLASSES) as RetentionClass[];

/** What `decide()` needs to know of a cluster. */
export function customerFacts(cluster: Cluster, ring: KeyRing, channel?: string): CustomerFacts {
  const erased = cluster.rows.some((row) => row.erased);
  // A class that never had a key has nothing to withhold, unless everything was erased.
  const kept = (name: RetentionClass) =>
    [...cluster.members].some((id) => {
      const state = ring.state(id, RETENTION_CLASSES[name]);
      return state === 'live' || (state === 'missing' && !erased);
    });
  return {
    choices: standingChoices(cluster, channel),
    restricted: cluster.rows.some((row) => row.restricted),
    retained: RETENTION_NAMES.filter(kept),
    erased,
    ...childFacts(cluster, channel),
    // The refusals of a signal close its purposes by themselves; this tells that it was the signal.
    ...(signalStands(cluster.choices) ? { optOutSignal: true } : {}),
  };
}

/** The cluster of a customer of this store. Throws `not_found`, also for customers of another store. */
export function clusterOf(gathered: Gathered, customer: string, store: string): Cluster {
  const cluster = gathered.clusters.get(customer);
  if (cluster === undefined || cluster.rows.some((row) => row.store_id !== store))
    throw new BaileeError('not_found', 'There is no such customer in this store.');
  return cluster;
}
