/** An access review: each role of each colleague is kept or taken, and somebody signs for all of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Badge, Empty } from '../../ui/states.tsx';
import { type Member, type Reviewed, reviewAccess } from '../api/people.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Refused } from '../refused.tsx';
import { useSession } from '../session.ts';

interface ReviewProps {
  readonly people: readonly Member[];
  readonly onDone: (reviewed: Reviewed) => void;
  readonly onCancel: () => void;
}

export function Review({ people, onDone, onCancel }: ReviewProps) {
  const say = useSay();
  const { person } = useSession();
  const others = people.filter(({ id, state }) => id !== person.id && state !== 'left');
  // By person: the roles that go. What nobody touched stays.
  const [taken, setTaken] = useState<Readonly<Record<string, readonly Role[]>>>({});
  const [signing, setSigning] = useState(false);
  const goes = (id: string, role: Role) => taken[id]?.includes(role) === true;
  const turn = (id: string, role: Role) => {
    const now = taken[id] ?? [];
    setTaken({ ...taken, [id]: now.includes(role) ? now.filter((each) => each !== role) : [...now, role] });
  };
  const all = others.flatMap(({ roles }) => roles).length;
  const gone = Object.values(taken).flat().length;
  const kept = others.map(({ id, roles }) => ({
    id,
    keep: roles.map(({ role }) => role).filter((role) => !goes(id, role)),
  }));
  if (others.length === 0)
    return (
      <Empty title={say('review.nobody')} action={<Button onClick={onCancel}>{say('do.back')}</Button>}>
        {say('review.nobodyHint')}
      </Empty>
    );
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-soft">{say('review.lead')}</p>
      <ul className="divide-y divide-line rounded-lg border border-line bg-sheet">
        {others.map((member) => (
          <Colleague
            key={member.id}
            member={member}
            goes={(role) => goes(member.id, role)}
            onTurn={(role) => turn(member.id, role)}
          />
        ))}
      </ul>
      <div className="sticky bottom-0 flex flex-wrap items-center gap-3 border-t border-line bg-paper py-3">
        <Button look="main" onClick={() => setSigning(true)}>
          {say('review.sign')}
        </Button>
        <Button onClick={onCancel}>{say('do.cancel')}</Button>
        <span role="status" className="text-soft">
          {say('review.sum', { kept: all - gone, taken: gone })}
        </span>
      </div>
      {signing && (
        <Sign
          kept={kept}
          sum={{ kept: all - gone, taken: gone }}
          onDone={onDone}
          onClose={() => setSigning(false)}
        />
      )}
    </div>
  );
}

interface ColleagueProps {
  readonly member: Member;
  readonly goes: (role: Role) => boolean;
  readonly onTurn: (role: Role) => void;
}

function Colleague({ member, goes, onTurn }: ColleagueProps) {
  const say = useSay();
  const format = useFormat();
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[16rem_minmax(0,1fr)]">
      <div>
        <div className="font-medium">{member.name}</div>
        <div className="text-xs text-soft">
          {member.reviewedAt === null
            ? say('review.neverBefore')
            : say('review.before', { since: format.since(member.reviewedAt) })}
        </div>
      </div>
      {member.roles.length === 0 ? (
        <p className="text-soft">{say('review.noRoles')}</p>
      ) : (
        <fieldset>
          <legend className="sr-only">{say('review.rolesOf', { name: member.name })}</legend>
          {member.roles.map(({ role, since }) => (
            <label key={role} className="flex min-h-8 cursor-pointer flex-wrap items-center gap-x-2.5">
              <input type="checkbox" checked={!goes(role)} onChange={() => onTurn(role)} className="size-4" />
              <span>{say('review.keep', { role: say(`role.${role}`) })}</span>
              <span className="text-xs text-soft">{say('review.since', { day: format.day(since) })}</span>
              {goes(role) && <Badge tone="bad">{say('review.goes')}</Badge>}
            </label>
          ))}
        </fieldset>
      )}
    </li>
  );
}

interface SignProps {
  readonly kept: readonly { readonly id: string; readonly keep: readonly Role[] }[];
  readonly sum: Reviewed;
  readonly onDone: (reviewed: Reviewed) => void;
  readonly onClose: () => void;
}

function Sign({ kept, sum, onDone, onClose }: SignProps) {
  const say = useSay();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => reviewAccess(kept),
    async onSuccess(reviewed) {
      await queries.invalidateQueries({ queryKey: ['staff'] });
      onDone(reviewed);
    },
  });
  return (
    <Dialog title={say('review.sign')} closeLabel={say('do.close')} onClose={onClose}>
      <div className="space-y-4">
        <p>{say('review.signBody', { kept: sum.kept, taken: sum.taken })}</p>
        {sum.taken > 0 && <p className="text-soft">{say('review.signTaken')}</p>}
        <Refused error={error} conflict="people.changeConflict" />
        <div className="flex flex-wrap gap-2">
          <Button look="main" busy={isPending} onClick={() => mutate()}>
            {say('review.signDo')}
          </Button>
          <Button onClick={onClose}>{say('do.back')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
