/** Consent rates over time: how many people gave, refused and withdrew, per purpose. */
import { LEAST_TOLD, type RatesBy } from '../../contract/consent-rates.ts';
import { PURPOSES, type Purpose } from '../../contract/names.ts';
import type { Ctx } from '../platform/ports.ts';
import { type ChoiceCount, countChoices } from '../vault/choice-counts.ts';

const DAY = 86_400_000;
/** How many periods there are to see. */
const SHOWN: Readonly<Record<RatesBy, number>> = { day: 30, week: 26 };
/** Thursday was the first day of all: weeks begin three days before it. */
const FIRST_MONDAY = -3 * DAY;

export interface ConsentRatesOf {
  readonly store: string;
  readonly by: RatesBy;
  /** With the period that is not over. Asked again and again it would tell who came between. */
  readonly running: boolean;
}

export interface PurposeRates {
  readonly purpose: Purpose;
  /** One for each period; null: fewer people than are told. */
  readonly counts: readonly Readonly<Record<'granted' | 'refused' | 'withdrawn', number | null>>[];
}

export interface ConsentRatesTold {
  readonly by: RatesBy;
  readonly below: number;
  readonly periods: readonly string[];
  readonly running: boolean;
  readonly purposes: readonly PurposeRates[];
}

/** The last 30 days, or 26 weeks, of UTC. Whoever calls has looked whether the role may. */
export async function consentRates(ctx: Ctx, input: ConsentRatesOf): Promise<ConsentRatesTold> {
  const { store, by, running } = input;
  const periods = periodsUntil(ctx.clock.now(), input);
  const step = lengthOf(by);
  const rows = await countChoices(ctx.db, {
    store,
    by,
    from: new Date(periods[0]!),
    until: new Date(periods.at(-1)! + step),
  });
  const days = periods.map((at) => new Date(at).toISOString().slice(0, 10));
  const purposes = PURPOSES.flatMap((purpose) => {
    const own = rows.filter((row) => row.purpose === purpose);
    return own.length === 0 ? [] : [{ purpose, counts: days.map((day) => told(own, day)) }];
  });
  return { by, below: LEAST_TOLD, periods: days, running, purposes };
}

const lengthOf = (by: RatesBy) => (by === 'day' ? DAY : 7 * DAY);

/** Beginnings, the oldest first, UTC milliseconds. */
function periodsUntil(now: number, { by, running }: ConsentRatesOf): number[] {
  const step = lengthOf(by);
  const origin = by === 'day' ? 0 : FIRST_MONDAY;
  const current = Math.floor((now - origin) / step) * step + origin;
  const last = running ? current : current - step;
  return Array.from({ length: SHOWN[by] }, (_, at) => last - (SHOWN[by] - 1 - at) * step);
}

function told(rows: readonly ChoiceCount[], day: string) {
  const row = rows.find(({ period }) => period === day);
  const { granted = 0, refused = 0, withdrawn = 0 } = row ?? {};
  return { granted: enough(granted), refused: enough(refused), withdrawn: enough(withdrawn) };
}

/** Nobody is told as nobody; a few are not told. */
function enough(count: number): number | null {
  return count === 0 || count >= LEAST_TOLD ? count : null;
}
