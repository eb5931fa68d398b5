/** The clock of a request: whose law counts was fixed when it came, its facts are those in force on that day. */

import type { GateCtx } from '../../gate/context.ts';
import { addSpan } from '../../law/calendar.ts';
import { bindLaw } from '../../law/law-book.ts';
import { endOfDay, localDay } from '../../law/local-day.ts';
import { type RequestClock, requestClock } from '../../law/request-clock.ts';
import type { RequestRow } from '../../vault/requests.ts';

type Timed = Pick<
  RequestRow,
  'kind' | 'region' | 'country' | 'zone' | 'received_on' | 'extended_at' | 'waited' | 'appealed_at'
>;

/** Without packs no law counts days: the house's own month holds. */
const NO_PACKS = bindLaw([]);

/** The clock that runs; of an appeal its own, from the day of the appeal. */
export function clockOf({ law, config }: Pick<GateCtx, 'law' | 'config'>, row: Timed): RequestClock {
  const { kind, region, country, zone, received_on, extended_at, waited, appealed_at } = row;
  const book = law?.book() ?? NO_PACKS;
  const where = { customer: region, store: country };
  const { holidays } = config;
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
  let day = localDay(from, zone);
  const last = localDay(to, zone);
  let days = 0;
  while (day < last) {
    day = addSpan(day, { unit: 'days', count: 1 });
    days += 1;
  }
  return days;
}
