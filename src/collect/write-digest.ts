/** Writes what a batch was digested to, in the order of locks: identifiers, keys, rows; then entries, the ledger's head last. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import { recordChoices } from '../consent/record.ts';
import type { GateCtx } from '../gate/context.ts';
import { type KeyRing, makeMissing } from '../keys/ring.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { stopped, tokenName } from '../vault/identify.ts';
import { closeLink, openLink } from '../vault/merge.ts';
import { writeRegions } from '../vault/places-write.ts';
import { type Recorded, recordNow, recordSoon } from '../vault/record.ts';
import {
  addCustomers,
  keepIdentifiers,
  takeIdentifiers,
  type Writer,
  writeEvents,
  writeValues,
} from '../vault/write.ts';
import { writeCases } from '../vault/write-cases.ts';
import { writeOrders } from '../vault/write-orders.ts';
import type { Digest } from './digest.ts';
import type { People } from './people.ts';

/** The batch changes choices or links of known customers: it must be done over with stronger locks. */
export class NeedsUpdateLocks extends Error {}

export interface Writing {
  readonly ctx: GateCtx;
  readonly tx: Transaction;
  readonly store: string;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly people: People;
  readonly out: Digest;
  readonly ring: KeyRing;
}

/** Order and case numbers live as long as what they name. */
const RETENTION_OF_KIND: Readonly<Record<string, RetentionClass>> = { order: 'commerce', case: 'service' };

/** True when the batch needs its customers locked FOR UPDATE: what it changes, others may be reading now. */
export function isHeavy({ people, out }: Pick<Writing, 'people' | 'out'>): boolean {
  return (
    people.links.some((link) => link.heavy) ||
    out.choices.some(({ person }) => people.isKnown(person.group)) ||
    [...out.regions.values()].some(({ person }) => !person.fresh)
  );
}

/** Writes the rows. */
export async function writeRows(writing: Writing): Promise<void> {
  const { ctx, tx, store, receivedAt, people, out, ring } = writing;
  addCustomers(tx, store, people.fresh, receivedAt);
  writeRegions(tx, new Map([...out.regions].map(([id, { region }]) => [id, region])));
  await takeAll(writing);
  await makeMissing(ctx, tx, ring, wantedKeys(writing));
  const writer: Writer = { ctx, tx, store, ring, receivedAt, catalogVersion: ctx.catalogVersion };
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
}

/** Takes the identifiers; starts over when another transaction took one, or an erasure stopped one, in between. */
async function takeAll({ ctx, tx, store, receivedAt, people }: Writing): Promise<void> {
  if (people.taken.length === 0) return;
  const wanted = people.taken.map((each) => ({
    ...each.named.token,
    customer: each.customer,
    target: each.target,
    verified: each.verified,
  }));
  const identities = wanted.filter((each) => each.kind !== 'order');
  const [got, halted] = await Promise.all([
    takeIdentifiers(tx, store, wanted, receivedAt),
    stopped(ctx, tx, store, identities),
  ]);
  if (got.size !== wanted.length) throw new RetryTransaction('an identifier was taken meanwhile');
  if (wanted.some((each) => halted.has(tokenName(IDENTIFIER_KINDS[each.kind], each.token))))
    throw new RetryTransaction('an erasure came between');
}

function wantedKeys({ out, people }: Writing) {
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
  for (const link of people.links) classes.push({ customer: link.child, class: RETENTION_CLASSES.service });
  return classes;
}

/** Entries of merges and choices, then the links: a merge comes after all that was chosen before it. Answers the choices' entries. */
export async function recordChanges({ ctx, tx, store, people, out, ring }: Writing): Promise<Recorded[]> {
  const merges = people.links.map((link) => {
    const kind = link.change === 'open' ? 'merge' : 'unmerge';
    const { child, root, because } = link;
    return { customer: child, kind, entry: { v: 1, kind, at: ctx.clock.now(), store, child, root, because } };
  });
  if (people.links.some((link) => link.heavy)) await recordNow(ctx, tx, store, ring, merges);
  else await recordSoon(ctx, tx, store, ring, merges);
  const choices = await recordChoices(
    ctx,
    tx,
    store,
    ring,
    out.choices.map(({ set }) => set),
  );
  for (const link of people.links)
    if (link.change === 'open') openLink(ctx, tx, link.child, link.root, link.because);
    else await closeLink(ctx, tx, link.child, link.root);
  return choices;
}
