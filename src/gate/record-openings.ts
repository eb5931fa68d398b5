/** The entries of a batch of openings: what was shown, and what was refused because the person knows the customer. */

import { safeName } from '../catalog/safeName.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import type { Transaction } from '../platform/ports.ts';
import { type Entry, type Recorded, recordLast } from '../vault/record.ts';
import { actorEntry } from './actor.ts';
import { raise, refusalEntry } from './alert.ts';
import type { GateCtx } from './context.ts';
import { evidenceEntry } from './evidence.ts';
import { ORDER_FIELD, PARTY_FIELD } from './facts.ts';
import type { Gathered } from './gather.ts';
import type { Prepared } from './prepare-opening.ts';

/** Alerts for those that are refused, in the transaction of the batch. */
export async function raiseKnown(ctx: GateCtx, tx: Transaction, entries: readonly Prepared[]): Promise<void> {
  for (const { refused, input, cluster } of entries)
    if (refused && input.actor.type === 'person')
      await raise(ctx, tx, { kind: 'person-known', person: input.actor, customer: cluster.root });
}

/** Sends the entries of a batch, a statement a store; they are all sent when this returns. */
export function recordAll(
  ctx: GateCtx,
  tx: Transaction,
  gathered: Gathered,
  entries: readonly Prepared[],
): Promise<ReadonlyMap<Prepared, Recorded>> {
  const byStore = new Map<string, Prepared[]>();
  for (const each of entries) {
    const { store } = each.input.actor;
    const group = byStore.get(store);
    if (group === undefined) byStore.set(store, [each]);
    else group.push(each);
  }
  const sent = [...byStore].map(([store, group]) => {
    const items = group.map((each) => ({ customer: each.cluster.root, ...entryOf(ctx, each) }));
    const answer = recordLast(ctx, tx, store, gathered.ring, items);
    return answer.then((rows) => group.map((each, at) => [each, rows[at]!] as const));
  });
  return Promise.all(sent).then((pairs) => new Map(pairs.flat()));
}

function entryOf(ctx: GateCtx, each: Prepared): Pick<Entry, 'kind' | 'entry' | 'reason'> {
  const { input, cluster, refused } = each;
  const { actor, purpose, reveal } = input;
  if (refused && actor.type === 'person')
    return {
      kind: 'opening-refused',
      entry: refusalEntry(ctx, { person: actor, purpose, customer: cluster.root }),
    };
  return {
    kind: 'opening',
    entry: openingEntry(ctx, each),
    ...(reveal === undefined ? {} : { reason: reveal.reason }),
  };
}

function openingEntry(ctx: GateCtx, each: Prepared): CanonicalEntry {
  const { input, cluster, weighed, decision, rules, used } = each;
  return {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: input.actor.store,
    customer: cluster.root,
    actor: actorEntry(input.actor),
    purpose: input.purpose,
    evidence: evidenceEntry(weighed),
    fields: Object.fromEntries(decision.fields.map((field) => [entryName(ctx, field.name), field.state])),
    policy: ctx.policy.hash,
    ...(rules === null ? {} : { rules }),
    ...(input.reveal === undefined ? {} : { reveal: true }),
    ...(used.length === 0 ? {} : { approvals: used.map(({ id }) => id) }),
  };
}

/** A name that nobody declared is a text of the caller's; an entry holds none that may be data. */
function entryName(ctx: GateCtx, name: string): string {
  const declared = ctx.catalog.fieldByName.has(name) || name === ORDER_FIELD || name === PARTY_FIELD;
  return declared ? name : safeName(name);
}
