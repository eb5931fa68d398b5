/** What a run of a day has to do: each kind of records of each store, region by region, with how old is too old. */
import { TIMED_KINDS, type TimedKind } from '../../../contract/retention.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { Tx } from '../../platform/ports.ts';
import { readRegions } from '../../vault/retain-read.ts';
import { compileSchedule } from './compile.ts';
import { dueSince, nextDay } from './due.ts';
import type { Schedule, ScheduleLine } from './types.ts';

export interface Store {
  readonly id: string;
  /** ISO 3166-1; null: not known. */
  readonly country: string | null;
}

/** All stores. */
export async function readStores(tx: Tx): Promise<Store[]> {
  const { rows } = await tx.query<Store>({
    name: 'retention_stores',
    text: 'SELECT id, country FROM bailee.store ORDER BY id',
  });
  return rows;
}

/** The day of the clock, UTC. */
export function today(ctx: Pick<GateCtx, 'clock'>): string {
  return new Date(ctx.clock.now()).toISOString().slice(0, 10);
}

type PlanCtx = Pick<GateCtx, 'catalog' | 'law' | 'clock' | 'config'>;

/** The schedules of a store: one for each region where its customers live. */
export async function schedulesOf(ctx: PlanCtx, tx: Tx, store: Store): Promise<Schedule[]> {
  const book = ctx.law?.book() ?? null;
  return (await readRegions(tx, store.id)).map((customer) =>
    compileSchedule(ctx.catalog, book, {
      customer,
      store: store.country,
      on: today(ctx),
      own: ctx.config.retention,
    }),
  );
}

/** A line of the schedule, to be carried out today. */
export interface Task {
  readonly store: string;
  readonly region: string | null;
  readonly kind: TimedKind;
  readonly line: ScheduleLine;
  /** Records that began before this moment go. */
  readonly before: Date;
}

/** Tasks in the order in which they are carried out. */
export async function tasksOf(ctx: PlanCtx, tx: Tx): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const store of await readStores(tx))
    for (const { region, lines } of await schedulesOf(ctx, tx, store))
      for (const kind of TIMED_KINDS) {
        const line = lines.find((each) => each.kind === kind)!;
        const since = dueSince(line, today(ctx));
        if (since === null) continue;
        tasks.push({ store: store.id, region, kind, line, before: new Date(nextDay(since)) });
      }
  return tasks;
}
