/** Who works here, in which role, and since when. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Loading } from '../../ui/states.tsx';
import { listStaff, type Member, type Staff } from '../api/staff.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { Invite } from './invite.tsx';
import { NewTeam } from './new-team.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { Review } from './review.tsx';

type Shown = 'invite' | 'review' | 'team' | null;

export function StaffPage() {
  const say = useSay();
  const queries = useQueryClient();
  const { role } = useSession();
  const [shown, setShown] = useState<Shown>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const close = () => {
    setShown(null);
    void queries.invalidateQueries({ queryKey: ['staff'] });
    void queries.invalidateQueries({ queryKey: ['colleagues'] });
  };
  return (
    <Page title={say('nav.staff')} lead={say('staff.lead')} actions={<Actions onShow={setShown} />}>
      {isPending && <Loading label={say('state.loading')} />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <People staff={data} mayChange={MAY.manageStaff(role)} onChanged={close} />}
      {shown === 'invite' && data !== undefined && <Invite teams={data.teams} onClose={close} />}
      {shown === 'review' && data !== undefined && <Review people={data.people} onClose={close} />}
      {shown === 'team' && <NewTeam onClose={close} />}
    </Page>
  );
}

function Actions({ onShow }: { readonly onShow: (what: Shown) => void }) {
  const say = useSay();
  const { role } = useSession();
  return (
    <>
      {MAY.reviewStaff(role) && <Button onClick={() => onShow('review')}>{say('staff.review')}</Button>}
      {MAY.manageStaff(role) && (
        <>
          <Button onClick={() => onShow('team')}>{say('staff.newTeam')}</Button>
          <Button look="main" onClick={() => onShow('invite')}>
            <Icon name="plus" />
            {say('staff.invite')}
          </Button>
        </>
      )}
    </>
  );
}

interface PeopleProps {
  readonly staff: Staff;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

const TONES = { invited: 'warn', active: 'good', left: 'plain' } as const;

function People({ staff, mayChange, onChanged }: PeopleProps) {
  const say = useSay();
  const [chosen, setChosen] = useState<Member | null>(null);
  return (
    <Sheet flush>
      <ul className="divide-y divide-line">
        {staff.people.map((member) => (
          <li
            key={member.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{member.name}</span>
                {member.state !== 'active' && (
                  <Badge tone={TONES[member.state]}>{say(`staff.state.${member.state}`)}</Badge>
                )}
                {member.state === 'active' && !member.secondFactor && (
                  <Badge tone="bad">{say('staff.oneFactor')}</Badge>
                )}
              </p>
              <p className="truncate text-xs text-soft">{member.email}</p>
            </div>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Facts member={member} staff={staff} />
              {mayChange && member.state !== 'left' && (
                <Button
                  aria-label={say('staff.changeOf', { name: member.name })}
                  onClick={() => setChosen(member)}
                >
                  {say('staff.change')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {chosen !== null && (
        <PersonDialog
          member={chosen}
          teams={staff.teams}
          onClose={() => {
            setChosen(null);
            onChanged();
          }}
        />
      )}
    </Sheet>
  );
}

function Facts({ member, staff }: { readonly member: Member; readonly staff: Staff }) {
  const say = useSay();
  const format = useFormat();
  const { roles, teams, seenAt, reviewedAt } = member;
  const named = staff.teams.filter(({ id }) => teams.includes(id)).map(({ name }) => name);
  return (
    <div className="text-xs text-soft sm:text-right">
      <p className="text-sm text-ink">
        {roles
          .map(({ role, until }) =>
            until === null
              ? say(`role.${role}`)
              : say('staff.roleUntil', { role: say(`role.${role}`), day: format.day(until) }),
          )
          .join(', ')}
      </p>
      <p>
        {[
          ...named,
          seenAt === null ? say('staff.neverSeen') : say('staff.seen', { since: format.since(seenAt) }),
          reviewedAt === null
            ? say('staff.notReviewed')
            : say('staff.reviewed', { day: format.day(reviewedAt) }),
        ].join(' · ')}
      </p>
    </div>
  );
}
