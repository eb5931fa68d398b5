/** How long what is held stays, for the customer it is about: by the schedule of where they live. */
import { RETENTION_CLASSES, type RetentionClass } from '../../../contract/names.ts';
import type { TimedKind } from '../../../contract/retention.ts';
import type { GateCtx } from '../../gate/context.ts';
import { compileSchedule, spanText } from '../schedule/compile.ts';
import { ends, goesOn } from '../schedule/due.ts';
import { today } from '../schedule/plan.ts';
import type { Schedule, ScheduleLine } from '../schedule/types.ts';

/** What ends each class; what is under a key of its own class goes with the customer. */
const KIND_OF: Readonly<Record<RetentionClass, TimedKind>> = {
  identity: 'inactive',
  commerce: 'orders',
  behavior: 'behavior',
  service: 'cases',
  sensitive: 'sensitive',
};

export interface Place {
  readonly region: string | null;
  readonly country: string | null;
}

export function scheduleOf(ctx: GateCtx, { region, country }: Place): Schedule {
  const place = { customer: region, store: country };
  const book = ctx.law?.book() ?? null;
  return compileSchedule(ctx.catalog, book, { ...place, on: today(ctx), own: ctx.config.retention });
}

export function lineOf({ lines }: Schedule, retention: RetentionClass): ScheduleLine {
  return lines.find(({ kind }) => kind === KIND_OF[retention])!;
}

/** Of what began at `at`: until when it must be kept, and the day on which it goes; null: nothing ends it by itself. */
export function daysOf(
  line: ScheduleLine,
  at: Date,
): { readonly keptUntil: string | null; readonly goes: string | null } {
  const day = at.toISOString().slice(0, 10);
  return { keptUntil: ends(line, day).keptUntil, goes: goesOn(line, day) };
}

export function dutiesOf({ least }: ScheduleLine) {
  return least.map(({ span, from, fact }) => ({
    ...{ span: spanText(span), from, regime: fact.regime },
    ...{ says: fact.says, citation: fact.citation },
  }));
}

/** Class by class, of what begins or is used today. */
export function retentionOf(ctx: GateCtx, schedule: Schedule) {
  return (Object.keys(RETENTION_CLASSES) as RetentionClass[]).map((name) => {
    const line = lineOf(schedule, name);
    const { set, anchor } = line;
    return {
      class: name,
      set: set === null || typeof set === 'string' ? set : spanText(set),
      anchor,
      ...daysOf(line, new Date(ctx.clock.now())),
      least: dutiesOf(line),
    };
  });
}
