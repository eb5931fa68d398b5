/** Which data is kept, for what, and how long: the catalog as a table of fields and purposes. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CLASSES, type DataClass } from '../../../contract/names.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { type Declared, readCatalog } from '../api/catalog.ts';
import { Failed } from '../failed.tsx';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { Matrix } from './matrix.tsx';

export function DataMapPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.catalog} title={say('nav.dataMap')}>
      <Page wide title={say('nav.dataMap')} lead={say('map.lead')}>
        <DataMap />
      </Page>
    </ForRole>
  );
}

type Kind = 'fields' | 'events';

function DataMap() {
  const say = useSay();
  const [kind, setKind] = useState<Kind>('fields');
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog'],
    queryFn: readCatalog,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={10} shape="rows" />;
  return (
    <>
      <Tabs
        label={say('nav.dataMap')}
        tabs={[
          { name: 'fields', label: say('map.fields', { count: data.fields.length }) },
          { name: 'events', label: say('map.events', { count: data.events.length }) },
        ]}
        chosen={kind}
        onChoose={setKind}
      >
        <Part key={kind} kind={kind} declared={data[kind]} />
      </Tabs>
      <p className="mt-3 text-xs break-all text-soft">{say('map.hash', { hash: data.hash })}</p>
    </>
  );
}

function Part({ kind, declared }: { readonly kind: Kind; readonly declared: readonly Declared[] }) {
  const say = useSay();
  const name = useSayName();
  const [words, setWords] = useState('');
  const [only, setOnly] = useState<DataClass | ''>('');
  const group = kind === 'fields' ? 'field' : 'event';
  const asked = words.trim().toLowerCase();
  const shown = declared.filter(
    (each) =>
      (only === '' || each.class === only) &&
      `${each.name} ${name(group, each.name)}`.toLowerCase().includes(asked),
  );
  return (
    <>
      <div className="my-4 grid grid-cols-2 gap-2 sm:flex">
        <div className="sm:w-72">
          <TextField
            bare
            label={say('map.search')}
            placeholder={say('map.search')}
            data-search
            autoComplete="off"
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </div>
        <SelectField
          bare
          label={say('map.class')}
          value={only}
          onChange={({ target }) => setOnly(target.value as DataClass | '')}
          options={[
            { value: '', label: say('map.allClasses') },
            ...CLASSES.map((each) => ({ value: each, label: name('class', each) })),
          ]}
        />
      </div>
      <p role="status" className="sr-only">
        {say('map.shown', { count: shown.length })}
      </p>
      {shown.length === 0 ? (
        <Empty title={say('map.none')}>{say('map.noneHint')}</Empty>
      ) : (
        <Matrix group={group} declared={shown} />
      )}
    </>
  );
}
