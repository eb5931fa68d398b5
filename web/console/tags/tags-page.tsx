/** Tags of the store: what each means, for what it is used, who gets it, and until when. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { listTags, retireTag, type Tag } from '../api/tags.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { TagDialog } from './tag-dialog.tsx';

export function TagsPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.tags} title={say('nav.tags')}>
      <Tags />
    </ForRole>
  );
}

function Tags() {
  const say = useSay();
  const { role } = useSession();
  const defines = MAY.defineTag(role);
  const [defining, setDefining] = useState(false);
  const [retiring, setRetiring] = useState<Tag | null>(null);
  const [done, setDone] = useState('');
  const { data, error, refetch } = useQuery({ queryKey: ['tags'], queryFn: listTags });
  const define = defines && (
    <Button look="main" onClick={() => setDefining(true)}>
      <Icon name="plus" />
      {say('tag.define')}
    </Button>
  );
  const tags = data?.tags ?? [];
  return (
    <Page
      wide
      title={say('nav.tags')}
      lead={say(defines ? 'tag.leadOfficer' : 'tag.lead')}
      actions={tags.length > 0 && define}
    >
      <p role="status" className={done === '' ? 'sr-only' : 'mb-4 rounded-md bg-good-wash px-3.5 py-2.5'}>
        {done}
      </p>
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} lines={6} />}
      {data?.tags.length === 0 && (
        <Empty title={say('tag.none')} action={define}>
          {say(defines ? 'tag.noneOfficer' : 'tag.noneBody')}
        </Empty>
      )}
      {tags.length > 0 && <TagTable tags={tags} onRetire={defines ? setRetiring : null} />}
      {defining && (
        <TagDialog
          onDone={(name) => {
            setDone(say('tag.defined', { name }));
            setDefining(false);
          }}
          onClose={() => setDefining(false)}
        />
      )}
      {retiring !== null && (
        <RetireDialog
          tag={retiring}
          onDone={() => {
            setDone(say('tag.retired', { name: retiring.name }));
            setRetiring(null);
          }}
          onClose={() => setRetiring(null)}
        />
      )}
    </Page>
  );
}

interface TableProps {
  readonly tags: readonly Tag[];
  /** Null: this role retires none. */
  readonly onRetire: ((tag: Tag) => void) | null;
}

function TagTable({ tags, onRetire }: TableProps) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const columns: readonly Column[] = [
    { key: 'name', label: say('tag.name') },
    { key: 'who', label: say('tag.who') },
    { key: 'purposes', label: say('tag.purposes'), wide: true },
    { key: 'days', label: say('tag.ends'), wide: true },
    ...(onRetire === null ? [] : [{ key: 'do', label: say('tag.retire'), bare: true }]),
  ];
  const whoOf = ({ rule }: Tag) =>
    rule === null
      ? say('tag.byHand')
      : say(`tag.rule.${rule.counts}`, { count: rule.atLeast, days: format.number(rule.withinDays) });
  return (
    <Table label={say('nav.tags')} columns={columns}>
      {tags.map((tag) => (
        <Row key={tag.id}>
          <Cell head className="min-w-40 text-left">
            <Badge tone="accent">{tag.name}</Badge>
            <p className="mt-1 max-w-prose break-words text-soft">{tag.meaning}</p>
          </Cell>
          <Cell>{whoOf(tag)}</Cell>
          <Cell wide>{tag.purposes.map((purpose) => name('purpose', purpose)).join(' · ')}</Cell>
          <Cell wide className="whitespace-nowrap">
            {say('tag.after', { count: tag.days })}
          </Cell>
          {onRetire !== null && (
            <Cell className="text-right">
              <Button
                look="quiet"
                aria-label={say('tag.retireOf', { name: tag.name })}
                onClick={() => onRetire(tag)}
              >
                {say('tag.retire')}
              </Button>
            </Cell>
          )}
        </Row>
      ))}
    </Table>
  );
}

interface RetireProps {
  readonly tag: Tag;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function RetireDialog({ tag, onDone, onClose }: RetireProps) {
  const say = useSay();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => retireTag(tag.id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['tags'] });
      onDone();
    },
  });
  return (
    <Dialog title={say('tag.retireOf', { name: tag.name })} closeLabel={say('do.close')} onClose={onClose}>
      <div className="space-y-4">
        <Notice look="warn">{say('tag.retireHint')}</Notice>
        {error !== null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button look="danger" busy={isPending} onClick={() => mutate()}>
            {say('tag.retire')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
