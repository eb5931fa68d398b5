/** The rail on the left: the places of this role. */
import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.tsx';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { placesOf } from './places.ts';

const GROUPS = ['work', 'oversight', 'own'] as const;

export function Rail({ onGo }: { readonly onGo?: () => void }) {
  const say = useSay();
  const { role } = useSession();
  const places = placesOf(role);
  return (
    <nav aria-label={say('nav.label')} className="flex-1 overflow-y-auto px-2 py-3">
      {GROUPS.map((group) => {
        const own = places.filter((place) => place.group === group);
        if (own.length === 0) return null;
        return (
          <ul key={group} className="space-y-0.5 pb-3">
            {own.map(({ to, text, icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  activeProps={{ className: 'bg-wash font-medium text-ink' }}
                  inactiveProps={{ className: 'text-soft hover:bg-wash hover:text-ink' }}
                  {...(onGo === undefined ? {} : { onClick: onGo })}
                  className="flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1"
                >
                  <Icon name={icon} />
                  {say(text)}
                </Link>
              </li>
            ))}
          </ul>
        );
      })}
    </nav>
  );
}
