/**
 * Stores order lines of an import: finds whose they are, makes the orders and people that are missing, and
 * adds each line once. The customer of an order is decided when the order is first seen; nothing comes back
 * to someone who was erased.
 */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { GateCtx } from '../gate/context.ts';
import { gather } from '../gate/gather.ts';
import { rowToken } from '../keys/blind.ts';
import { admit } from '../law/admit.ts';
import type { Transaction } from '../platform/ports.ts';
import { lookUp, stopped } from '../vault/identify.ts';
import type { BoundOrderLines } from './import-bind.ts';
import { type ImportRow, type Line, type RowFault, readLine } from './import-read.ts';
import type { Chunk, Outcome, Place, Sorting } from './import-types.ts';
import { keepFaults, writeSorted } from './import-write.ts';
import { lawFor } from './law-for.ts';
import { type Named, Names, People, type Person } from './people.ts';
import { regionOf } from './region.ts';

const COMMERCE = RETENTION_CLASSES.commerce;

/** Stores a chunk in the caller's transaction. */
export async function storeLines(
  ctx: GateCtx,
  tx: Transaction,
  chunk: Chunk,
  target: BoundOrderLines,
): Promise<Outcome> {
  const { store } = chunk.source;
  const read = chunk.rows.map((row) => readLine(chunk.bound, target, row));
  const names = new Names(ctx, store);
  for (const each of read) for (const one of mentioned(each)) names.ofIdentity(one);
  const [found, halted] = await Promise.all([
    lookUp(tx, store, names.tokens()),
    stopped(ctx, tx, store, names.tokens()),
  ]);
  const gathered = await gather(ctx, tx, [...new Set([...found.values()].map((each) => each.customer))], []);
  const sorting: Sorting = {
    ctx,
    chunk,
    target,
    names,
    people: new People(ctx, found, gathered.clusters),
    found,
    halted,
    ring: gathered.ring,
    places: new Map(),
    guests: [],
    orders: [],
    lines: [],
    values: [],
    faults: [],
    outcome: { stored: 0, duplicates: 0, quarantined: {}, notCollected: {} },
  };
  read.forEach((each, at) => {
    sortRow(sorting, each, chunk.rows[at]!, chunk.first + at);
  });
  await writeSorted(tx, sorting);
  await keepFaults(tx, sorting);
  return sorting.outcome;
}

function mentioned(each: Line | RowFault): { kind: 'order' | 'userId'; value: string }[] {
  if ('code' in each) return each.names as { kind: 'order' | 'userId'; value: string }[];
  const order = { kind: 'order', value: each.order } as const;
  return each.customer === null ? [order] : [order, { kind: 'userId', value: each.customer }];
}

function sortRow(sorting: Sorting, each: Line | RowFault, row: ImportRow, line: number): void {
  if ('code' in each) {
    if (each.names.some((one) => sorting.halted.has(sorting.names.ofIdentity(one).name)))
      notCollected(sorting, 'erased');
    else sorting.faults.push({ row, line, fault: each });
    return;
  }
  if (each.junk) sorting.chunk.counts.add('junk-identifier', 'import');
  const place = placeOf(sorting, each);
  if (place === 'erased' || place === 'no-purpose') notCollected(sorting, place);
  else if (place === 'another')
    sorting.faults.push({
      row,
      line,
      fault: {
        code: 'event_invalid',
        message: 'The order belongs to another customer.',
        names: mentioned(each),
      },
    });
  else
    sorting.lines.push({
      customer: place.customer,
      order: place.target,
      key: rowToken(sorting.ctx, sorting.chunk.source.store, `${each.order}\n${row.row}\n${row.nth ?? 0}`),
      value: each.value,
      occurredAt: each.at,
    });
}

function notCollected({ outcome, chunk }: Sorting, reason: 'erased' | 'no-purpose'): void {
  outcome.notCollected[reason] = (outcome.notCollected[reason] ?? 0) + 1;
  chunk.counts.add(reason, 'import');
}

/** Whose order it is, made when it is new. */
function placeOf(sorting: Sorting, line: Line): Place | 'erased' | 'no-purpose' | 'another' {
  const { names, people, halted } = sorting;
  const order = names.of('order', line.order);
  const customer = line.customer === null ? null : names.of('userId', line.customer);
  if (customer !== null && halted.has(customer.name)) return 'erased';
  const known = sorting.places.get(order.name) ?? stored(sorting, order);
  if (known === undefined) return makePlace(sorting, line, order, customer);
  const gone = sorting.ring.state(known.customer, COMMERCE) === 'shredded';
  if (known.owner.group.erased || gone) return 'erased';
  if (customer !== null && people.find(customer)?.group !== known.owner.group) return 'another';
  sorting.places.set(order.name, known);
  return known;
}

function stored({ found, people }: Sorting, order: Named): Place | undefined {
  const one = found.get(order.name);
  const owner = people.find(order);
  if (one === undefined || one.target === null || owner === undefined) return undefined;
  return { customer: one.customer, target: one.target, owner };
}

function makePlace(
  sorting: Sorting,
  line: Line,
  order: Named,
  customer: Named | null,
): Place | 'erased' | 'no-purpose' {
  const { ctx, people } = sorting;
  const { source } = sorting.chunk;
  const known = customer === null ? undefined : people.find(customer);
  if (
    known !== undefined &&
    (known.group.erased || sorting.ring.state(known.customer, COMMERCE) === 'shredded')
  )
    return 'erased';
  const law = lawFor(ctx, source, known, regionOf(source, line.details));
  if (admit(sorting.target.definition.purposes, known?.group.standing ?? {}, law).open.length === 0)
    return 'no-purpose';
  const owner = known ?? (customer === null ? guest(sorting) : buyer(sorting, line, customer));
  const place = { customer: owner.customer, target: ctx.random.id(), owner };
  people.point(order, owner, place.target);
  sorting.orders.push({
    customer: place.customer,
    id: place.target,
    state: line.cancelled ? 'cancelled' : 'placed',
    details: line.details,
    occurredAt: line.at,
  });
  sorting.places.set(order.name, place);
  return place;
}

/** One for each order that names nobody: two of them are never taken for one person. */
function guest({ ctx, guests }: Sorting): Person {
  const id = ctx.random.id();
  guests.push({ id, kind: 'guest' });
  const group = {
    root: id,
    kind: 'guest',
    members: new Set([id]),
    choices: [],
    links: [],
    standing: {},
    places: new Map<string, never>(),
    erased: false,
  } as const;
  return { customer: id, fresh: true, group: { ...group } };
}

function buyer({ ctx, people, values }: Sorting, line: Line, customer: Named): Person {
  const person = people.take(customer, 'customer', true);
  const field = ctx.catalog.fieldByName.get('account.userId');
  if (field !== undefined)
    values.push({
      customer: person.customer,
      field: field.id,
      retention: field.retention,
      source: 0,
      value: customer.value,
      occurredAt: line.at,
    });
  return person;
}
