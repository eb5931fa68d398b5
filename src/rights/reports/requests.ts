/** Requests of a year in figures, as California asks for them each year (11 CCR 7102(a)). */
import { REQUEST_KINDS } from '../../../contract/requests.ts';
import type { GateCtx } from '../../gate/context.ts';
import { localDay } from '../../law/local-day.ts';
import {
  countRefusals,
  countRequestYear,
  type RequestYearRow,
  requestYears,
} from '../../vault/request-counts.ts';
import { headOf } from './head.ts';

const NONE = {
  received: 0,
  complied: 0,
  denied: 0,
  withdrawn: 0,
  open: 0,
  late: 0,
  median: null,
  mean: null,
};

/** Those that came in the year of the shop's calendar; absent: this year. */
export async function requestsReport(ctx: GateCtx, store: string, asked?: number) {
  const now = ctx.clock.now();
  const year = asked ?? Number(localDay(now, ctx.config.timeZone).slice(0, 4));
  const [head, rows, denials, years] = [
    await headOf(ctx, store),
    await countRequestYear(ctx.db, store, year, new Date(now)),
    await countRefusals(ctx.db, store, year),
    await requestYears(ctx.db, store),
  ];
  return {
    ...head,
    year,
    years,
    kinds: REQUEST_KINDS.flatMap((kind) => {
      const row = rows.find((each) => each.kind === kind);
      return row === undefined ? [] : [{ kind, figures: figuresOf(row) }];
    }),
    all: figuresOf(rows.find((each) => each.kind === null) ?? { ...NONE, kind: null }),
    denials,
  };
}

/** Days to a tenth. */
function figuresOf({ kind: _, median, mean, ...counts }: RequestYearRow) {
  const tenth = (days: number | null) => (days === null ? null : Math.round(days * 10) / 10);
  return { ...counts, medianDays: tenth(median), meanDays: tenth(mean) };
}
