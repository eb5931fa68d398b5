/** The queue of requests, the one that is due first on top. It shows nobody: only what was asked, and until when. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { listRequests, summarizeRequests } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import type { TextKey } from '../texts/keys.ts';
import { KINDS } from './lists.ts';
import { NewRequest } from './new-request.tsx';
import { RequestRows } from './request-rows.tsx';
import { type RequestsView, readRequestsView, statesOf } from './view.ts';

const PAGE = 200;

export function RequestsPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.requests} title={say('nav.requests')}>
      <Queue />
    </ForRole>
  );
}

function Queue() {
  const say = useSay();
  const { role } = useSession();
  const view = useSearch({ from: '/inside/requests' });
  const navigate = useNavigate();
  const [writing, setWriting] = useState(false);
  const set = (next: RequestsView) =>
    void navigate({ to: '/requests', search: readRequestsView({ ...next }), replace: true });
  return (
    <Page
      wide
      title={say('nav.requests')}
      lead={say('request.lead')}
      actions={
        MAY.takeRequests(role) && (
          <Button look="main" onClick={() => setWriting(true)}>
            <Icon name="plus" />
            {say('request.new')}
          </Button>
        )
      }
    >
      <Summary />
      <Filters view={view} onChange={set} />
      <List view={view} onClear={() => set({})} />
      {writing && <NewRequest onClose={() => setWriting(false)} />}
    </Page>
  );
}

const COUNTS = ['open', 'overdue', 'dueSoon', 'unproved', 'unacknowledged'] as const;
const LOOKS: Partial<Readonly<Record<(typeof COUNTS)[number], string>>> = {
  overdue: 'text-bad',
  dueSoon: 'text-warn',
  unacknowledged: 'text-warn',
};
/** Counting ends there. */
const MOST_COUNTED = 1000;

function Summary() {
  const say = useSay();
  const format = useFormat();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['requests', 'summary'],
    queryFn: summarizeRequests,
  });
  if (isPending)
    return (
      <div className="mb-4">
        <Loading label={say('state.loading')} lines={1} shape="rows" />
      </div>
    );
  if (error !== null)
    return (
      <div className="mb-4">
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    );
  return (
    <dl className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">
      {COUNTS.map((name) => (
        <div
          key={name}
          className="flex flex-col-reverse rounded-lg border border-line bg-sheet px-3.5 py-2.5"
        >
          <dt className="text-xs text-soft">{say(`request.count.${name}`)}</dt>
          <dd className={`text-xl font-semibold ${data[name] > 0 ? (LOOKS[name] ?? '') : ''}`}>
            {format.number(data[name])}
            {data[name] >= MOST_COUNTED && '+'}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface FiltersProps {
  readonly view: RequestsView;
  readonly onChange: (view: RequestsView) => void;
}

function Filters({ view, onChange }: FiltersProps) {
  const say = useSay();
  const choice = (name: 'kind' | 'state', values: readonly string[]) => (
    <SelectField
      bare
      label={say(`request.column.${name}`)}
      className={view[name] === undefined ? '' : 'border-accent font-medium'}
      value={view[name] ?? ''}
      onChange={({ target }) => onChange({ ...view, [name]: target.value })}
      options={[
        { value: '', label: say(`request.any.${name}`) },
        ...values.map((value) => ({ value, label: say(`request.${name}.${value}` as TextKey) })),
      ]}
    />
  );
  return (
    <fieldset className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:flex lg:flex-wrap">
      <legend className="sr-only">{say('case.filters')}</legend>
      <SelectField
        bare
        label={say('request.show')}
        value={view.show ?? 'open'}
        onChange={({ target }) => onChange({ ...view, show: target.value })}
        options={(['open', 'ended'] as const).map((value) => ({
          value,
          label: say(`request.show.${value}`),
        }))}
      />
      {choice('kind', KINDS)}
      {choice('state', statesOf(view))}
    </fieldset>
  );
}

function List({ view, onClear }: { readonly view: RequestsView; readonly onClear: () => void }) {
  const say = useSay();
  const format = useFormat();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery({
      queryKey: ['requests', 'list', view],
      queryFn: ({ pageParam }) => listRequests({ ...view, limit: PAGE, after: pageParam }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ after }) => after ?? undefined,
    });
  if (isPending) return <Loading label={say('state.loading')} lines={9} shape="rows" />;
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  const requests = data.pages.flatMap((page) => page.requests);
  if (requests.length === 0)
    return (
      <Empty
        title={say('request.none')}
        action={Object.keys(view).length > 0 && <Button onClick={onClear}>{say('case.clear')}</Button>}
      >
        {say('request.noneBody')}
      </Empty>
    );
  return (
    <>
      <RequestRows
        requests={requests}
        total={hasNextPage ? -1 : requests.length}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
      />
      <p className="mt-2 text-xs text-soft" role="status">
        {say(hasNextPage ? 'request.totalMore' : 'request.total', {
          count: requests.length,
          shown: format.number(requests.length),
        })}
      </p>
    </>
  );
}
