/** Who works here, what they may do, until when, and whether somebody looked at it. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Loading, Notice } from '../../ui/states.tsx';
import { listStaff, type Member, type Reviewed, type Staff } from '../api/people.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { Review } from './review.tsx';
import { TeamDialog } from './team-dialog.tsx';

export function PeoplePage() {
  const say = useSay();
  return (
    <ForRole may={MAY.staff} title={say('nav.staff')}>
      <People />
    </ForRole>
  );
}

type Shown = 'invite' | 'team' | 'review' | Member | null;

function People() {
  const say = useSay();
  const { role } = useSession();
  const [shown, setShown] = useState<Shown>(null);
  const [reviewed, setReviewed] = useState<Reviewed | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const close = () => setShown(null);
  const ready = data !== undefined && shown !== 'review';
  const manages = MAY.manageStaff(role);
  return (
    <Page
      wide
      title={say(shown === 'review' ? 'review.title' : 'nav.staff')}
      {...(shown === 'review' ? {} : { lead: say('people.lead') })}
      actions={
        ready && (
          <>
            {MAY.reviewStaff(role) && (
              <Button
                onClick={() => {
                  setReviewed(null);
                  setShown('review');
                }}
              >
                {say('review.start')}
              </Button>
            )}
            {manages && <Button onClick={() => setShown('team')}>{say('people.newTeam')}</Button>}
            {manages && (
              <Button look="main" onClick={() => setShown('invite')}>
                <Icon name="plus" />
                {say('people.invite')}
              </Button>
            )}
          </>
        )
      }
    >
      {reviewed !== null && shown === null && (
        <div role="status" className="mb-4">
          <Notice look="good">{say('review.done', { kept: reviewed.kept, taken: reviewed.taken })}</Notice>
        </div>
      )}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && (
        <Loading label={say('state.loading')} lines={8} shape="rows" />
      )}
      {data !== undefined && shown === 'review' && (
        <Review
          people={data.people}
          onCancel={close}
          onDone={(sum) => {
            setReviewed(sum);
            close();
          }}
        />
      )}
      {ready && <List staff={data} onOpen={manages ? setShown : null} />}
      {data !== undefined && shown === 'invite' && <InviteDialog staff={data} onClose={close} />}
      {data !== undefined && shown === 'team' && <TeamDialog staff={data} onClose={close} />}
      {data !== undefined && shown !== null && typeof shown === 'object' && (
        <PersonDialog key={shown.id} member={shown} staff={data} onClose={close} />
      )}
    </Page>
  );
}

const STATES = ['working', 'invited', 'active', 'left', 'all'] as const;
type ShownState = (typeof STATES)[number];

function List({
  staff,
  onOpen,
}: {
  readonly staff: Staff;
  readonly onOpen: ((member: Member) => void) | null;
}) {
  const say = useSay();
  const [words, setWords] = useState('');
  const [state, setState] = useState<ShownState>('working');
  const asked = words.trim().toLowerCase();
  const people = staff.people.filter(
    (member) =>
      (state === 'all' || (state === 'working' ? member.state !== 'left' : member.state === state)) &&
      `${member.name} ${member.email}`.toLowerCase().includes(asked),
  );
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-2 sm:flex">
        <div className="sm:w-72">
          <TextField
            bare
            label={say('people.search')}
            placeholder={say('people.search')}
            data-search
            autoComplete="off"
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </div>
        <SelectField
          bare
          label={say('people.state')}
          value={state}
          onChange={({ target }) => setState(target.value as ShownState)}
          options={STATES.map((each) => ({ value: each, label: say(`people.show.${each}`) }))}
        />
      </div>
      <p role="status" className="sr-only">
        {say('people.count', { count: people.length })}
      </p>
      {people.length === 0 ? (
        <Empty title={say('people.none')}>{say('people.noneHint')}</Empty>
      ) : (
        <PeopleTable people={people} teams={staff.teams} onOpen={onOpen} />
      )}
    </>
  );
}
