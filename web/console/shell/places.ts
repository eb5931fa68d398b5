/** Where one can go, and who has business there. */
import type { Role } from '../../../contract/names.ts';
import type { IconName } from '../../ui/icon-names.ts';
import { MAY } from '../roles.ts';
import type { TextKey } from '../texts/keys.ts';

type OversightPath =
  | '/people'
  | '/keys'
  | '/ledger'
  | '/undeclared'
  | '/quarantine'
  | '/releases'
  | '/data-map'
  | '/notices'
  | '/retention'
  | '/reports'
  | '/consent-rates';

export interface Place {
  readonly to:
    | '/'
    | '/find'
    | '/cases'
    | '/requests'
    | '/answers'
    | '/tags'
    | '/conditions'
    | '/training'
    | '/settings'
    | OversightPath;
  readonly text: TextKey;
  readonly icon: IconName;
  readonly group: 'work' | 'oversight' | 'own';
  readonly for: (role: Role) => boolean;
}

const everyone = () => true;

export const PLACES: readonly Place[] = [
  { to: '/', text: 'nav.home', icon: 'home', group: 'work', for: everyone },
  { to: '/find', text: 'nav.find', icon: 'search', group: 'work', for: MAY.find },
  { to: '/cases', text: 'nav.cases', icon: 'cases', group: 'work', for: MAY.cases },
  { to: '/requests', text: 'nav.requests', icon: 'requests', group: 'work', for: MAY.requests },
  { to: '/answers', text: 'nav.canned', icon: 'answers', group: 'work', for: MAY.cases },
  { to: '/tags', text: 'nav.tags', icon: 'tag', group: 'work', for: MAY.tags },
  { to: '/conditions', text: 'nav.conditions', icon: 'approvals', group: 'work', for: MAY.find },
  { to: '/training', text: 'nav.training', icon: 'training', group: 'own', for: everyone },
  { to: '/settings', text: 'nav.settings', icon: 'settings', group: 'own', for: everyone },
  { to: '/people', text: 'nav.staff', icon: 'staff', group: 'oversight', for: MAY.staff },
  { to: '/keys', text: 'nav.keys', icon: 'key', group: 'oversight', for: MAY.staff },
  { to: '/data-map', text: 'nav.dataMap', icon: 'map', group: 'oversight', for: MAY.catalog },
  { to: '/notices', text: 'nav.notices', icon: 'notice', group: 'oversight', for: MAY.notices },
  { to: '/retention', text: 'nav.retention', icon: 'calendar', group: 'oversight', for: MAY.retention },
  { to: '/reports', text: 'nav.reports', icon: 'report', group: 'oversight', for: MAY.reports },
  { to: '/consent-rates', text: 'nav.rates', icon: 'rates', group: 'oversight', for: MAY.rates },
  { to: '/undeclared', text: 'nav.undeclared', icon: 'undeclared', group: 'oversight', for: MAY.upkeep },
  { to: '/quarantine', text: 'nav.quarantine', icon: 'quarantine', group: 'oversight', for: MAY.upkeep },
  { to: '/releases', text: 'nav.releases', icon: 'figures', group: 'oversight', for: MAY.releases },
  { to: '/ledger', text: 'nav.ledger', icon: 'ledger', group: 'oversight', for: MAY.ledger },
];

export function placesOf(role: Role): readonly Place[] {
  return PLACES.filter((place) => place.for(role));
}
