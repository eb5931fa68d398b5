/** Days or weeks, as the address says it. */
import type { RatesBy } from '../../../contract/consent-rates.ts';

export const PERIODS: readonly RatesBy[] = ['week', 'day'];

export interface RatesView {
  readonly by?: RatesBy;
}

/** What cannot be is left out, and so is what goes without saying. */
export function readPeriod(search: Readonly<Record<string, unknown>>): RatesView {
  return search.by === 'day' ? { by: 'day' } : {};
}
