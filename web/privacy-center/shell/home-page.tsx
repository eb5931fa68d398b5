/** The overview: what one can see, decide, take and delete. It asks the server for nothing. */
import { Icon } from '../../ui/icon.tsx';
import { useSay } from '../language.ts';
import { Link } from '../link.tsx';
import { Page } from './page.tsx';
import { ACT, DECIDE, SEE } from './parts.ts';

type Group = typeof SEE | typeof DECIDE | typeof ACT;

export function HomePage() {
  const say = useSay();
  return (
    <Page title={say('app.title')} lead={say('home.lead')} top>
      <Ways title={say('home.see')} parts={SEE} />
      <Ways title={say('home.decide')} parts={DECIDE} />
      <Ways title={say('home.act')} parts={ACT} />
    </Page>
  );
}

function Ways({ title, parts }: { readonly title: string; readonly parts: Group }) {
  const say = useSay();
  return (
    <section>
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet">
        {parts.map((part) => (
          <li key={part.to}>
            <Link
              to={part.to}
              className="flex items-center gap-4 px-4 py-3.5 -outline-offset-2 hover:bg-wash"
            >
              <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-accent-wash text-accent">
                <Icon name={part.icon} />
              </span>
              <span className="min-w-0 grow">
                <span className="block font-semibold">{say(part.title)}</span>
                <span className="block text-sm text-soft">{say(part.lead)}</span>
              </span>
              <span className="turns inline-flex text-soft">
                <Icon name="right" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
