/** What stands around every part: whose page it is, the language, the parts beside it, and the way out. */
import type { ReactNode } from 'react';
import { CENTER_LANGUAGES, type CenterLanguage } from '../../../contract/center-languages.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Session } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { chooseLanguage, LANGUAGES, useLanguage, useSay } from '../language.ts';
import { Link } from '../link.tsx';
import { useDoing } from '../loaded.ts';
import { usePlace } from '../place.ts';
import { signOut } from '../session.ts';
import { PARTS } from './parts.ts';

interface FrameProps {
  /** Null: it is not known yet. */
  readonly store: string | null;
  /** Absent: nobody is signed in. */
  readonly session?: Session;
  readonly children: ReactNode;
}

export function Frame({ store, session, children }: FrameProps) {
  const say = useSay();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded-md focus:bg-sheet focus:px-3 focus:py-2"
      >
        {say('app.skip')}
      </a>
      <header className="border-b border-line bg-sheet">
        <div className="mx-auto flex min-h-16 max-w-5xl items-center justify-between gap-3 px-4 py-2">
          <Link to="home" className="min-w-0 rounded-md py-1 no-underline">
            <span className="block truncate text-lg leading-tight font-semibold">
              {store ?? say('app.title')}
            </span>
            {store !== null && <span className="block truncate text-sm text-soft">{say('app.title')}</span>}
          </Link>
          <LanguageChoice />
        </div>
      </header>
      <div className="mx-auto flex w-full max-w-5xl grow gap-10 px-4 py-6 sm:py-8">
        {session !== undefined && <Rail />}
        <main id="main" tabIndex={-1} className="min-w-0 grow">
          {children}
        </main>
      </div>
      {session !== undefined && <Foot session={session} />}
    </div>
  );
}

function LanguageChoice() {
  const say = useSay();
  const language = useLanguage();
  return (
    <label className="shrink-0">
      <span className="sr-only">{say('app.language')}</span>
      <select
        value={language}
        onChange={({ target }) => void chooseLanguage(target.value as CenterLanguage)}
        className="max-w-36 rounded-md border border-line-strong bg-sheet px-2"
      >
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {CENTER_LANGUAGES[tag].name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Beside the page, where there is room; on a phone the overview has the same. */
function Rail() {
  const say = useSay();
  const place = usePlace();
  return (
    <nav aria-label={say('app.menu')} className="hidden w-56 shrink-0 lg:block">
      <ul className="sticky top-6 space-y-0.5">
        {PARTS.map(({ to, icon, title }) => (
          <li key={to}>
            <Link
              to={to}
              aria-current={place === to ? 'page' : undefined}
              className="flex min-h-10 items-center gap-3 rounded-md px-3 text-soft hover:bg-wash hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              <Icon name={icon} />
              {say(title)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Foot({ session }: { readonly session: Session }) {
  const say = useSay();
  const format = useFormat();
  const leaving = useDoing(signOut);
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-4">
        <p className="text-sm text-soft">{say('app.until', { time: format.time(session.longestUntil) })}</p>
        <Button size="large" busy={leaving.busy} onClick={() => void leaving.run()}>
          {say('app.signOut')}
        </Button>
      </div>
    </footer>
  );
}
