/** The queue of cases. It shows nobody and no words: those open with the case. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { listCases } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Page } from '../shell/page.tsx';
import type { TextKey } from '../texts/keys.ts';
import { CaseRows } from './case-rows.tsx';
import { KINDS, PRIORITIES, STATUSES, TOPICS } from './lists.ts';
import { LogCase } from './log-case.tsx';
import { ASSIGNEES, type CasesView, changeView, SORTS } from './table-state.ts';

const PAGE = 200;

export function CasesPage() {
  const say = useSay();
  const view = useSearch({ from: '/inside/cases' });
  const navigate = useNavigate();
  const [logging, setLogging] = useState(false);
  const set = (next: CasesView) => void navigate({ to: '/cases', search: next, replace: true });
  return (
    <Page
      wide
      title={say('nav.cases')}
      lead={say('case.lead')}
      actions={
        <Button look="main" onClick={() => setLogging(true)}>
          <Icon name="plus" />
          {say('case.log')}
        </Button>
      }
    >
      <Filters view={view} onChange={set} />
      <List view={view} onClear={() => set({})} />
      {logging && <LogCase onClose={() => setLogging(false)} />}
    </Page>
  );
}

interface FiltersProps {
  readonly view: CasesView;
  readonly onChange: (view: CasesView) => void;
}

const FILTERS: readonly (readonly [keyof CasesView, readonly string[], string])[] = [
  ['assignee', ASSIGNEES, 'case.assignee'],
  ['status', STATUSES, 'case.status'],
  ['kind', KINDS, 'case.kind'],
  ['topic', TOPICS, 'case.topic'],
  ['priority', PRIORITIES, 'case.priority'],
];

function Filters({ view, onChange }: FiltersProps) {
  const say = useSay();
  return (
    <fieldset className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:flex lg:flex-wrap">
      <legend className="sr-only">{say('case.filters')}</legend>
      {FILTERS.map(([name, values, group]) => (
        <SelectField
          key={name}
          bare
          label={say(`case.by.${name}` as TextKey)}
          className={view[name] === undefined ? '' : 'border-accent font-medium'}
          value={view[name] ?? ''}
          onChange={({ target }) => onChange(changeView(view, name, target.value))}
          options={[
            { value: '', label: say(`case.any.${name}` as TextKey) },
            ...values.map((value) => ({ value, label: say(`${group}.${value}` as TextKey) })),
          ]}
        />
      ))}
      <SelectField
        bare
        label={say('case.by.sort')}
        value={view.sort ?? 'due'}
        onChange={({ target }) => onChange(changeView(view, 'sort', target.value))}
        options={SORTS.map((value) => ({ value, label: say(`case.sort.${value}`) }))}
      />
    </fieldset>
  );
}

function List({ view, onClear }: { readonly view: CasesView; readonly onClear: () => void }) {
  const say = useSay();
  const format = useFormat();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery({
      queryKey: ['cases', view],
      queryFn: ({ pageParam }) => listCases({ ...view, limit: PAGE, after: pageParam }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ after }) => after ?? undefined,
    });
  if (isPending) return <Loading label={say('state.loading')} lines={9} shape="rows" />;
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  const cases = data.pages.flatMap((page) => page.cases);
  if (cases.length === 0)
    return (
      <Empty
        title={say('case.none')}
        action={Object.keys(view).length > 0 && <Button onClick={onClear}>{say('case.clear')}</Button>}
      >
        {say('case.noneBody')}
      </Empty>
    );
  const total = data.pages[0]?.total ?? cases.length;
  return (
    <>
      <CaseRows
        cases={cases}
        total={total}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
        }}
      />
      <p className="mt-2 text-xs text-soft" role="status">
        {say('case.total', { count: total, shown: format.number(total) })}
      </p>
    </>
  );
}
