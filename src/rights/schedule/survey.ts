/** What will go when, counted from how old the records are: tonight, and in the months to come. No ids, no content. */
import type { RetentionClass } from '../../../contract/names.ts';
import { TIMED_KINDS, type TimedKind } from '../../../contract/retention.ts';
import type { GateCtx } from '../../gate/context.ts';
import { addSpan } from '../../law/calendar.ts';
import { type AgeRow, readAges } from '../../vault/retain-read.ts';
import { goesOn } from './due.ts';
import { type Store, schedulesOf, today } from './plan.ts';
import { sensitiveFields } from './silent.ts';

interface Going {
  readonly kind: TimedKind;
  /** The day on which they go; null: nothing ends them. */
  readonly on: string | null;
  readonly held: string | null;
  readonly count: number;
}

/** Every record of the store by the day on which it goes. */
async function survey(ctx: GateCtx, store: Store): Promise<Going[]> {
  const schedules = new Map((await schedulesOf(ctx, ctx.db, store)).map((each) => [each.region, each]));
  const all: Going[] = [];
  for (const kind of TIMED_KINDS)
    for (const row of await readAges(ctx.db, { store: store.id, kind, sensitive: sensitiveFields(ctx) })) {
      const line = schedules.get(row.region)?.lines.find((each) => each.kind === kind);
      if (line !== undefined) all.push(goingOf(row, kind, goesOn(line, row.day)));
    }
  return all;
}

function goingOf({ held, count }: AgeRow, kind: TimedKind, on: string | null): Going {
  return { kind, on, held, count };
}

/** The class under whose keys each kind lies; of customers as a whole, that of who they are. */
const CLASS_OF: Readonly<Record<TimedKind, RetentionClass>> = {
  behavior: 'behavior',
  sensitive: 'sensitive',
  visitors: 'behavior',
  inactive: 'identity',
  cases: 'service',
  orders: 'commerce',
};

export interface Counted {
  readonly kind: string;
  readonly count: number;
}

function sum(rows: readonly Going[]): Counted[] {
  return TIMED_KINDS.flatMap((kind) => {
    const count = rows.filter((row) => row.kind === kind).reduce((all, row) => all + row.count, 0);
    return count === 0 ? [] : [{ kind, count }];
  });
}

export interface DryRun {
  readonly on: string;
  readonly goes: readonly Counted[];
  /** What stays although its time is over, with the reason. */
  readonly passed: readonly (Counted & { readonly because: string })[];
}

/** What a run would let go of today. Whoever must be warned first is counted among what goes. */
export async function dryRun(ctx: GateCtx, store: Store): Promise<DryRun> {
  const on = today(ctx);
  const due = (await survey(ctx, store)).filter((row) => row.on !== null && row.on <= on);
  const held = due.filter((row) => row.held !== null);
  const reasons = [...new Set(held.map((row) => row.held!))].sort();
  return {
    on,
    goes: sum(due.filter((row) => row.held === null)),
    passed: reasons.flatMap((because) =>
      sum(held.filter((row) => row.held === because)).map((each) => ({ ...each, because })),
    ),
  };
}

export interface Calendar {
  readonly on: string;
  readonly months: readonly { readonly month: string; readonly goes: readonly Counted[] }[];
}

/** What goes in this month, with what is due already, and in the `months` after it. */
export async function calendar(ctx: GateCtx, store: Store, months: number): Promise<Calendar> {
  const on = today(ctx);
  const rows = (await survey(ctx, store)).filter((row) => row.on !== null && row.held === null);
  const first = on.slice(0, 7);
  const names = Array.from({ length: months + 1 }, (_, count) =>
    addSpan(`${first}-01`, { count, unit: 'months' }).slice(0, 7),
  );
  const monthOf = (row: Going) => (row.on! < on ? first : row.on!.slice(0, 7));
  return {
    on,
    months: names.map((month) => ({ month, goes: sum(rows.filter((row) => monthOf(row) === month)) })),
  };
}

export interface HeldNow {
  readonly class: RetentionClass;
  readonly kind: TimedKind;
  /** `restricted`, `open-case`, `open-request`: until that ends; `duty`: until the last day of a law. */
  readonly because: string;
  readonly count: number;
  /** Of a duty, when the first and the last of them go; null: nothing ends it, or no day can be told. */
  readonly from: string | null;
  readonly until: string | null;
}

/** What cannot go now whoever asks, by retention class and reason. Orders are held by the duties of tax and trade. */
export async function heldNow(ctx: GateCtx, store: Store): Promise<HeldNow[]> {
  const on = today(ctx);
  const rows = (await survey(ctx, store)).flatMap((row) => {
    const duty = row.kind === 'orders' && (row.on === null || row.on > on);
    const because = row.held ?? (duty ? 'duty' : null);
    return because === null ? [] : [{ ...row, because }];
  });
  return TIMED_KINDS.flatMap((kind) =>
    [...new Set(rows.filter((row) => row.kind === kind).map(({ because }) => because))]
      .sort()
      .map((because) => {
        const own = rows.filter((row) => row.kind === kind && row.because === because);
        const days = because === 'duty' ? own.flatMap(({ on: day }) => day ?? []).sort() : [];
        return {
          ...{ class: CLASS_OF[kind], kind, because },
          count: own.reduce((all, { count }) => all + count, 0),
          from: days[0] ?? null,
          until: days.at(-1) ?? null,
        };
      }),
  );
}
