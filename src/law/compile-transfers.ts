/** The routes abroad that every regime which speaks of transfers accepts. */
import type { Rules } from './rules.ts';
import { type FactOf, factsOn, isVerified, type Speaking } from './verdict.ts';

type Transfers = Pick<Rules, 'adequate' | 'routes' | 'transferConsent'>;

/** A law on personal data as a whole that says nothing of transfers has opened no route. */
export function compileTransfers(speakers: readonly Speaking[]): Transfers {
  const routes: Set<string>[] = [];
  const adequate: Set<string>[] = [];
  for (const speaking of speakers) {
    const permissions = factsOn(speaking, 'permission', { of: 'transfer' });
    if (permissions.length === 0 && !speaking.regime.general) continue;
    if (permissions.some(isOpen)) continue;
    routes.push(new Set(permissions.filter(isVerified).flatMap(({ value }) => singles(value.unless))));
    const lists = factsOn(speaking, 'list', { of: 'adequate-countries' }).filter(isVerified);
    adequate.push(new Set(lists.flatMap(({ value }) => value.items)));
  }
  return {
    routes: routes.length === 0 ? null : intersection(routes),
    adequate: intersection(adequate),
    transferConsent: speakers.some(
      (speaking) => factsOn(speaking, 'duty', { of: 'get-separate-consent-for-transfer' }).length > 0,
    ),
  };
}

function isOpen(fact: FactOf<'permission'>): boolean {
  return fact.value.model === 'free' && fact.value.never.length === 0 && isVerified(fact);
}

/** A route that needs several things at once is for the privacy officer, not for a table. */
function singles(unless: readonly (readonly string[])[]): string[] {
  return unless.flatMap((group) => (group.length === 1 ? [...group] : []));
}

function intersection(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...rest] = sets;
  return new Set([...(first ?? [])].filter((each) => rest.every((set) => set.has(each))));
}
