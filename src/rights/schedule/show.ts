/** The schedule and the runs as they are told outside. */
import type { GateCtx } from '../../gate/context.ts';
import { isVerified } from '../../law/verdict.ts';
import { spanText } from './compile.ts';
import { ends, goesOn } from './due.ts';
import { type Store, schedulesOf, today } from './plan.ts';
import { type RunRow, readRuns } from './sql.ts';
import type { ScheduleLine, Term } from './types.ts';

const LAST_RUNS = 14;

/** The schedules of a store, region by region. */
export async function showSchedule(ctx: GateCtx, store: Store) {
  const on = today(ctx);
  const schedules = await schedulesOf(ctx, ctx.db, store);
  return {
    on,
    regions: schedules.map(({ region, regimes, lines }) => ({
      region,
      regimes,
      lines: lines.map((line) => showLine(line, on)),
    })),
  };
}

function showLine(line: ScheduleLine, on: string) {
  const { least, most, set, setBy, ...rest } = line;
  return {
    ...rest,
    least: least.map(showTerm),
    most: most.map(showTerm),
    set: set === null || typeof set === 'string' ? set : spanText(set),
    setBy,
    keptUntil: ends(line, on).keptUntil,
    goes: goesOn(line, on),
  };
}

function showTerm({ span, from, fact }: Term) {
  const { regime, name, says, citation } = fact;
  return { span: spanText(span), from, regime, fact: name, says, citation, verified: isVerified(fact) };
}

/** The last runs with what went and what was passed over in this store, the newest first. */
export async function showRuns(ctx: GateCtx, store: Store) {
  return { runs: (await readRuns(ctx.db, store.id, LAST_RUNS)).map(showRun) };
}

function showRun({ day, started_at, finished_at, steps }: RunRow) {
  const gone = new Map<string, number>();
  const passed = new Map<string, { kind: string; because: string; count: number }>();
  for (const step of steps) {
    if (step.gone > 0) gone.set(step.kind, (gone.get(step.kind) ?? 0) + step.gone);
    for (const [because, count] of Object.entries(step.passed)) {
      const name = `${step.kind} ${because}`;
      passed.set(name, { kind: step.kind, because, count: count + (passed.get(name)?.count ?? 0) });
    }
  }
  return {
    on: day,
    startedAt: started_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
    gone: [...gone].map(([kind, count]) => ({ kind, count })),
    passed: [...passed.values()],
  };
}
