/** Rows of the queue. */
import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, memo, useCallback, useMemo } from 'react';
import type { Case } from '../api/cases.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { useColleagues } from '../session.ts';
import { type Place, VirtualTable } from '../virtual-table.tsx';
import { Due, Priority, StatusBadge } from './badges.tsx';

const COLUMNS =
  'grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3 px-3 lg:grid-cols-[4.5rem_minmax(6rem,1fr)_minmax(6rem,1fr)_6rem_6rem_minmax(7rem,1.4fr)_minmax(8rem,1.2fr)_8rem]';

interface CaseRowsProps {
  readonly cases: readonly Case[];
  readonly total: number;
  /** The last row came into sight. */
  readonly onEnd: () => void;
}

export function CaseRows({ cases, total, onEnd }: CaseRowsProps) {
  const say = useSay();
  const { address, onOpen, holderOf } = useRows();
  return (
    <VirtualTable
      label={say('nav.cases')}
      count={cases.length}
      total={total}
      columns={COLUMNS}
      heads={<Heads />}
      onEnd={onEnd}
      row={(place) => {
        const item = cases[place.at]!;
        return (
          <Row
            key={item.id}
            item={item}
            {...place}
            holder={holderOf(item)}
            address={address}
            onOpen={onOpen}
          />
        );
      }}
    />
  );
}

function Heads() {
  const say = useSay();
  return (
    <>
      <span role="columnheader">{say('case.column.number')}</span>
      <span role="columnheader">{say('case.column.kind')}</span>
      <span role="columnheader" className="max-lg:sr-only">
        {say('case.column.topic')}
      </span>
      <span role="columnheader" className="max-lg:text-right">
        {say('case.column.status')}
      </span>
      <span role="columnheader" className="max-lg:sr-only">
        {say('case.column.priority')}
      </span>
      <span role="columnheader" className="max-lg:sr-only">
        {say('case.column.assignee')}
      </span>
      <span role="columnheader" className="max-lg:sr-only">
        {say('case.column.due')}
      </span>
      <span role="columnheader" className="max-lg:sr-only">
        {say('case.column.updated')}
      </span>
    </>
  );
}

interface RowProps extends Place {
  readonly item: Case;
  readonly holder: string | undefined;
  /** Of the list of cases; the id follows. */
  readonly address: string;
  readonly onOpen: (event: MouseEvent<HTMLAnchorElement>) => void;
}

/** Drawn once when it comes into sight: what is looked up for each row is looked up by the list. */
const Row = memo(function Row({ item, at, start, size, holder, address, onOpen }: RowProps) {
  const say = useSay();
  const format = useFormat();
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      className={`${COLUMNS} absolute inset-x-0 border-b border-line focus-within:bg-wash hover:bg-wash max-lg:content-center`}
      style={{ transform: `translateY(${start}px)`, height: size }}
    >
      <span role="cell">
        <a
          href={`${address}/${item.id}`}
          data-row={at}
          data-case={item.id}
          onClick={onOpen}
          className="font-medium after:absolute after:inset-0"
        >
          #{item.number}
        </a>
      </span>
      <span role="cell" className="truncate">
        {say(`case.kind.${item.kind}`)}
      </span>
      <span role="cell" className="truncate text-soft max-lg:col-start-2 max-lg:row-start-2">
        {say(`case.topic.${item.topic}`)}
      </span>
      <span role="cell" className="max-lg:col-start-3 max-lg:row-start-1 max-lg:text-right">
        <StatusBadge status={item.status} />
      </span>
      <span role="cell" className="max-lg:hidden">
        <Priority priority={item.priority} />
      </span>
      <span role="cell" className="truncate max-lg:hidden">
        {holder ?? <span className="text-soft">{say('case.assignee.none')}</span>}
      </span>
      <span
        role="cell"
        className="truncate max-lg:col-start-3 max-lg:row-start-2 max-lg:text-right max-lg:text-xs"
      >
        <Due at={item.dueAt} />
      </span>
      <span role="cell" className="truncate text-soft max-lg:hidden">
        {format.since(item.updatedAt)}
      </span>
    </div>
  );
});

/** Names of people and teams, and the way to a case: once for all rows. */
function useRows() {
  const router = useRouter();
  const { people, teams } = useColleagues();
  const names = useMemo(
    () => new Map([...people, ...teams].map(({ id, name }) => [id, name] as const)),
    [people, teams],
  );
  const onOpen = useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      const id = event.currentTarget.dataset.case;
      // With a key held down the browser opens it elsewhere, as with any link.
      if (id === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      void router.navigate({ to: '/cases/$id', params: { id } });
    },
    [router],
  );
  const holderOf = ({ assignee, team }: Case) => names.get(assignee ?? '') ?? names.get(team ?? '');
  return { address: `${router.basepath}/cases`, onOpen, holderOf };
}
