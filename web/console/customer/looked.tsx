/** Who looked at this customer, when, and for what. Asking is recorded too, so it waits to be asked for. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { Badge, Empty, Loading } from '../../ui/states.tsx';
import { type Looked, readLooked } from '../api/customers.ts';
import { Failed } from '../failed.tsx';
import { capital, useFormat } from '../format.ts';
import type { Ground } from '../ground.ts';
import { useSay, useSayName } from '../language.ts';
import { useColleagues } from '../session.ts';

export function LookedList({ id, ground }: { readonly id: string; readonly ground: Ground }) {
  const say = useSay();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['looked', id, ground],
    queryFn: ({ pageParam }) => readLooked(id, ground, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending)
    return (
      <div className="p-4">
        <Loading label={say('state.loading')} />
      </div>
    );
  if (error !== null)
    return (
      <div className="p-4">
        <Failed error={error} />
      </div>
    );
  const looks = data.pages.flatMap((page) => page.looks);
  if (looks.length === 0) return <Empty title={say('looked.none')} />;
  return (
    <>
      <ul className="divide-y divide-line">
        {looks.map((look) => (
          <Look key={look.id} look={look} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {say('do.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Look({ look }: { readonly look: Looked['looks'][number] }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const { people } = useColleagues();
  const { actor, purpose, evidence, revealed, masked, ledgerIndex } = look;
  const who = people.find(({ id }) => id === actor.id)?.name;
  const role = actor.role === null ? name('actor', actor.type) : name('role', actor.role);
  return (
    <li className="px-4 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          <span className="font-medium">{who ?? role}</span>
          {who !== undefined && <span className="text-soft"> · {role}</span>}
          <span className="text-soft"> · {name('look', look.kind)}</span>
        </span>
        <span className="text-xs text-soft">
          <time dateTime={look.at}>{format.moment(look.at)}</time>
          {ledgerIndex !== null && <> · {say('ledger.entry', { index: ledgerIndex })}</>}
        </span>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-1.5 text-soft">
        <span>
          {[
            purpose === null ? [] : capital(name('purpose', purpose)),
            evidence === null ? [] : name('evidence', evidence),
          ]
            .flat()
            .join(' · ')}
        </span>
        {revealed.length > 0 && (
          <Badge tone="warn">{say('looked.revealed', { count: revealed.length })}</Badge>
        )}
        {masked.length > 0 && <Badge>{say('looked.masked', { count: masked.length })}</Badge>}
      </div>
      {revealed.length > 0 && (
        <p className="mt-1 text-xs text-soft">{revealed.map((field) => name('field', field)).join(' · ')}</p>
      )}
    </li>
  );
}
