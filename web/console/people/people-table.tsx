/** Everybody who works here, or did. */
import { Badge, type Tone } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import type { Member, Staff } from '../api/people.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

const STATES: Readonly<Record<Member['state'], Tone>> = { invited: 'warn', active: 'good', left: 'plain' };

interface PeopleTableProps {
  readonly people: readonly Member[];
  readonly teams: Staff['teams'];
  /** Null: this role looks and changes nothing. */
  readonly onOpen: ((member: Member) => void) | null;
}

export function PeopleTable({ people, teams, onOpen }: PeopleTableProps) {
  const say = useSay();
  const columns: readonly Column[] = [
    { key: 'name', label: say('people.name') },
    { key: 'roles', label: say('people.roles') },
    { key: 'state', label: say('people.state') },
    { key: 'teams', label: say('people.teams'), wide: true },
    { key: 'factor', label: say('people.factor'), wide: true },
    { key: 'seen', label: say('people.seen'), wide: true },
    { key: 'reviewed', label: say('people.reviewed'), wide: true },
  ];
  return (
    <Table label={say('nav.staff')} columns={columns}>
      {people.map((member) => (
        <Person key={member.id} member={member} teams={teams} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function Person({ member, teams, onOpen }: Omit<PeopleTableProps, 'people'> & { readonly member: Member }) {
  const say = useSay();
  const own = teams.filter(({ id }) => member.teams.includes(id)).map(({ name }) => name);
  return (
    <Row>
      <Cell head className="max-w-48 lg:max-w-72">
        {onOpen === null || member.state === 'left' ? (
          <span className="font-medium">{member.name}</span>
        ) : (
          <button
            type="button"
            onClick={() => onOpen(member)}
            className="cursor-pointer text-left font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
          >
            {member.name}
          </button>
        )}
        <div className="text-xs text-soft">
          <Address of={member.email} />
        </div>
      </Cell>
      <Cell>
        <Roles member={member} />
      </Cell>
      <Cell>
        <Badge tone={STATES[member.state]}>{say(`people.state.${member.state}`)}</Badge>
      </Cell>
      <Cell wide>{own.length === 0 ? <None /> : own.join(', ')}</Cell>
      <Cell wide>
        {member.state === 'left' ? (
          <None />
        ) : member.secondFactor ? (
          say('people.factorSet')
        ) : (
          <span className="text-warn">{say('people.factorMissing')}</span>
        )}
      </Cell>
      <Cell wide>
        <Since at={member.seenAt} never={say('people.never')} />
      </Cell>
      <Cell wide>
        <Since at={member.reviewedAt} never={say('people.never')} />
      </Cell>
    </Row>
  );
}

/** Broken before the domain first, where it has to be. */
function Address({ of }: { readonly of: string }) {
  const at = of.lastIndexOf('@');
  return (
    <span className="wrap-anywhere">
      {of.slice(0, at)}
      <wbr />
      {of.slice(at)}
    </span>
  );
}

function Roles({ member }: { readonly member: Member }) {
  const say = useSay();
  const format = useFormat();
  if (member.roles.length === 0) return <None />;
  return (
    <ul className="space-y-0.5">
      {member.roles.map(({ role, until }) => (
        <li key={role}>
          {say(`role.${role}`)}
          {until !== null && (
            <span className="text-xs text-soft"> {say('people.untilDay', { day: format.day(until) })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Since({ at, never }: { readonly at: string | null; readonly never: string }) {
  const format = useFormat();
  if (at === null) return <span className="text-soft">{never}</span>;
  return (
    <time dateTime={at} title={format.moment(at)} className="whitespace-nowrap">
      {format.since(at)}
    </time>
  );
}

function None() {
  const say = useSay();
  return (
    <span className="text-soft">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{say('state.none')}</span>
    </span>
  );
}
