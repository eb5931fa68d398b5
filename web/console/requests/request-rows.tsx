/** Rows of the queue of requests. */
import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, memo, useCallback } from 'react';
import type { Request } from '../api/requests.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { type Place, VirtualTable } from '../virtual-table.tsx';
import { DaysLeft, RequestBadge } from './badges.tsx';

const COLUMNS =
  'grid grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-3 lg:grid-cols-[4rem_minmax(9rem,1.6fr)_minmax(8rem,1fr)_minmax(7rem,1fr)_minmax(8rem,1fr)_minmax(7rem,1fr)_minmax(7rem,1fr)]';
const HEADS = ['number', 'kind', 'state', 'left', 'due', 'channel', 'received'] as const;
const NARROW_HEADS: readonly string[] = ['number', 'kind', 'state'];

interface RequestRowsProps {
  readonly requests: readonly Request[];
  /** -1: there are more than are known here. */
  readonly total: number;
  readonly onEnd: () => void;
}

export function RequestRows({ requests, total, onEnd }: RequestRowsProps) {
  const say = useSay();
  const router = useRouter();
  const onOpen = useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      const id = event.currentTarget.dataset.request;
      // With a key held down the browser opens it elsewhere, as with any link.
      if (id === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      void router.navigate({ to: '/requests/$id', params: { id } });
    },
    [router],
  );
  const address = `${router.basepath}/requests`;
  return (
    <VirtualTable
      label={say('nav.requests')}
      count={requests.length}
      total={total}
      columns={COLUMNS}
      heads={HEADS.map((name) => (
        <span key={name} role="columnheader" className={NARROW_HEADS.includes(name) ? '' : 'max-lg:sr-only'}>
          {say(`request.column.${name}`)}
        </span>
      ))}
      onEnd={onEnd}
      row={(place) => {
        const item = requests[place.at]!;
        return <Row key={item.id} item={item} {...place} address={address} onOpen={onOpen} />;
      }}
    />
  );
}

interface RowProps extends Place {
  readonly item: Request;
  readonly address: string;
  readonly onOpen: (event: MouseEvent<HTMLAnchorElement>) => void;
}

const Row = memo(function Row({ item, at, start, size, address, onOpen }: RowProps) {
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
          data-request={item.id}
          onClick={onOpen}
          className="font-medium after:absolute after:inset-0"
        >
          #{item.number}
        </a>
      </span>
      <span role="cell" className="truncate">
        {say(`request.kind.${item.kind}`)}
      </span>
      <span role="cell" className="max-lg:text-right">
        <RequestBadge request={item} />
      </span>
      <span role="cell" className="truncate max-lg:col-start-2 max-lg:row-start-2 max-lg:text-xs">
        <DaysLeft request={item} />
      </span>
      <span
        role="cell"
        className="truncate max-lg:col-start-3 max-lg:row-start-2 max-lg:text-right max-lg:text-xs"
      >
        {format.day(`${item.dueOn}T12:00`)}
      </span>
      <span role="cell" className="truncate text-soft max-lg:hidden">
        {say(`request.channel.${item.channel}`)}
      </span>
      <span role="cell" className="truncate text-soft max-lg:hidden">
        {format.day(item.receivedAt)}
      </span>
    </div>
  );
});
