/**
 * Gathers, under locks, all that a decision about some customers needs: who belongs together, their keys,
 * choices, and evidence. Nothing here is remembered past the transaction.
 */
import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { type KeyRing, readRing } from '../keys/ring.ts';
import { effectiveChoices, type StandingChoices } from '../law/effective.ts';
import type { CustomerFacts } from '../law/types.ts';
import { BaileeError, RetryTransaction } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type ChoiceRow, type OpenLink, readChoices, readLinks } from '../vault/choices.ts';
import { members } from '../vault/identify.ts';
import { type CustomerRow, lockClusters } from '../vault/lock.ts';
import type { FieldRow } from '../vault/rows.ts';
import { readFields } from '../vault/sql.ts';

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

/** Locks (`update` for choices and merges) and reads. `fields`: numbers to read, null for all, or an empty list for none. */
export async function gather(
  ctx: Ctx,
  tx: Tx,
  ids: readonly string[],
  fields: readonly number[] | null,
  mode: 'share' | 'update' = 'share',
): Promise<Gathered> {
  // One round trip, in this order on the server: lock, then everything that the locks protect.
  const [locked, together, ring, choices, links, values] = await Promise.all([
    lockClusters(tx, ids, mode),
    members(tx, ids),
    readRing(ctx, tx, ids),
    readChoices(tx, ids),
    readLinks(tx, ids),
    readFields(tx, ids, fields),
  ]);
  if (together.some((each) => locked.has(each.customer) && !locked.has(each.member)))
    throw new RetryTransaction('a merge came between');
  const all = [...new Set(together.map((each) => each.member))].filter((id) => locked.has(id));
  const known = new Set(ids);
  if (all.every((id) => known.has(id))) return shape(locked, together, { ring, choices, links, values });
  const [ring2, choices2, links2, values2] = await Promise.all([
    readRing(ctx, tx, all),
    readChoices(tx, all),
    readLinks(tx, all),
    readFields(tx, all, fields),
  ]);
  return shape(locked, together, { ring: ring2, choices: choices2, links: links2, values: values2 });
}

interface Read {
  readonly ring: KeyRing;
  readonly choices: readonly ChoiceRow[];
  readonly links: readonly OpenLink[];
  readonly values: readonly FieldRow[];
}

function shape(
  locked: ReadonlyMap<string, CustomerRow>,
  together: readonly { customer: string; root: string; member: string }[],
  read: Read,
): Gathered {
  const ids = new Map<string, { root: string; members: Set<string> }>();
  for (const each of together) {
    if (!locked.has(each.customer)) continue;
    const known = ids.get(each.customer);
    if (known === undefined) ids.set(each.customer, { root: each.root, members: new Set([each.member]) });
    else known.members.add(each.member);
  }
  const clusters = new Map<string, Cluster>();
  for (const [customer, cluster] of ids)
    clusters.set(customer, {
      ...cluster,
      rows: [...cluster.members].map((id) => locked.get(id)!),
      choices: read.choices.filter((row) => cluster.members.has(row.customer_id)),
      links: read.links.filter((row) => cluster.members.has(row.child)),
      fields: read.values.filter((row) => cluster.members.has(row.customer_id)),
    });
  return { clusters, ring: read.ring };
}

/** The choices that stand for a cluster. */
export function standingChoices(
  cluster: Pick<Cluster, 'choices' | 'links'>,
  channel?: string,
): StandingChoices {
  return effectiveChoices(
    cluster.choices.map((row) => ({
      customerId: row.customer_id,
      id: row.id,
      purpose: row.purpose,
      channel: row.channel,
      state: row.state,
      how: row.how,
      receivedAt: row.received_at.getTime(),
    })),
    cluster.links.map((link) => ({
      child: link.child,
      root: link.root,
      validFrom: link.valid_from.getTime(),
    })),
    channel,
  );
}

const RETENTION_NAMES = Object.keys(RETENTION_CLASSES) as RetentionClass[];

/** What `decide()` needs to know of a cluster. */
export function customerFacts(cluster: Cluster, ring: KeyRing, channel?: string): CustomerFacts {
  const erased = cluster.rows.some((row) => row.erased_at !== null);
  // A class that never had a key has nothing to withhold, unless everything was erased.
  const kept = (name: RetentionClass) =>
    [...cluster.members].some((id) => {
      const state = ring.state(id, RETENTION_CLASSES[name]);
      return state === 'live' || (state === 'missing' && !erased);
    });
  return {
    choices: standingChoices(cluster, channel),
    restricted: cluster.rows.some((row) => row.restricted_at !== null),
    retained: RETENTION_NAMES.filter(kept),
    erased,
  };
}

/** The cluster of a customer of this store. Throws `not_found`, also for customers of another store. */
export function clusterOf(gathered: Gathered, customer: string, store: string): Cluster {
  const cluster = gathered.clusters.get(customer);
  if (cluster === undefined || cluster.rows.some((row) => row.store_id !== store))
    throw new BaileeError('not_found', 'There is no such customer in this store.');
  return cluster;
}
