/**
 * The bulk door for figures: of each order only when, where and how much; no number, no product, no party. Pages
 * of customers who allow the purpose, each recorded before it is opened.
 */
import type { Purpose } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { FieldFacts } from '../law/types.ts';
import type { Transaction } from '../platform/ports.ts';
import { makeGrant } from '../vault/grant.ts';
import { type Opener, openOrder } from '../vault/read.ts';
import { pageOfCustomers, readAllOrders } from '../vault/sql.ts';
import type { Actor } from './actor.ts';
import { allowedOf, recordBatch } from './bulk.ts';
import type { GateCtx } from './context.ts';
import { gather } from './gather.ts';

export interface OrderFigures {
  /** Root of the customers that belong together. */
  readonly customer: string;
  /** `2026-11`, UTC. */
  readonly month: string;
  /** As the order says it; null when it does not. */
  readonly country: string | null;
  readonly currency: string | null;
  readonly total: unknown;
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** An order that was taken back is no purchase. */
const TAKEN_BACK = ['cancelled', 'refunded'];

/** What figures of orders are for: purposes that the catalog gives to orders and that need no content. */
export const FIGURE_PURPOSES: readonly Purpose[] = ['legal-duty', 'analytics'];

const FIGURES: FieldFacts = {
  name: 'transaction.orderFigures',
  class: 'transaction',
  sensitivity: 'ordinary',
  purposes: FIGURE_PURPOSES,
  retention: 'commerce',
  maskable: false,
};

/** Figures of all standing orders of a store that `purpose` may see, a page of customers at a time. */
export async function* bulkFigures(
  ctx: GateCtx,
  input: { readonly actor: Actor & { type: 'job' }; readonly purpose: Purpose },
): AsyncGenerator<OrderFigures[]> {
  let after = FIRST;
  for (;;) {
    const page = await pageOfCustomers(ctx.db, input.actor.store, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    yield await ctx.db
      .transaction((tx) => takePage(ctx, tx, input, page))
      .then((taken) => openPage(ctx, input.actor.store, taken));
  }
}

async function takePage(
  ctx: GateCtx,
  tx: Transaction,
  { actor, purpose }: { actor: Actor; purpose: Purpose },
  page: readonly string[],
) {
  const gathered = await gather(ctx, tx, page, []);
  const allowed = allowedOf(ctx, gathered, actor, purpose, FIGURES);
  const { orders } = await readAllOrders(tx, allowed);
  await recordBatch(ctx, tx, actor, purpose, FIGURES.name, allowed);
  return { gathered, allowed, orders };
}

function openPage(
  ctx: GateCtx,
  store: string,
  { gathered, allowed, orders }: Awaited<ReturnType<typeof takePage>>,
): OrderFigures[] {
  const opener: Opener = { ctx, store, ring: gathered.ring, grant: makeGrant(allowed, [COLUMNS.order]) };
  return orders.flatMap((order) => {
    if (TAKEN_BACK.includes(order.state)) return [];
    const details = openOrder(opener, order) as Record<string, unknown> | null;
    if (details === null) return [];
    return [
      {
        customer: gathered.clusters.get(order.customer_id)?.root ?? order.customer_id,
        month: order.occurred_at.toISOString().slice(0, 7),
        country: text(details.country),
        currency: text(details.currency),
        total: details.total,
      },
    ];
  });
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
