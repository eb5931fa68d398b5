/** Messages that could not be taken in: kept sealed for a while, and tried again when what was wrong is mended. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { type Held, listQuarantine, replay } from '../api/upkeep.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';

export function QuarantinePage() {
  const say = useSay();
  return (
    <ForRole may={MAY.upkeep} title={say('nav.quarantine')}>
      <Quarantine />
    </ForRole>
  );
}

function Quarantine() {
  const say = useSay();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const list = useInfiniteQuery({
    queryKey: ['quarantine'],
    queryFn: ({ pageParam }) => listQuarantine(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const again = useMutation({
    mutationFn: (ids: readonly string[] | null) => replay(ids),
    async onSuccess() {
      setChosen([]);
      await queries.invalidateQueries({ queryKey: ['quarantine'] });
    },
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      wide
      title={say('nav.quarantine')}
      lead={say('quarantine.lead')}
      actions={
        items.length > 0 && (
          <>
            {chosen.length > 0 && (
              <Button busy={again.isPending} onClick={() => again.mutate(chosen)}>
                {say('quarantine.replayChosen', { count: chosen.length })}
              </Button>
            )}
            <Button look="main" busy={again.isPending} onClick={() => again.mutate(null)}>
              {say('quarantine.replayAll')}
            </Button>
          </>
        )
      }
    >
      <div className="space-y-4">
        {again.error !== null && <Failed error={again.error} />}
        {again.data !== undefined && (
          <div role="status">
            <Notice look={again.data.stillQuarantined === 0 ? 'good' : 'warn'}>
              {say('quarantine.replayed', {
                replayed: again.data.replayed,
                still: again.data.stillQuarantined,
              })}
            </Notice>
          </div>
        )}
        {list.error !== null && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Loading label={say('state.loading')} lines={8} shape="rows" />}
        {list.data !== undefined && items.length === 0 && (
          <Empty title={say('quarantine.none')}>{say('quarantine.noneHint')}</Empty>
        )}
        {items.length > 0 && <HeldTable items={items} chosen={chosen} onChoose={setChosen} />}
        {list.hasNextPage && (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {say('do.more')}
          </Button>
        )}
      </div>
    </Page>
  );
}

interface HeldTableProps {
  readonly items: readonly Held[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

function HeldTable({ items, chosen, onChoose }: HeldTableProps) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const columns: readonly Column[] = [
    { key: 'choose', label: say('quarantine.choose'), bare: true },
    { key: 'why', label: say('quarantine.why') },
    { key: 'source', label: say('quarantine.source'), wide: true },
    { key: 'at', label: say('quarantine.at') },
    { key: 'until', label: say('quarantine.until'), wide: true },
  ];
  return (
    <Table label={say('nav.quarantine')} columns={columns}>
      {items.map(({ id, code, message, source, receivedAt, expiresAt }) => (
        <Row key={id}>
          <Cell className="w-8">
            <input
              type="checkbox"
              aria-label={say('quarantine.chooseOne', { at: format.moment(receivedAt) })}
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChoose(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
              className="size-4"
            />
          </Cell>
          <Cell head>
            <div>{message}</div>
            <code className="font-mono text-xs text-soft">{code}</code>
          </Cell>
          <Cell wide>{name('quarantine.source', source)}</Cell>
          <Cell className="whitespace-nowrap">
            <time dateTime={receivedAt} title={format.moment(receivedAt)}>
              {format.since(receivedAt)}
            </time>
          </Cell>
          <Cell wide className="whitespace-nowrap">
            <time dateTime={expiresAt} title={format.moment(expiresAt)}>
              {format.since(expiresAt)}
            </time>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
