/** When would it be due? For whoever holds a letter, or wants to check a clock. */
import type { GateCtx } from '../../gate/context.ts';
import { isDay } from '../../law/calendar.ts';
import { localDay } from '../../law/local-day.ts';
import { type ClockKind, requestClock } from '../../law/request-clock.ts';
import { BaileeError } from '../../platform/errors.ts';
import { bookOf, toldOf } from './clock.ts';

export interface DeadlineInput {
  readonly kind: ClockKind;
  /** ISO 3166; absent: not known. */
  readonly customer?: string;
  readonly store?: string;
  /** A day, or a moment. */
  readonly received: string;
  readonly zone?: string;
  readonly extended: boolean;
  readonly waited: number;
  readonly holidays: readonly string[];
}

/** The last day by the packs in force, with what says so. Throws `bad_request` for a day that is none. */
export function deadline(ctx: Pick<GateCtx, 'law' | 'config'>, input: DeadlineInput) {
  const { kind, customer, store, received, zone = ctx.config.timeZone, extended, waited, holidays } = input;
  const day = isDay(received) ? received : dayOf(received, zone);
  if (!holidays.every(isDay)) throw new BaileeError('bad_request', 'holidays takes days, like 2026-12-25.');
  const clock = requestClock(bookOf(ctx), {
    ...{ kind, extended, waited, received: day },
    where: { customer: customer ?? null, store: store ?? null },
    holidays: [...ctx.config.holidays, ...holidays],
  });
  return toldOf(clock);
}

function dayOf(moment: string, zone: string): string {
  const at = Date.parse(moment);
  if (!Number.isFinite(at))
    throw new BaileeError('bad_request', 'received is neither a day nor a time in ISO 8601.');
  return localDay(at, zone);
}
