/** Inviting somebody: the link is shown once, for whoever invites to hand over. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { invitePerson, type Staff } from '../api/people.ts';
import { useFormat } from '../format.ts';
import { LANGUAGES, type Language, useLanguage, useSay } from '../language.ts';
import { Refused } from '../refused.tsx';
import { ShownOnce } from '../shown-once.tsx';
import { RoleFields, TeamFields } from './access-fields.tsx';
import { type Chosen, givenOf } from './roles-given.ts';

export function InviteDialog({ staff, onClose }: { readonly staff: Staff; readonly onClose: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const own = useLanguage();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [language, setLanguage] = useState<Language>(own);
  const [chosen, setChosen] = useState<Chosen>({});
  const [teams, setTeams] = useState<readonly string[]>([]);
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      invitePerson({
        name: name.trim(),
        email: email.trim(),
        language,
        roles: givenOf(chosen),
        teams: [...teams],
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['staff'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  if (data !== undefined)
    return (
      <Dialog
        title={say('people.invited', { name: name.trim() })}
        closeLabel={say('do.close')}
        onClose={onClose}
      >
        <ShownOnce
          label={say('people.link')}
          secret={data.link}
          hint={say('people.linkHint', { until: format.moment(data.until) })}
          onClose={onClose}
        />
      </Dialog>
    );
  return (
    <Dialog title={say('people.invite')} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        <TextField
          label={say('people.name')}
          autoComplete="off"
          autoFocus
          required
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label={say('signIn.email')}
          type="email"
          autoComplete="off"
          required
          maxLength={254}
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <SelectField
          label={say('account.language')}
          value={language}
          onChange={({ target }) => setLanguage(target.value as Language)}
          options={LANGUAGES.map((each) => ({ value: each, label: say(`language.${each}`) }))}
        />
        <RoleFields chosen={chosen} onChange={setChosen} hint={say('people.rolesHint')} />
        <TeamFields teams={staff.teams} chosen={teams} onChange={setTeams} />
        <Refused error={error} conflict="people.inviteConflict" />
        <Button type="submit" look="main" busy={isPending} disabled={Object.keys(chosen).length === 0}>
          {say('people.makeLink')}
        </Button>
      </form>
    </Dialog>
  );
}
