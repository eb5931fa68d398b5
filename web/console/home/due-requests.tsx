/** Requests of customers that are overdue or due within a week; absent where there is none. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listRequests, type Request } from '../api/requests.ts';
import { useSay } from '../language.ts';
import { DaysLeft, RequestBadge } from '../requests/badges.tsx';
import { Sheet } from '../shell/page.tsx';

const SHOWN = 5;
const SOON_MS = 7 * 86_400_000;

export function DueRequests() {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['requests', 'due'],
    queryFn: () => listRequests({ limit: SHOWN }),
  });
  // What is below stands by itself: the page of requests tells when they cannot be read.
  const due = data?.requests.filter(({ dueAt }) => Date.parse(dueAt) - Date.now() < SOON_MS) ?? [];
  if (due.length === 0) return null;
  return (
    <Sheet
      flush
      title={say('home.requests')}
      actions={
        <Link to="/requests" className="text-xs text-accent underline underline-offset-2">
          {say('home.requestsAll')}
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {due.map((request) => (
          <Due key={request.id} request={request} />
        ))}
      </ul>
    </Sheet>
  );
}

function Due({ request }: { readonly request: Request }) {
  const say = useSay();
  return (
    <li>
      <Link
        to="/requests/$id"
        params={{ id: request.id }}
        className="grid min-h-11 grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 -outline-offset-2 hover:bg-wash"
      >
        <span className="font-medium">#{request.number}</span>
        <span className="min-w-0 truncate">{say(`request.kind.${request.kind}`)}</span>
        <span className="flex items-center justify-end gap-3 text-xs max-sm:flex-col max-sm:items-end max-sm:gap-1">
          <DaysLeft request={request} />
          <RequestBadge request={request} />
        </span>
      </Link>
    </li>
  );
}
