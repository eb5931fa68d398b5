/** The bulk door, for jobs: pages of customers decided one by one, opened together, with one entry a batch. */
import type { Purpose } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { INSTALLATION, type KeyRing, makeMissing, readRing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { FieldFacts } from '../law/types.ts';
import type { Transaction } from '../platform/ports.ts';
import { makeGrant } from '../vault/grant.ts';
import { type Opener, openLine, openOrder } from '../vault/read.ts';
import { recordNow } from '../vault/record.ts';
import { pageOfCustomers, readAllOrders } from '../vault/sql.ts';
import { type Actor, actorEntry, roleOf } from './actor.ts';
import type { GateCtx } from './context.ts';
import { factsByName, ORDER_FIELD } from './facts.ts';
import { plainTexts } from './free-text.ts';
import { customerFacts, type Gathered, gather } from './gather.ts';
import { rulesFor } from './rules-for.ts';

export interface BulkOrder {
  readonly details: Record<string, unknown>;
  readonly lines: readonly { readonly at: Date; readonly value: Record<string, unknown> }[];
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** All orders of a store that `purpose` may see, a page of customers at a time. Each page is recorded before it is opened. */
export async function* bulkOrders(
  ctx: GateCtx,
  input: { actor: Actor & { type: 'job' }; purpose: Purpose },
): AsyncGenerator<BulkOrder[]> {
  let after = FIRST;
  for (;;) {
    const page = await pageOfCustomers(ctx.db, input.actor.store, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    const taken = await ctx.db.transaction((tx) => takePage(ctx, tx, input, page));
    yield openPage(ctx, input.actor.store, taken);
  }
}

/** Customers of the page for whom these facts are revealed. */
export function allowedOf(
  ctx: GateCtx,
  gathered: Gathered,
  actor: Actor,
  purpose: Purpose,
  facts: FieldFacts,
): string[] {
  const allowed: string[] = [];
  for (const [id, cluster] of gathered.clusters) {
    const { fields } = decide({
      role: roleOf(actor),
      purpose,
      evidence: null,
      customer: customerFacts(cluster, gathered.ring),
      fields: [facts],
      policy: ctx.policy,
      ...rulesFor(ctx, cluster.rows),
    });
    if (fields[0]?.state === 'revealed') allowed.push(id);
  }
  return allowed;
}

/** Records a batch: one entry that says who opened how many of what, for which purpose. */
export async function recordBatch(
  ctx: GateCtx,
  tx: Transaction,
  actor: Actor,
  purpose: Purpose,
  what: string,
  customers: readonly string[],
): Promise<void> {
  const ring: KeyRing = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: 4 }]);
  await recordNow(ctx, tx, actor.store, ring, [
    {
      customer: INSTALLATION,
      kind: 'bulk-opening',
      entry: {
        v: 1,
        kind: 'bulk-opening',
        at: ctx.clock.now(),
        store: actor.store,
        actor: actorEntry(actor),
        purpose,
        what,
        customers: customers.length,
        policy: ctx.policy.hash,
      },
    },
  ]);
}

async function takePage(
  ctx: GateCtx,
  tx: Transaction,
  input: { actor: Actor; purpose: Purpose },
  page: readonly string[],
) {
  const gathered = await gather(ctx, tx, page, []);
  const allowed = allowedOf(ctx, gathered, input.actor, input.purpose, factsByName(ctx, ORDER_FIELD));
  const { orders, lines } = await readAllOrders(tx, allowed);
  await recordBatch(ctx, tx, input.actor, input.purpose, ORDER_FIELD, allowed);
  return { ring: gathered.ring, allowed, orders, lines };
}

function openPage(ctx: GateCtx, store: string, taken: Awaited<ReturnType<typeof takePage>>): BulkOrder[] {
  const opener: Opener = {
    ctx,
    store,
    ring: taken.ring,
    grant: makeGrant(taken.allowed, [COLUMNS.order, COLUMNS.orderLine]),
  };
  const byOrder = new Map<string, { at: Date; value: Record<string, unknown> }[]>();
  for (const line of taken.lines) {
    const value = plainTexts(openLine(opener, line)) as Record<string, unknown> | null;
    if (value === null) continue;
    const list = byOrder.get(line.order_id);
    if (list === undefined) byOrder.set(line.order_id, [{ at: line.occurred_at, value }]);
    else list.push({ at: line.occurred_at, value });
  }
  return taken.orders.flatMap((order) => {
    const details = plainTexts(openOrder(opener, order)) as Record<string, unknown> | null;
    return details === null ? [] : [{ details, lines: byOrder.get(order.id) ?? [] }];
  });
}
