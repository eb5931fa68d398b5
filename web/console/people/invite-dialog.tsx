/** Inviting somebody: the link is shown once, for whoever invites to hand over. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { type Invited, invitePerson, type Staff } from '../api/people.ts';
import { useFormat } from '../format.ts';
import { LANGUAGES, type Language, useLanguage, useSay } from '../language.ts';
import { Refused } from '../refused.tsx';
import { ShownOnce } from '../shown-once.tsx';
import { RoleFields, TeamFields } from './access-fields.tsx';
import { type Chosen, givenOf } from './roles-given.ts';

interface InviteProps {
  readonly staff: Staff;
  readonly onClose: () => void;
}

export function InviteDialog({ staff, onClose }: InviteProps) {
  const say = useSay();
  const format = useFormat();
  const [made, setMade] = useState<{ readonly name: string; readonly invited: Invited } | null>(null);
  const title = made === null ? say('people.invite') : say('people.invited', { name: made.name });
  return (
    <Dialog title={title} closeLabel={say('do.close')} onClose={onClose}>
      {made === null ? (
        <Form staff={staff} onMade={(name, invited) => setMade({ name, invited })} />
      ) : (
        <ShownOnce
          label={say('people.link')}
          secret={made.invited.link}
          hint={say('people.linkHint', { until: format.moment(made.invited.until) })}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly staff: Staff;
  readonly onMade: (name: string, invited: Invited) => void;
}

function Form({ staff, onMade }: FormProps) {
  const say = useSay();
  const queries = useQueryClient();
  const own = useLanguage();
  const [who, setWho] = useState({ name: '', email: '', language: own });
  const [chosen, setChosen] = useState<Chosen>({});
  const [teams, setTeams] = useState<readonly string[]>([]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => invitePerson({ ...trimmed(who), roles: givenOf(chosen), teams: [...teams] }),
    async onSuccess(invited) {
      await queries.invalidateQueries({ queryKey: ['staff'] });
      onMade(who.name.trim(), invited);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <WhoFields who={who} onChange={setWho} />
      <RoleFields chosen={chosen} onChange={setChosen} hint={say('people.rolesHint')} />
      <TeamFields teams={staff.teams} chosen={teams} onChange={setTeams} />
      <Refused error={error} conflict="people.inviteConflict" />
      <Button type="submit" look="main" busy={isPending} disabled={Object.keys(chosen).length === 0}>
        {say('people.makeLink')}
      </Button>
    </form>
  );
}

interface Who {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

function trimmed({ name, email, language }: Who): Who {
  return { name: name.trim(), email: email.trim(), language };
}

function WhoFields({ who, onChange }: { readonly who: Who; readonly onChange: (who: Who) => void }) {
  const say = useSay();
  return (
    <>
      <TextField
        label={say('people.name')}
        autoComplete="off"
        required
        maxLength={200}
        value={who.name}
        onChange={({ target }) => onChange({ ...who, name: target.value })}
      />
      <TextField
        label={say('signIn.email')}
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        value={who.email}
        onChange={({ target }) => onChange({ ...who, email: target.value })}
      />
      <SelectField
        label={say('account.language')}
        value={who.language}
        onChange={({ target }) => onChange({ ...who, language: target.value as Language })}
        options={LANGUAGES.map((each) => ({ value: each, label: say(`language.${each}`) }))}
      />
    </>
  );
}
