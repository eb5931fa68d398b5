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

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly chosen: Chosen;
  readonly teams: readonly string[];
}

export function InviteDialog({ staff, onClose }: { readonly staff: Staff; readonly onClose: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const language = useLanguage();
  const [draft, setDraft] = useState<Draft>({ name: '', email: '', language, chosen: {}, teams: [] });
  const name = draft.name.trim();
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      invitePerson({
        name,
        email: draft.email.trim(),
        language: draft.language,
        roles: givenOf(draft.chosen),
        teams: [...draft.teams],
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['staff'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  const title = data === undefined ? say('people.invite') : say('people.invited', { name });
  return (
    <Dialog title={title} closeLabel={say('do.close')} onClose={onClose}>
      {data !== undefined ? (
        <ShownOnce
          label={say('people.link')}
          secret={data.link}
          hint={say('people.linkHint', { until: format.moment(data.until) })}
          onClose={onClose}
        />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <WhoFields staff={staff} draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
          <Refused error={error} conflict="people.inviteConflict" />
          <Button
            type="submit"
            look="main"
            busy={isPending}
            disabled={Object.keys(draft.chosen).length === 0}
          >
            {say('people.makeLink')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

interface WhoProps {
  readonly staff: Staff;
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

function WhoFields({ staff, draft, onChange }: WhoProps) {
  const say = useSay();
  return (
    <>
      <TextField
        label={say('people.name')}
        autoComplete="off"
        autoFocus
        required
        maxLength={200}
        value={draft.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label={say('signIn.email')}
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        value={draft.email}
        onChange={({ target }) => onChange({ email: target.value })}
      />
      <SelectField
        label={say('account.language')}
        value={draft.language}
        onChange={({ target }) => onChange({ language: target.value as Language })}
        options={LANGUAGES.map((each) => ({ value: each, label: say(`language.${each}`) }))}
      />
      <RoleFields
        chosen={draft.chosen}
        onChange={(chosen) => onChange({ chosen })}
        hint={say('people.rolesHint')}
      />
      <TeamFields teams={staff.teams} chosen={draft.teams} onChange={(teams) => onChange({ teams })} />
    </>
  );
}
