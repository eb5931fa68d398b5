/** Which regimes apply to a customer: where they live, where the shop is established, and the strictest when that is not known. */
import type { Regime } from './facts.ts';

export interface Whereabouts {
  /** ISO 3166-1 or -2 (`DE`, `US-CA`) of the customer; null: not known. */
  readonly customer: string | null;
  /** ISO 3166-1 of the shop's establishment; null: not known. */
  readonly store: string | null;
}

export type Because = 'residence' | 'establishment' | 'everywhere' | 'strictest';

export interface Applying {
  readonly regime: Regime;
  readonly because: Because;
}

/** Territories with ISO codes of their own in which the law of their state and of the Union holds (TFEU art. 349, 355). */
const PART_OF: Readonly<Record<string, string>> = {
  GP: 'FR',
  MQ: 'FR',
  GF: 'FR',
  RE: 'FR',
  YT: 'FR',
  MF: 'FR',
  AX: 'FI',
  UK: 'GB',
  EL: 'GR',
};

/** What stands in for an unknown region when the store names nothing: all that is strictest in the packs at hand. */
export const STRICTEST: readonly string[] = ['EU-GDPR', 'EU-EPRIVACY', 'CN-PIPL'];

/**
 * The regimes that apply, in the order of their codes. A law reaches a customer who lives in its territory and is
 * offered goods there, and a shop that is established in it. A country without its part (`US`) may be any of its
 * parts. Where no law on personal data as a whole reaches the customer's home, `strictest` is added.
 */
export function resolve(
  regimes: readonly Regime[],
  { customer, store }: Whereabouts,
  strictest: readonly string[] = STRICTEST,
): readonly Applying[] {
  const applying = new Map<string, Applying>();
  for (const regime of regimes) {
    const because = reaches(regime, customer, store);
    if (because !== null) applying.set(regime.code, { regime, because });
  }
  const home = [...applying.values()].some(
    ({ regime, because }) => regime.general && because === 'residence',
  );
  if (!home)
    for (const regime of regimes)
      if (strictest.includes(regime.code) && !applying.has(regime.code))
        applying.set(regime.code, { regime, because: 'strictest' });
  return [...applying.values()].sort((a, b) => (a.regime.code < b.regime.code ? -1 : 1));
}

function reaches(regime: Regime, customer: string | null, store: string | null): Because | null {
  if (regime.territory.includes('*')) return 'everywhere';
  if (customer !== null && regime.reach.includes('residence') && covers(regime, customer)) return 'residence';
  if (store !== null && regime.reach.includes('establishment') && covers(regime, store))
    return 'establishment';
  return null;
}

function covers({ territory }: Regime, place: string): boolean {
  const at = PART_OF[place] ?? place;
  const country = at.slice(0, 2);
  return territory.some(
    (code) => code === at || code === country || (at.length === 2 && code.startsWith(`${at}-`)),
  );
}
