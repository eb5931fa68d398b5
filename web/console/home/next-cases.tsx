/** Of the cases that one has, those that are due first. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Loading } from '../../ui/states.tsx';
import { type Case, listCases } from '../api/cases.ts';
import { Due, StatusBadge } from '../cases/badges.tsx';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';

const SHOWN = 6;

export function NextCases() {
  const say = useSay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['cases', 'next'],
    queryFn: () => listCases({ assignee: 'me', sort: 'due', limit: SHOWN }),
  });
  if (isPending) return <Loading label={say('state.loading')} shape="rows" />;
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <Sheet flush title={say('home.next')}>
      {data.cases.length === 0 ? (
        <p className="px-4 py-3 text-soft">
          {say('home.nextNone')}{' '}
          <Link to="/cases" search={{ assignee: 'none' }} className="text-accent underline">
            {say('home.nextTake')}
          </Link>
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {data.cases.map((item) => (
            <Next key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}

function Next({ item: { id, number, kind, topic, status, dueAt } }: { readonly item: Case }) {
  const say = useSay();
  return (
    <li>
      <Link
        to="/cases/$id"
        params={{ id }}
        className="grid min-h-11 grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-wash"
      >
        <span className="font-medium">#{number}</span>
        <span className="min-w-0">
          {say(`case.kind.${kind}`)} <span className="text-soft">· {say(`case.topic.${topic}`)}</span>
        </span>
        <span className="flex items-center justify-end gap-3 text-xs max-sm:flex-col max-sm:items-end max-sm:gap-1">
          <Due at={dueAt} />
          <StatusBadge status={status} />
        </span>
      </Link>
    </li>
  );
}
