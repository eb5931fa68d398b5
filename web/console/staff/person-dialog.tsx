/** Roles and teams of somebody, a new link when all is lost, and the end when they leave. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { changePerson, letGo, type Member, recoverPerson, type Staff } from '../api/staff.ts';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Refused } from '../step-up.tsx';
import { type Access, AccessField, givenOf } from './roles-field.tsx';
import { SecretOnce } from './secret-once.tsx';

interface PersonProps {
  readonly member: Member;
  readonly teams: Staff['teams'];
  readonly onClose: () => void;
}

export function PersonDialog({ member, teams, onClose }: PersonProps) {
  const say = useSay();
  const { person } = useSession();
  const until = member.roles.find((each) => each.until !== null)?.until?.slice(0, 10) ?? '';
  const [access, setAccess] = useState<Access>({
    roles: member.roles.map(({ role }) => role),
    teams: member.teams,
    until,
  });
  const saving = useMutation({
    mutationFn: () => changePerson(member.id, { roles: givenOf(access), teams: [...access.teams] }),
    onSuccess: onClose,
  });
  const leaving = useMutation({ mutationFn: () => letGo(member.id), onSuccess: onClose });
  const recovering = useMutation({ mutationFn: () => recoverPerson(member.id) });
  const failed = [saving, leaving, recovering].find(({ error }) => error !== null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Dialog title={member.name} closeLabel={say('do.close')} onClose={onClose}>
      {recovering.data !== undefined ? (
        <SecretOnce title={say('staff.link')} secret={recovering.data.link} onDone={onClose} />
      ) : failed !== undefined ? (
        <Refused error={failed.error} onProved={() => failed.mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <AccessField access={access} teams={teams} onChange={setAccess} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{say('do.cancel')}</Button>
            <Button type="submit" look="main" busy={saving.isPending}>
              {say('do.save')}
            </Button>
          </div>
          {member.id !== person.id && (
            <div className="flex flex-wrap gap-2 border-t border-line pt-4">
              <Button busy={recovering.isPending} onClick={() => recovering.mutate()}>
                {say('staff.recover')}
              </Button>
              <Leave name={member.name} busy={leaving.isPending} onLeave={() => leaving.mutate()} />
            </div>
          )}
        </form>
      )}
    </Dialog>
  );
}

/** Asked twice: it cannot be taken back. */
function Leave({
  name,
  busy,
  onLeave,
}: {
  readonly name: string;
  readonly busy: boolean;
  readonly onLeave: () => void;
}) {
  const say = useSay();
  const [sure, setSure] = useState(false);
  return (
    <Button look="danger" busy={busy} onClick={() => (sure ? onLeave() : setSure(true))}>
      {sure ? say('staff.leaveSure', { name }) : say('staff.leave')}
    </Button>
  );
}
