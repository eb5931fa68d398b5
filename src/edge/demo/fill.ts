/** Fills an empty installation with the demo shop, through the same door as a real shop's events. */
import { collect } from '../../collect/collect.ts';
import type { Source } from '../../collect/types.ts';
import type { GateCtx } from '../../gate/context.ts';
import { isLoopback } from '../../platform/config.ts';
import { idsOf } from '../../rights/ids.ts';
import { makeFirstKeys, makeStore, type StoreKeys, type StoreRow, stores } from '../cli/store.ts';
import { fillCases } from './cases.ts';
import { type DemoEntry, type DemoFile, readDemo, writeDemo } from './file.ts';
import { type DemoInput, type DemoMessage, demoCustomers, demoMessages } from './messages.ts';
import { makeDemoStaff } from './staff.ts';

const SEED = 1;
const NAME = 'Meadow & Mill';
const COUNTRY = 'DE';
const BATCH = 500;

export interface FillOptions {
  /** Where the server answers. */
  readonly url: string;
  /** True: stop after the batch under way; the next start goes on. */
  readonly stopping: () => boolean;
  readonly onProgress: (messages: number) => void;
}

/**
 * The demo of this installation: made when there is no store at all, finished when a start was cut short,
 * its address refreshed otherwise. Null when it is turned off, when there is a real store only, or when the
 * server answers beyond this machine.
 */
export async function fillDemo(ctx: GateCtx, options: FillOptions): Promise<DemoFile | null> {
  const { config } = ctx;
  if (!config.demo || !isLoopback(config.host)) return null;
  const store =
    (await stores(ctx.db)).find((each) => each.demo) ??
    (await ctx.db.transaction((tx) =>
      makeStore(ctx, tx, { name: NAME, country: COUNTRY, demo: true }, true),
    ));
  if (store === null) return null;
  const known = readDemo(config.data);
  const filled = known?.store === store.id ? { ...known, url: options.url } : await fill(ctx, store, options);
  const demo = filled === null ? null : await withStaff(ctx, filled);
  if (demo !== null) writeDemo(config.data, demo);
  return demo;
}

/** An installation from before there was staff gets its people now. */
async function withStaff(ctx: GateCtx, demo: DemoFile): Promise<DemoFile> {
  if (demo.staff.length > 0) return demo;
  const staff = await makeDemoStaff(ctx, demo.store);
  await fillCases(ctx, demo.store, staff);
  return { ...demo, staff };
}

/** Sending twice stores once: the messages follow from the seed and the store's first moment. */
async function fill(ctx: GateCtx, store: StoreRow, options: FillOptions): Promise<DemoFile | null> {
  const keys = await ctx.db.transaction((tx) => makeFirstKeys(ctx, tx, store.id));
  const plan = { seed: SEED, now: store.created_at.getTime(), customers: ctx.config.demoCustomers };
  const source: Source = { kind: 'server', store: store.id, key: keys.serverKeyId, country: store.country };
  let sent = 0;
  for (const events of batches(demoMessages(plan))) {
    if (options.stopping()) return null;
    await collect(ctx, source, { events });
    sent += events.length;
    options.onProgress(sent);
  }
  return describe(ctx, store, keys, options.url, plan);
}

async function describe(
  ctx: GateCtx,
  store: StoreRow,
  { writeKeys, apiKeys }: StoreKeys,
  url: string,
  plan: DemoInput,
): Promise<DemoFile> {
  const people = demoCustomers(plan);
  const ids = await idsOf(
    ctx,
    store.id,
    'userId',
    people.map((person) => person.userId),
  );
  const customers = people.flatMap(({ userId, email, country, orders, openTickets }): DemoEntry[] => {
    const id = ids.get(userId);
    return id === undefined ? [] : [{ id, userId, email, country, orders, cases: openTickets }];
  });
  return { url, store: store.id, writeKeys, apiKeys, staff: [], customers };
}

function* batches(messages: Iterable<DemoMessage>): Generator<DemoMessage[]> {
  let batch: DemoMessage[] = [];
  for (const message of messages) {
    batch.push(message);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
