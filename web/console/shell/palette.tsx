/** The command palette: go to a page, do what the menus do, or find a customer by what one types. */
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { findCase } from '../api/cases.ts';
import { cleaned, kindOf } from '../find/kind-of.ts';
import { handOver } from '../ground.ts';
import { LANGUAGES, useLanguage, useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { chooseTheme } from '../theme.ts';
import { useSignOut, useSwitchLanguage } from './account-menu.tsx';
import { placesOf } from './places.ts';

interface Command {
  readonly key: string;
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** What fits the words. */
function useCommands(words: string): readonly Command[] {
  const say = useSay();
  const language = useLanguage();
  const navigate = useNavigate();
  const { role } = useSession();
  const toLanguage = useSwitchLanguage();
  const leave = useSignOut();
  const other = LANGUAGES.find((each) => each !== language)!;
  const word = words.trim();
  const kind = kindOf(word);
  const value = cleaned(kind, word);
  const go = async () => {
    const cases =
      kind === 'case' && MAY.cases(role) ? (await findCase(value).catch(() => null))?.cases : undefined;
    const one = cases?.[0];
    if (one !== undefined) return navigate({ to: '/cases/$id', params: { id: one.id } });
    handOver({ kind, value });
    return navigate({ to: '/find' });
  };
  const finding: readonly Command[] =
    word.length < 2 || !MAY.find(role)
      ? []
      : [
          {
            key: 'find',
            label: say(`palette.find.${kind}`, { value }),
            icon: 'search',
            run: () => void go(),
          },
        ];
  const fixed: readonly Command[] = [
    ...placesOf(role).map(({ to, text, icon }) => ({
      key: to,
      label: say(text),
      icon,
      run: () => void navigate({ to }),
    })),
    {
      key: 'language',
      label: say(`palette.language.${other}`),
      icon: 'settings',
      run: () => toLanguage(other),
    },
    { key: 'light', label: say('palette.light'), icon: 'settings', run: () => chooseTheme('light') },
    { key: 'dark', label: say('palette.dark'), icon: 'settings', run: () => chooseTheme('dark') },
    { key: 'out', label: say('account.signOut'), icon: 'lock', run: leave },
  ];
  const asked = word.toLowerCase();
  const found = fixed.filter(({ label }) => label.toLowerCase().includes(asked));
  // A number is looked for first; a word is likelier a page.
  return /\d|@/.test(word) ? [...finding, ...found] : [...found, ...finding];
}

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const id = useId();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useCommands(words);
  const chosen = Math.min(at, found.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? found.length - 1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((chosen + step) % found.length);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(found[chosen]);
    }
  };
  return (
    <Dialog title={say('palette.title')} closeLabel={say('do.close')} onClose={onClose}>
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
        aria-label={say('palette.hint')}
        placeholder={say('palette.hint')}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={({ target }) => {
          setWords(target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        className="h-10 w-full rounded-md border border-line-strong bg-sheet px-3 placeholder:text-soft"
      />
      <Found id={id} found={found} chosen={chosen} onPoint={setAt} onRun={run} />
      <p role="status" className={found.length === 0 ? 'px-2.5 py-4 text-soft' : 'sr-only'}>
        {found.length === 0 ? say('palette.none') : say('palette.count', { count: found.length })}
      </p>
    </Dialog>
  );
}

interface FoundProps {
  readonly id: string;
  readonly found: readonly Command[];
  readonly chosen: number;
  readonly onPoint: (place: number) => void;
  readonly onRun: (command: Command) => void;
}

function Found({ id, found, chosen, onPoint, onRun }: FoundProps) {
  const say = useSay();
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={say('palette.title')}
      className="mt-2 max-h-80 overflow-y-auto"
    >
      {found.map((command, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field above, which moves the choice.
        <div
          key={command.key}
          id={`${id}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === chosen}
          onClick={() => onRun(command)}
          onPointerMove={() => onPoint(place)}
          className={`flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 ${place === chosen ? 'bg-wash' : ''}`}
        >
          <Icon name={command.icon} className="text-soft" />
          {command.label}
        </div>
      ))}
    </div>
  );
}
