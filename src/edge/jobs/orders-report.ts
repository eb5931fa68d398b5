/** Orders, lines and amounts per country and month: opened in bulk for the tax duty, counted, and let go. */
import { bulkOrders } from '../../gate/bulk.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type Decimal, decimal, plus, times, written, ZERO } from './decimal.ts';

export const REPORT_KEYS = ['country', 'month'] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];

export interface OrdersRow {
  /** As the orders say it; `unknown` when they do not. Absent when not asked for. */
  readonly country?: string;
  /** `2026-11`, UTC, of the order's lines. Absent when not asked for. */
  readonly month?: string;
  /** ISO 4217; null when the orders do not say it. Amounts of two currencies are never added. */
  readonly currency: string | null;
  readonly orders: number;
  readonly lines: number;
  /** Quantity × price of all lines, exact. */
  readonly amount: string;
}

interface Sum {
  readonly row: Pick<OrdersRow, 'country' | 'month' | 'currency'>;
  orders: number;
  lines: number;
  amount: Decimal;
}

/**
 * Counts all orders of a store. Every page opened is an entry in the ledger. `onProgress` gets the orders
 * counted so far.
 */
export async function ordersReport(
  ctx: GateCtx,
  input: { readonly store: string; readonly by: readonly ReportKey[] },
  onProgress: (orders: number) => void,
): Promise<OrdersRow[]> {
  const sums = new Map<string, Sum>();
  const actor = { type: 'job', name: 'report.orders', store: input.store } as const;
  let counted = 0;
  for await (const page of bulkOrders(ctx, { actor, purpose: 'legal-duty' })) {
    for (const { details, lines } of page) add(sums, input.by, details, lines);
    counted += page.length;
    onProgress(counted);
  }
  return [...sums.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { row, orders, lines, amount }]) => ({ ...row, orders, lines, amount: written(amount) }));
}

function add(
  sums: Map<string, Sum>,
  by: readonly ReportKey[],
  details: Record<string, unknown>,
  lines: readonly { readonly at: Date; readonly value: Record<string, unknown> }[],
): void {
  const months = lines.map((line) => line.at.toISOString().slice(0, 7)).sort();
  const currency = text(details.currency);
  const row = {
    ...(by.includes('country') ? { country: text(details.country) ?? 'unknown' } : {}),
    ...(by.includes('month') ? { month: months[0] ?? 'unknown' } : {}),
    currency,
  };
  const name = JSON.stringify([row.country, row.month, currency]);
  const sum = sums.get(name) ?? { row, orders: 0, lines: 0, amount: ZERO };
  sums.set(name, sum);
  sum.orders += 1;
  for (const { value } of lines) {
    sum.lines += 1;
    const price = decimal(value.price);
    const quantity = decimal(value.quantity ?? 1);
    if (price !== null && quantity !== null) sum.amount = plus(sum.amount, times(price, quantity));
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
