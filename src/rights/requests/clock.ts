/** The clock of a request: whose law counts was fixed when it came, its facts are those in force on that day. */

import type { GateCtx } from '../../gate/context.ts';
import { bindLaw, type LawBook } from '../../law/law-book.ts';
import { endOfDay, localDay } from '../../law/local-day.ts';
import { type RequestClock, requestClock } from '../../law/request-clock.ts';
import type { RequestRow } from '../../vault/requests.ts';

type Timed = Pick<
  RequestRow,
  'kind' | 'region' | 'country' | 'zone' | 'received_on' | 'extended_at' | 'waited' | 'appealed_at'
>;

const DAY_MS = 86_400_000;
const NO_PACKS = bindLaw([]);

/** The packs in force; without any no law counts days, and the house's own month holds. */
export function bookOf({ law }: Pick<GateCtx, 'law'>): LawBook {
  return law?.book() ?? NO_PACKS;
}

/** A clock as it is told: days, and the laws that say so. */
export function toldOf({ due, speed, because, acknowledge, extendable, waits }: RequestClock) {
  return {
    dueOn: due,
    speed,
    because: because.map(({ regime, says, citation, verified }) => ({ regime, says, citation, verified })),
    acknowledgeOn: acknowledge,
    extendableTo: extendable,
    waitingMoves: waits,
  };
}

/** The clock that runs; of an appeal its own, from the day of the appeal. */
export function clockOf(ctx: Pick<GateCtx, 'law' | 'config'>, row: Timed): RequestClock {
  const { kind, region, country, zone, received_on, extended_at, waited, appealed_at } = row;
  const book = bookOf(ctx);
  const where = { customer: region, store: country };
  const { holidays } = ctx.config;
  if (appealed_at !== null)
    return requestClock(book, {
      kind: 'appeal',
      where,
      received: localDay(appealed_at.getTime(), zone),
      holidays,
    });
  return requestClock(book, {
    kind,
    where,
    received: received_on,
    extended: extended_at !== null,
    waited,
    holidays,
  });
}

/** The last day, and the moment from which it is over. */
export function dueOf(
  ctx: Pick<GateCtx, 'law' | 'config'>,
  row: Timed,
): Pick<RequestRow, 'due_on' | 'due_at'> {
  const { due } = clockOf(ctx, row);
  return { due_on: due, due_at: new Date(endOfDay(due, row.zone)) };
}

/** Whole days between two moments, by the calendar of the zone: from a Monday to a Wednesday two. */
export function daysBetween(from: number, to: number, zone: string): number {
  return (Date.parse(localDay(to, zone)) - Date.parse(localDay(from, zone))) / DAY_MS;
}
