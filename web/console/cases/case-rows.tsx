/** Rows of the queue. Only those in sight are there; J and K walk over all of them. */
import { useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Case } from '../api/cases.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { useColleagues } from '../session.ts';
import { typing } from '../shell/use-shell-keys.ts';
import { Due, Priority, StatusBadge } from './badges.tsx';

const ROW = 44;
const NARROW_ROW = 68;
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
  const box = useRef<HTMLDivElement>(null);
  const { address, onOpen, holderOf } = useRows();
  const narrow = useNarrow();
  const rows = useVirtualizer({
    count: cases.length,
    getScrollElement: () => box.current,
    estimateSize: () => (narrow ? NARROW_ROW : ROW),
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew.
  useEffect(() => rows.measure(), [narrow, rows]);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= cases.length - 20) onEnd();
  });
  useWalk(cases.length, box, (at) => rows.scrollToIndex(at));
  return (
    <div
      role="table"
      aria-rowcount={total + 1}
      aria-label={say('nav.cases')}
      className="rounded-lg border border-line bg-sheet"
    >
      <div role="rowgroup">
        <Heads />
      </div>
      <div ref={box} role="rowgroup" className="max-h-[calc(100dvh-15rem)] min-h-64 overflow-y-auto">
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start, size }) => (
            <Row
              key={cases[index]!.id}
              item={cases[index]!}
              at={index}
              start={start}
              size={size}
              holder={holderOf(cases[index]!)}
              address={address}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const NARROW = matchMedia('(max-width: 63.99rem)');

/** Changes when the window is turned or drawn. */
function useNarrow(): boolean {
  const subscribe = useCallback((onChange: () => void) => {
    NARROW.addEventListener('change', onChange);
    return () => NARROW.removeEventListener('change', onChange);
  }, []);
  return useSyncExternalStore(subscribe, () => NARROW.matches);
}

function Heads() {
  const say = useSay();
  return (
    <div role="row" aria-rowindex={1} className={`${COLUMNS} min-h-9 border-b border-line text-xs text-soft`}>
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
    </div>
  );
}

interface RowProps {
  readonly item: Case;
  readonly at: number;
  readonly start: number;
  readonly size: number;
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

/** J and K go down and up; the row that is gone to has the focus, so Enter opens it. */
function useWalk(
  count: number,
  box: { readonly current: HTMLElement | null },
  show: (at: number) => void,
): void {
  const latest = useRef({ count, show });
  latest.current = { count, show };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const now = Number(
        (document.activeElement as HTMLElement | null)?.dataset.row ?? (step === 1 ? -1 : 1),
      );
      const next = Math.min(latest.current.count - 1, Math.max(0, now + step));
      latest.current.show(next);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [box]);
}
