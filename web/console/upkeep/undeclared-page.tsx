/** What came in and was not kept, by name and count: values are never here, since none was stored. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TextField } from '../../ui/field.tsx';
import { Badge, Empty, Loading } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { listUndeclared, type Undeclared } from '../api/upkeep.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';

export function UndeclaredPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.upkeep} title={say('nav.undeclared')}>
      <Page wide title={say('nav.undeclared')} lead={say('undeclared.lead')}>
        <List />
      </Page>
    </ForRole>
  );
}

function List() {
  const say = useSay();
  const [words, setWords] = useState('');
  const { data, error, refetch } = useQuery({ queryKey: ['undeclared'], queryFn: listUndeclared });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={8} shape="rows" />;
  if (data.items.length === 0)
    return <Empty title={say('undeclared.none')}>{say('undeclared.noneHint')}</Empty>;
  const asked = words.trim().toLowerCase();
  const items = data.items.filter(({ name }) => name.toLowerCase().includes(asked));
  const guessed = items.some(({ suggestion }) => suggestion !== undefined);
  const columns: readonly Column[] = [
    { key: 'name', label: say('undeclared.name') },
    { key: 'count', label: say('undeclared.count') },
    ...(guessed ? [{ key: 'looks', label: say('undeclared.looks'), wide: true }] : []),
    { key: 'last', label: say('undeclared.last'), wide: true },
  ];
  return (
    <>
      <div className="mb-4 sm:w-72">
        <TextField
          bare
          label={say('undeclared.search')}
          placeholder={say('undeclared.search')}
          data-search
          autoComplete="off"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </div>
      {items.length === 0 ? (
        <Empty title={say('undeclared.noMatch')} />
      ) : (
        <Table label={say('nav.undeclared')} columns={columns}>
          {items.map((item) => (
            <Item key={`${item.reason} ${item.name}`} item={item} guessed={guessed} />
          ))}
        </Table>
      )}
    </>
  );
}

function Item({ item, guessed }: { readonly item: Undeclared; readonly guessed: boolean }) {
  const name = useSayName();
  const format = useFormat();
  return (
    <Row>
      <Cell head>
        <code className="font-mono text-xs break-all">{item.name}</code>
        <div className="text-xs text-soft">{name('undeclared.reason', item.reason)}</div>
        <div className="lg:hidden">
          <Suggestion item={item} />
        </div>
      </Cell>
      <Cell className="whitespace-nowrap">{format.number(item.count)}</Cell>
      {guessed && (
        <Cell wide>
          <Suggestion item={item} />
        </Cell>
      )}
      <Cell wide className="whitespace-nowrap">
        <time dateTime={item.lastAt} title={format.moment(item.lastAt)}>
          {format.since(item.lastAt)}
        </time>
      </Cell>
    </Row>
  );
}

/** What it seems to hold, and what the catalog could say of it: whoever keeps the catalog decides. */
function Suggestion({ item: { suggestion } }: { readonly item: Undeclared }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  if (suggestion === undefined) return null;
  const { type, sampled, confidence, entry } = suggestion;
  return (
    <div className="space-y-1 pt-0.5">
      <Badge tone="warn">{say('undeclared.looksLike', { type: name('undeclared.type', type) })}</Badge>
      <div className="text-xs text-soft">
        {say('undeclared.sure', { share: format.number(Math.round(confidence * 100)), count: sampled })}
      </div>
      {entry === null ? (
        <div className="text-xs">{say('undeclared.never')}</div>
      ) : (
        <details className="text-xs">
          <summary className="cursor-pointer text-soft">{say('undeclared.entry')}</summary>
          <pre className="mt-1 overflow-x-auto rounded-md bg-wash p-2 font-mono">
            {[
              `- name: ${entry.field}`,
              `  class: ${entry.class}`,
              `  sensitivity: ${entry.sensitivity}`,
              `  identifiability: ${entry.identifiability}`,
              `  mask: ${entry.mask}`,
            ].join('\n')}
          </pre>
        </details>
      )}
    </div>
  );
}
