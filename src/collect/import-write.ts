/** Writes a sorted chunk of order lines: people, keys, orders and lines in bulk; faulty rows to the quarantine. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES } from '../../contract/names.ts';
import { rowToken } from '../keys/blind.ts';
import { makeMissing } from '../keys/ring.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { stopped, tokenName } from '../vault/identify.ts';
import { writeRegions } from '../vault/places-write.ts';
import {
  addCustomers,
  keepIdentifiers,
  takeIdentifiers,
  takeMessages,
  type Writer,
  writeValues,
} from '../vault/write.ts';
import { addLines, addOrders } from '../vault/write-orders.ts';
import type { Sorting } from './import-types.ts';
import { quarantine } from './quarantine.ts';
import { regionOf } from './region.ts';

const { identity: IDENTITY, commerce: COMMERCE, service: SERVICE } = RETENTION_CLASSES;

/** People, keys, orders and lines. Each line is stored once, by its key. */
export async function writeSorted(tx: Transaction, sorting: Sorting): Promise<void> {
  const { ctx, chunk, people, ring, lines, outcome } = sorting;
  const { store } = chunk.source;
  const fresh = [...people.fresh, ...sorting.guests];
  addCustomers(tx, store, fresh, chunk.receivedAt);
  writeRegions(tx, regionsOf(sorting, new Set(fresh.map(({ id }) => id))));
  await takeAll(tx, sorting);
  const wanted = fresh.flatMap(({ id }) =>
    [IDENTITY, COMMERCE, SERVICE].map((klass) => ({
      customer: id,
      class: klass,
    })),
  );
  for (const { customer } of lines) wanted.push({ customer, class: COMMERCE });
  await makeMissing(ctx, tx, ring, wanted);
  const writer: Writer = {
    ctx,
    tx,
    store,
    ring,
    receivedAt: chunk.receivedAt,
    catalogVersion: ctx.catalogVersion,
  };
  keepIdentifiers(
    writer,
    people.taken.map(({ named, customer, verified, target }) => ({
      customer,
      kind: named.kind,
      verified,
      retention: named.kind === 'order' ? 'commerce' : 'identity',
      value: named.value,
      target,
    })),
  );
  await writeValues(writer, sorting.values);
  addOrders(writer, sorting.orders);
  outcome.stored = await addLines(writer, lines);
  outcome.duplicates += lines.length - outcome.stored;
}

/** Where the orders of new customers went. Those who were there before are not locked for a change, and stay as they are. */
function regionsOf({ chunk, orders }: Sorting, fresh: ReadonlySet<string>): ReadonlyMap<string, string> {
  const regions = new Map<string, string>();
  for (const { customer, details } of orders) {
    const region = fresh.has(customer) ? regionOf(chunk.source, details) : null;
    if (region !== null) regions.set(customer, region);
  }
  return regions;
}

/** Starts over when another transaction took an identifier, or an erasure stopped one, in between. */
async function takeAll(tx: Transaction, { ctx, chunk, people }: Sorting): Promise<void> {
  if (people.taken.length === 0) return;
  const { store } = chunk.source;
  const wanted = people.taken.map(({ named, customer, verified, target }) => ({
    ...named.token,
    customer,
    verified,
    target,
  }));
  const [got, halted] = await Promise.all([
    takeIdentifiers(tx, store, wanted, chunk.receivedAt),
    stopped(
      ctx,
      tx,
      store,
      wanted.filter((each) => each.kind === 'userId'),
    ),
  ]);
  if (got.size !== wanted.length) throw new RetryTransaction('an identifier was taken meanwhile');
  if (wanted.some((each) => halted.has(tokenName(IDENTIFIER_KINDS[each.kind], each.token))))
    throw new RetryTransaction('an erasure came between');
}

/** A faulty row is kept once: its token is taken like that of a message. */
export async function keepFaults(
  tx: Transaction,
  { ctx, chunk, names, faults, outcome }: Sorting,
): Promise<void> {
  const { source, bound } = chunk;
  const tokens = faults.map(({ row }) =>
    rowToken(ctx, source.store, `fault\n${row.row}\n${row.nth ?? 0}`).toString('latin1'),
  );
  const fresh = await takeMessages(tx, source.store, tokens, chunk.receivedAt);
  for (const [at, { row, line, fault }] of faults.entries()) {
    if (!fresh.has(tokens[at]!)) {
      outcome.duplicates += 1;
      continue;
    }
    const values = Object.fromEntries(
      bound.columns.map((name, column) => [name, row.values[column] ?? null]),
    );
    const raw = { import: source.key, line, row: values };
    await quarantine(
      ctx,
      tx,
      source,
      { index: at, messageId: null, code: fault.code, message: fault.message, raw },
      fault.names.map((one) => names.ofIdentity(one)),
    );
    outcome.quarantined[fault.code] = (outcome.quarantined[fault.code] ?? 0) + 1;
  }
}
