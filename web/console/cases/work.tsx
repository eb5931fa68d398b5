/** What is to be done with a case, and by whom. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, buttonClass } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { CallError } from '../api/call.ts';
import { type CaseChanges, changeCase, type ReadCase } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { keepGround } from '../ground.ts';
import { useSay } from '../language.ts';
import { useColleagues, useSession } from '../session.ts';
import { Sheet } from '../shell/page.tsx';
import { Due } from './badges.tsx';
import { PRIORITIES, STATUSES, TOPICS } from './lists.ts';
import { Rating } from './rating.tsx';

interface WorkProps {
  readonly read: ReadCase;
  /** This role works on it, and does not only read. */
  readonly works: boolean;
  readonly onChanged: (read: ReadCase) => void;
  readonly onReload: () => void;
}

export function Work({ read, works, onChanged, onReload }: WorkProps) {
  const say = useSay();
  const { case: item } = read;
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (changes: CaseChanges) => changeCase(item.id, item.version, changes),
    onSuccess: (answer) => onChanged({ ...read, case: answer.case }),
  });
  const conflict = error instanceof CallError && error.code === 'conflict';
  const retry = () => {
    reset();
    onReload();
  };
  return (
    <Sheet title={say('work.title')}>
      <div className="space-y-3" aria-busy={isPending}>
        {works && (item.status === 'solved' || item.status === 'closed') && (
          <Rating item={item} onRated={(next) => onChanged({ ...read, case: next })} />
        )}
        {works && <Choices item={item} onChange={mutate} />}
        {error !== null && <Failed error={error} {...(conflict ? { onRetry: retry } : {})} />}
        <Facts read={read} />
        <Link
          to="/customers/$id"
          params={{ id: item.customer }}
          preload={false}
          onClick={() =>
            keepGround(item.customer, {
              purpose: 'customer-service',
              evidence: { kind: 'case', value: read.ticket ?? item.id },
            })
          }
          className={`${buttonClass()} w-full`}
        >
          {say('work.customer')}
        </Link>
      </div>
    </Sheet>
  );
}

function Choices({
  item,
  onChange,
}: {
  readonly item: ReadCase['case'];
  readonly onChange: (changes: CaseChanges) => void;
}) {
  const say = useSay();
  const { person } = useSession();
  const { people, teams } = useColleagues();
  const none = { value: '', label: say('case.assignee.none') };
  const named = (all: readonly { readonly id: string; readonly name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {item.assignee !== person.id && item.status !== 'closed' && (
        <Button look="main" className="w-full" onClick={() => onChange({ assignee: person.id })}>
          {say('work.take')}
        </Button>
      )}
      <SelectField
        label={say('case.by.status')}
        value={item.status}
        onChange={({ target }) => onChange({ status: target.value as typeof item.status })}
        options={STATUSES.map((value) => ({ value, label: say(`case.status.${value}`) }))}
      />
      <SelectField
        label={say('case.by.assignee')}
        value={item.assignee ?? ''}
        onChange={({ target }) => onChange({ assignee: target.value === '' ? null : target.value })}
        options={[none, ...named(people)]}
      />
      <SelectField
        label={say('case.by.team')}
        value={item.team ?? ''}
        onChange={({ target }) => onChange({ team: target.value === '' ? null : target.value })}
        options={[{ value: '', label: say('case.team.none') }, ...named(teams)]}
      />
      <SelectField
        label={say('case.by.priority')}
        value={item.priority}
        onChange={({ target }) => onChange({ priority: target.value as typeof item.priority })}
        options={PRIORITIES.map((value) => ({ value, label: say(`case.priority.${value}`) }))}
      />
      <SelectField
        label={say('case.by.topic')}
        value={item.topic}
        onChange={({ target }) => onChange({ topic: target.value as typeof item.topic })}
        options={TOPICS.map((value) => ({ value, label: say(`case.topic.${value}`) }))}
      />
    </>
  );
}

function Facts({ read }: { readonly read: ReadCase }) {
  const say = useSay();
  const format = useFormat();
  const { case: item, order, ticket } = read;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-line not-first:border-t not-first:pt-3">
      <dt className="text-soft">{say('case.column.due')}</dt>
      <dd>
        <Due at={item.dueAt} />
      </dd>
      <dt className="text-soft">{say('work.opened')}</dt>
      <dd>{format.moment(item.createdAt)}</dd>
      {order !== null && (
        <>
          <dt className="text-soft">{say('evidence.order')}</dt>
          <dd className="break-words">{order}</dd>
        </>
      )}
      {ticket !== null && (
        <>
          <dt className="text-soft">{say('work.ticket')}</dt>
          <dd className="break-words">{ticket}</dd>
        </>
      )}
      {item.satisfaction !== null && (
        <>
          <dt className="text-soft">{say('case.by.satisfaction')}</dt>
          <dd>{say('work.outOf', { given: item.satisfaction })}</dd>
        </>
      )}
    </dl>
  );
}
