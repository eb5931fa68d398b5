/** Oneself and people one knows: they are looked at by others. What is typed is kept nowhere, only that it was. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { declareKnown, type Known, listKnown } from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';

const RELATIONS: readonly Known['relation'][] = ['self', 'declared'];
const KINDS: readonly Known['kind'][] = ['email', 'phone', 'userId'];

export function KnownPeople() {
  const say = useSay();
  const format = useFormat();
  const { data } = useQuery({ queryKey: ['known'], queryFn: listKnown });
  const known = data?.known ?? [];
  return (
    <Sheet title={say('known.title')}>
      <p className="mb-3 max-w-prose text-soft">{say('known.lead')}</p>
      {known.length > 0 && (
        <ul className="mb-4 divide-y divide-line rounded-md border border-line">
          {known.map(({ id, relation, kind, declaredAt }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-3 px-3 py-2">
              <span>
                {say(`known.${relation}`)} · {say(`known.by.${kind}`)}
              </span>
              <span className="text-xs text-soft">{format.day(declaredAt)}</span>
            </li>
          ))}
        </ul>
      )}
      <Declare />
    </Sheet>
  );
}

function Declare() {
  const say = useSay();
  const queries = useQueryClient();
  const [relation, setRelation] = useState<Known['relation']>('declared');
  const [kind, setKind] = useState<Known['kind']>('email');
  const [value, setValue] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => declareKnown(relation, { kind, value: value.trim() }),
    onSuccess() {
      setValue('');
      void queries.invalidateQueries({ queryKey: ['known'] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectField
          label={say('known.who')}
          value={relation}
          onChange={({ target }) => setRelation(target.value as Known['relation'])}
          options={RELATIONS.map((each) => ({ value: each, label: say(`known.${each}`) }))}
        />
        <SelectField
          label={say('known.kind')}
          value={kind}
          onChange={({ target }) => setKind(target.value as Known['kind'])}
          options={KINDS.map((each) => ({ value: each, label: say(`known.by.${each}`) }))}
        />
        <TextField
          label={say(`known.by.${kind}`)}
          required
          maxLength={254}
          autoComplete="off"
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
      </div>
      {error !== null && <Failed error={error} />}
      <Button type="submit" busy={isPending}>
        {say('known.declare')}
      </Button>
    </form>
  );
}
