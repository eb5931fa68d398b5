/** What stands around every page: the rail, the way to search, the account. */
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { chooseLanguage, takePicked, useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { AccountMenu, useSwitchLanguage } from './account-menu.tsx';
import { Palette } from './palette.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { Rail } from './rail.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { useShellKeys } from './use-shell-keys.ts';

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export function Shell() {
  const say = useSay();
  const [shown, setShown] = useState<'palette' | 'shortcuts' | 'rail' | null>(null);
  useShellKeys((what) => setShown(what));
  useOwnLanguage();
  const close = () => setShown(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <div className="md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="absolute left-[-999rem] z-30 rounded-md bg-sheet px-4 py-2 focus:left-2 focus:top-2"
      >
        {say('shell.skip')}
      </a>
      <aside
        aria-label={say('app.name')}
        className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-paper md:flex"
      >
        <Brand />
        <div className="px-3 pb-1">
          <SearchButton onOpen={() => setShown('palette')} />
        </div>
        <Rail />
        <div className="border-t border-line p-2">
          <AccountMenu place="above" />
        </div>
      </aside>
      <header className="sticky top-0 z-10 flex h-13 items-center gap-1 border-b border-line bg-paper px-2 md:hidden">
        <Button look="quiet" size="icon" aria-label={say('nav.open')} onClick={() => setShown('rail')}>
          <Icon name="menu" />
        </Button>
        <span className="flex-1 truncate font-semibold">{say('app.name')}</span>
        <Button look="quiet" size="icon" aria-label={say('shell.search')} onClick={() => setShown('palette')}>
          <Icon name="search" />
        </Button>
        <AccountMenu place="below" />
      </header>
      <main id="main" tabIndex={-1} className="min-h-dvh min-w-0" key={path}>
        <Outlet />
      </main>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'shortcuts' && <Shortcuts mac={MAC} onClose={close} />}
      <ProofDialog />
      {shown === 'rail' && (
        <Dialog title={say('nav.label')} closeLabel={say('do.close')} onClose={close}>
          <Rail onGo={close} />
        </Dialog>
      )}
    </div>
  );
}

function Brand() {
  const say = useSay();
  const { store } = useSession();
  return (
    <div className="px-4 pb-3 pt-4">
      <div className="font-semibold tracking-tight">{say('app.name')}</div>
      <div className="truncate text-xs text-soft">{store.name}</div>
    </div>
  );
}

function SearchButton({ onOpen }: { readonly onOpen: () => void }) {
  const say = useSay();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex min-h-9 w-full cursor-pointer items-center gap-2 rounded-md border border-line-strong/50 bg-sheet px-2.5 text-soft hover:text-ink"
    >
      <Icon name="search" />
      <span className="flex-1 text-left">{say('shell.search')}</span>
      <kbd className="font-sans text-xs">{MAC ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}

/** The language of the account, where it was chosen in another browser, unless another was picked just before: once for each person, after that the menu decides. */
function useOwnLanguage(): void {
  const { person } = useSession();
  const { id, language } = person;
  const switchTo = useSwitchLanguage();
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (seen.current === id) return;
    seen.current = id;
    const picked = takePicked();
    if (picked === null) void chooseLanguage(language);
    else if (picked !== language) switchTo(picked);
  }, [id, language, switchTo]);
}
