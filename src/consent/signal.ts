/** Global Privacy Control: what it closes, whether it has to be recorded, and whether it is in force. Pure. */
import { GPC_PURPOSES } from '../../contract/consent.ts';
import type { StandingChoices } from '../law/effective.ts';
import type { ChoiceRow } from '../vault/choices.ts';
import type { ChoiceChange } from './record.ts';

/** The header counts when it is exactly `1` (W3C GPC § 3.1); a list of values is not. */
export function isGpc(header: string | readonly string[] | undefined): boolean {
  return header === '1';
}

/** Refusals that the signal makes of what stands; none where all is refused and the signal was recorded before. */
export function closedBySignal(standing: StandingChoices, rows: readonly ChoiceRow[]): ChoiceChange[] {
  const known = signalled(rows);
  return GPC_PURPOSES.filter((purpose) => standing[purpose] !== 'refused' || !known.has(purpose)).map(
    (purpose) => ({ purpose, state: 'refused' as const }),
  );
}

/** Purposes whose newest choice is the signal. */
function signalled(rows: readonly ChoiceRow[]): Set<string> {
  const newest = new Map<string, ChoiceRow>();
  for (const row of rows) {
    const before = newest.get(row.purpose);
    if (before === undefined || before.received_at <= row.received_at) newest.set(row.purpose, row);
  }
  return new Set([...newest.values()].filter((row) => row.how === 'signal').map((row) => row.purpose));
}

/** True while the signal is the last word on all that it closes; whoever chose after it has chosen for themselves. */
export function signalStands(rows: readonly ChoiceRow[]): boolean {
  const last = signalled(rows);
  return GPC_PURPOSES.every((purpose) => last.has(purpose));
}

/** True while a signal of one of these rows closes a purpose. */
export function isSignalled(rows: readonly ChoiceRow[]): boolean {
  return signalled(rows).size > 0;
}
