/** What an erasure leaves, and why: for each class that a duty keeps, which law says so, and until which day. */
import type { RetentionClass } from '../../contract/names.ts';
import type { GateCtx } from '../gate/context.ts';
import { isVerified } from '../law/verdict.ts';
import type { Tx } from '../platform/ports.ts';
import { lastOrderOf } from '../vault/retain-read.ts';
import { compileSchedule } from './schedule/compile.ts';
import { ends, goesOn } from './schedule/due.ts';
import { today } from './schedule/plan.ts';

export interface Hold {
  readonly class: RetentionClass;
  readonly records: 'orders';
  readonly count: number;
  readonly because: 'duty';
  /** Last day of the longest duty for the newest order; null: no law in force says an end. */
  readonly until: string | null;
  /** The day on which the rest goes; null: nothing ends it. */
  readonly goes: string | null;
  readonly laws: readonly {
    readonly regime: string;
    readonly says: string;
    readonly citation: string;
    readonly verified: boolean;
  }[];
}

export interface HoldsOf {
  /** All that belong together. */
  readonly customers: readonly string[];
  /** Where they live and where the store is, ISO 3166; null: not known. */
  readonly region: string | null;
  readonly country: string | null;
}

/** Orders stay under `commerce` for the duties of tax and trade (GDPR Art 17(3)(b)); nothing else stays. */
export async function holdsOf(
  ctx: GateCtx,
  tx: Tx,
  { customers, region, country }: HoldsOf,
): Promise<Hold[]> {
  const orders = await lastOrderOf(tx, customers);
  if (orders === null) return [];
  const schedule = compileSchedule(ctx.catalog, ctx.law?.book() ?? null, {
    ...{ customer: region, store: country, on: today(ctx), own: ctx.config.retention },
  });
  const line = schedule.lines.find(({ kind }) => kind === 'orders')!;
  const day = orders.last.toISOString().slice(0, 10);
  return [
    {
      ...{ class: 'commerce', records: 'orders', count: orders.count, because: 'duty' },
      until: ends(line, day).keptUntil,
      goes: goesOn(line, day),
      laws: line.least.map(({ fact }) => ({
        ...{ regime: fact.regime, says: fact.says, citation: fact.citation, verified: isVerified(fact) },
      })),
    },
  ];
}
