/** Who is signed in: role, language, look, and out. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuGroup } from '../../ui/menu.tsx';
import { saveLanguage, signOut, switchRole } from '../api/own.ts';
import { chooseLanguage, LANGUAGES, type Language, useLanguage, useSay } from '../language.ts';
import { forget, SESSION, useSession } from '../session.ts';
import { chooseTheme, storedTheme, THEMES } from '../theme.ts';

/** Also saved with the account, so that mails and the next browser speak it. */
export function useSwitchLanguage(): (language: Language) => void {
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (language: Language) => saveLanguage(language),
    // Not all of them: to read a customer anew would be another opening.
    onSettled: () =>
      Promise.all([SESSION, ['courses']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  return (language) => void chooseLanguage(language).then(() => mutate(language));
}

function useSwitchRole() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: switchRole,
    async onSuccess() {
      // Nothing that the role before was shown stays.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
      await queries.invalidateQueries({ queryKey: SESSION });
      await router.navigate({ to: '/' });
    },
  });
}

export function useSignOut(): () => void {
  const { mutate } = useMutation({ mutationFn: signOut, onSettled: forget });
  return () => mutate();
}

function useGroups(): readonly MenuGroup[] {
  const say = useSay();
  const language = useLanguage();
  const { role, roles } = useSession();
  const [theme, setTheme] = useState(storedTheme);
  const toRole = useSwitchRole();
  const toLanguage = useSwitchLanguage();
  const leave = useSignOut();
  const asRole = roles.map((each) => ({
    key: each,
    label: say(`role.${each}`),
    chosen: each === role,
    onChoose: () => toRole.mutate(each),
  }));
  const inLanguage = LANGUAGES.map((each) => ({
    key: each,
    label: <span lang={each}>{say(`language.${each}`)}</span>,
    chosen: each === language,
    onChoose: () => toLanguage(each),
  }));
  const inTheme = THEMES.map((each) => ({
    key: each,
    label: say(`theme.${each}`),
    chosen: each === theme,
    onChoose: () => {
      setTheme(each);
      chooseTheme(each);
    },
  }));
  return [
    ...(roles.length < 2 ? [] : [{ key: 'role', title: say('account.role'), items: asRole }]),
    { key: 'language', title: say('account.language'), items: inLanguage },
    { key: 'theme', title: say('account.theme'), items: inTheme },
    { key: 'out', items: [{ key: 'out', label: say('account.signOut'), onChoose: leave }] },
  ];
}

export function AccountMenu({ place }: { readonly place: 'above' | 'below' }) {
  const say = useSay();
  const { person, role } = useSession();
  const groups = useGroups();
  return (
    <Menu
      name={say('account.menu')}
      place={place}
      groups={groups}
      head={
        <div className="border-b border-line px-3 py-2">
          <div className="truncate font-medium">{person.name}</div>
          <div className="truncate text-xs text-soft">{person.email}</div>
        </div>
      }
      label={
        <>
          <span className="min-w-0 flex-1 max-md:sr-only">
            <span className="block truncate font-medium">{person.name}</span>
            <span className="block truncate text-xs text-soft">{say(`role.${role}`)}</span>
          </span>
          <span
            aria-hidden="true"
            className="inline-flex size-8 items-center justify-center rounded-full bg-wash font-medium md:hidden"
          >
            {[...person.name][0] ?? ''}
          </span>
          <Icon name="down" className="text-soft max-md:hidden" />
        </>
      }
    />
  );
}
