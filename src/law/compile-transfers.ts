/** What each regime that speaks of transfers accepts: a transfer must be covered under every one of them. */
import type { Rules, TransferRule } from './rules.ts';
import { type FactOf, factsOn, isVerified, type Speaking } from './verdict.ts';

/** A law on personal data as a whole that says nothing of transfers has opened no route. */
export function compileTransfers(
  speakers: readonly Speaking[],
): Pick<Rules, 'transfers' | 'transferConsent'> {
  const transfers: TransferRule[] = [];
  for (const speaking of speakers) {
    const permissions = factsOn(speaking, 'permission', { of: 'transfer' });
    if (permissions.length === 0 && !speaking.regime.general) continue;
    if (permissions.some(isOpen)) continue;
    const lists = factsOn(speaking, 'list', { of: 'adequate-countries' }).filter(isVerified);
    transfers.push({
      adequate: new Set(lists.flatMap(({ value }) => value.items)),
      routes: new Set(permissions.filter(isVerified).flatMap(({ value }) => routesIn(value.unless))),
    });
  }
  return {
    transfers,
    transferConsent: speakers.some(
      (speaking) => factsOn(speaking, 'duty', { of: 'get-separate-consent-for-transfer' }).length > 0,
    ),
  };
}

function isOpen(fact: FactOf<'permission'>): boolean {
  return fact.value.model === 'free' && fact.value.never.length === 0 && isVerified(fact);
}

/**
 * A route that needs several things at once is for the privacy officer, not for a table. That a country is adequate is
 * for the list of the regime to say, and never for whoever names the route.
 */
function routesIn(unless: readonly (readonly string[])[]): string[] {
  return unless.flatMap((group) =>
    group.length === 1 && !group[0]!.startsWith('adequate-') ? [...group] : [],
  );
}
