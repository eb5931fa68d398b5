/** Somebody new: what they may do is said before they come. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { invitePerson, type Staff } from '../api/staff.ts';
import { LANGUAGES, type Language, useLanguage, useSay } from '../language.ts';
import { Refused } from '../step-up.tsx';
import { type Access, AccessField, givenOf } from './roles-field.tsx';
import { SecretOnce } from './secret-once.tsx';

export function Invite({ teams, onClose }: { readonly teams: Staff['teams']; readonly onClose: () => void }) {
  const say = useSay();
  const now = useLanguage();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [language, setLanguage] = useState<Language>(now);
  const [access, setAccess] = useState<Access>({ roles: [], teams: [], until: '' });
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () =>
      invitePerson({
        name: name.trim(),
        email: email.trim(),
        language,
        roles: givenOf(access),
        teams: [...access.teams],
      }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('staff.invite')} closeLabel={say('do.close')} onClose={onClose}>
      {data !== undefined ? (
        <SecretOnce title={say('staff.link')} secret={data.link} onDone={onClose} />
      ) : error !== null ? (
        <Refused error={error} onProved={() => mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <TextField
            label={say('staff.name')}
            required
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <TextField
            label={say('signIn.email')}
            type="email"
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
          <AccessField access={access} teams={teams} onChange={setAccess} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{say('do.cancel')}</Button>
            <Button type="submit" look="main" busy={isPending} disabled={access.roles.length === 0}>
              {say('staff.makeLink')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
