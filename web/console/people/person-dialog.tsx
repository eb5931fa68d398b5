/** One person: name, roles and teams; a new link when they lost their way in; and leaving. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { type Changes, changePerson, letGo, type Member, recoverPerson, type Staff } from '../api/people.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Refused } from '../refused.tsx';
import { useSession } from '../session.ts';
import { ShownOnce } from '../shown-once.tsx';
import { RoleFields, TeamFields } from './access-fields.tsx';
import { chosenOf, givenOf, sameRoles } from './roles-given.ts';

interface PersonProps {
  readonly member: Member;
  readonly onClose: () => void;
}

export function PersonDialog({ member, staff, onClose }: PersonProps & { readonly staff: Staff }) {
  const say = useSay();
  const { person } = useSession();
  const [step, setStep] = useState<'change' | 'leave' | 'recover'>('change');
  const back = () => setStep('change');
  return (
    <Dialog title={member.name} closeLabel={say('do.close')} onClose={onClose}>
      {step === 'change' && <Change member={member} staff={staff} onClose={onClose} />}
      {step === 'leave' && <Leave member={member} onBack={back} onClose={onClose} />}
      {step === 'recover' && <Recover member={member} onBack={back} onClose={onClose} />}
      {step === 'change' && person.id !== member.id && (
        <div className="mt-5 flex flex-wrap gap-2 border-t border-line pt-4">
          <Button onClick={() => setStep('recover')}>{say('people.recover')}</Button>
          <Button look="danger" onClick={() => setStep('leave')}>
            {say('people.leave')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Change({ member, staff, onClose }: PersonProps & { readonly staff: Staff }) {
  const say = useSay();
  const queries = useQueryClient();
  const { person } = useSession();
  const before = chosenOf(member.roles);
  const [name, setName] = useState(member.name);
  const [chosen, setChosen] = useState(before);
  const [teams, setTeams] = useState<readonly string[]>(member.teams);
  const self = person.id === member.id;
  const changes: Changes = {
    ...(name.trim() === member.name ? {} : { name: name.trim() }),
    ...(sameRoles(before, chosen) ? {} : { roles: givenOf(chosen) }),
    ...([...teams].sort().join() === [...member.teams].sort().join() ? {} : { teams: [...teams] }),
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changePerson(member.id, changes),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['staff'] });
      onClose();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <p className="text-soft break-words">{member.email}</p>
      <TextField
        label={say('people.name')}
        autoComplete="off"
        required
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <RoleFields
        chosen={chosen}
        onChange={setChosen}
        disabled={self}
        hint={say(self ? 'people.ownRoles' : 'people.rolesHint')}
      />
      <TeamFields teams={staff.teams} chosen={teams} onChange={setTeams} />
      <Refused error={error} conflict="people.changeConflict" />
      <Button type="submit" look="main" busy={isPending} disabled={Object.keys(changes).length === 0}>
        {say('do.save')}
      </Button>
    </form>
  );
}

function Leave({ member, onBack, onClose }: PersonProps & { readonly onBack: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => letGo(member.id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['staff'] });
      onClose();
    },
  });
  return (
    <div className="space-y-4">
      <Notice look="warn" title={say('people.leaveTitle', { name: member.name })}>
        <ul className="mt-1 list-disc space-y-0.5 pl-5">
          <li>{say('people.leaveSessions')}</li>
          <li>{say('people.leaveRoles')}</li>
          <li>{say('people.leaveWork')}</li>
          <li>{say('people.leaveName')}</li>
        </ul>
      </Notice>
      <Refused error={error} conflict="people.changeConflict" />
      <div className="flex flex-wrap gap-2">
        <Button look="danger" busy={isPending} onClick={() => mutate()}>
          {say('people.leaveDo')}
        </Button>
        <Button onClick={onBack}>{say('do.back')}</Button>
      </div>
    </div>
  );
}

function Recover({ member, onBack, onClose }: PersonProps & { readonly onBack: () => void }) {
  const say = useSay();
  const format = useFormat();
  const { mutate, data, isPending, error } = useMutation({ mutationFn: () => recoverPerson(member.id) });
  if (data !== undefined)
    return (
      <ShownOnce
        label={say('people.link')}
        secret={data.link}
        hint={say('people.linkHint', { until: format.moment(data.until) })}
        onClose={onClose}
      />
    );
  return (
    <div className="space-y-4">
      <p>{say('people.recoverBody', { name: member.name })}</p>
      <Refused error={error} conflict="people.changeConflict" />
      <div className="flex flex-wrap gap-2">
        <Button look="main" busy={isPending} onClick={() => mutate()}>
          {say('people.recoverDo')}
        </Button>
        <Button onClick={onBack}>{say('do.back')}</Button>
      </div>
    </div>
  );
}
