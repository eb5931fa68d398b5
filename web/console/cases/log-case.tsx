/** Writes down what a customer asked, complained of or said. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { createCase, type NewCase } from '../api/cases.ts';
import { findCustomers } from '../api/customers.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useColleagues, useSession } from '../session.ts';
import { CHANNELS, KINDS, PRIORITIES, TOPICS } from './lists.ts';

interface Whom {
  readonly customer: string;
  /** The order it is about; empty when none is known. */
  readonly order: string;
}

export function LogCase({
  whom: known = null,
  onClose,
}: {
  readonly whom?: Whom | null;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const [whom, setWhom] = useState(known);
  return (
    <Dialog wide title={say('case.log')} closeLabel={say('do.close')} onClose={onClose}>
      {whom === null ? <FindWhom onFound={setWhom} /> : <CaseForm whom={whom} onClose={onClose} />}
    </Dialog>
  );
}

function FindWhom({ onFound }: { readonly onFound: (whom: Whom) => void }) {
  const say = useSay();
  const [order, setOrder] = useState('');
  const { mutate, isPending, error, data } = useMutation({
    async mutationFn(number: string) {
      const ground = { purpose: 'customer-service', evidence: { kind: 'order', value: number } } as const;
      return (await findCustomers({ kind: 'order', value: number }, ground)).customers;
    },
    onSuccess(found, number) {
      const one = found[0];
      if (one !== undefined) onFound({ customer: one.id, order: number });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate(order.trim());
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <TextField
        label={say('case.whichOrder')}
        hint={say('case.whichOrderHint')}
        autoFocus
        required
        maxLength={200}
        autoComplete="off"
        value={order}
        onChange={({ target }) => setOrder(target.value)}
      />
      {error !== null && <Failed error={error} />}
      {data?.length === 0 && <Notice look="warn">{say('find.none')}</Notice>}
      <Button type="submit" look="main" busy={isPending}>
        {say('signIn.next')}
      </Button>
    </form>
  );
}

type Draft = Omit<NewCase, 'customer' | 'assignee'> & { readonly holder: string };

const FIRST: Draft = {
  kind: 'complaint',
  channel: 'phone',
  topic: 'delivery',
  priority: 'normal',
  subject: '',
  text: '',
  holder: '',
};

function useCreate(whom: Whom, onClose: () => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn({ holder, order, ...draft }: Draft) {
      const [kind, id] = holder.split(':');
      return createCase({
        ...draft,
        customer: whom.customer,
        ...(order === undefined || order.trim() === '' ? {} : { order: order.trim() }),
        ...(kind === 'person' ? { assignee: id! } : {}),
        ...(kind === 'team' ? { team: id! } : {}),
      });
    },
    onSuccess(answer) {
      void queries.invalidateQueries({ queryKey: ['cases'] });
      onClose();
      void navigate({ to: '/cases/$id', params: { id: answer.case.id } });
    },
  });
}

function CaseForm({ whom, onClose }: { readonly whom: Whom; readonly onClose: () => void }) {
  const say = useSay();
  const { person } = useSession();
  const { teams } = useColleagues();
  const [draft, setDraft] = useState<Draft>({ ...FIRST, order: whom.order });
  const { mutate, isPending, error } = useCreate(whom, onClose);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate(draft);
  };
  const holders = [
    { value: '', label: say('case.assignee.none') },
    { value: `person:${person.id}`, label: person.name },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
  ];
  return (
    <form onSubmit={send} className="space-y-4">
      <div className="grid gap-3 sm:grid-cols-3">
        <Pick name="kind" values={KINDS} draft={draft} onPick={set} />
        <Pick name="channel" values={CHANNELS} draft={draft} onPick={set} />
        <Pick name="topic" values={TOPICS} draft={draft} onPick={set} />
        <Pick name="priority" values={PRIORITIES} draft={draft} onPick={set} />
        <TextField
          label={say('evidence.order')}
          maxLength={200}
          value={draft.order ?? ''}
          onChange={({ target }) => set({ order: target.value })}
        />
        <SelectField
          label={say('case.by.assignee')}
          value={draft.holder}
          onChange={({ target }) => set({ holder: target.value })}
          options={holders}
        />
      </div>
      <TextField
        label={say('case.subject')}
        required
        maxLength={500}
        value={draft.subject}
        onChange={({ target }) => set({ subject: target.value })}
      />
      <TextArea
        label={say('case.text')}
        hint={say('case.textHint')}
        required
        rows={6}
        maxLength={20_000}
        value={draft.text}
        onChange={({ target }) => set({ text: target.value })}
      />
      {error !== null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{say('do.cancel')}</Button>
        <Button type="submit" look="main" busy={isPending}>
          {say('case.log')}
        </Button>
      </div>
    </form>
  );
}

interface PickProps<Name extends 'kind' | 'channel' | 'topic' | 'priority'> {
  readonly name: Name;
  readonly values: readonly NonNullable<Draft[Name]>[];
  readonly draft: Draft;
  readonly onPick: (part: Partial<Draft>) => void;
}

function Pick<Name extends 'kind' | 'channel' | 'topic' | 'priority'>({
  name,
  values,
  draft,
  onPick,
}: PickProps<Name>) {
  const say = useSay();
  return (
    <SelectField
      label={say(`case.by.${name}`)}
      value={draft[name] ?? ''}
      onChange={({ target }) => onPick({ [name]: target.value } as Partial<Draft>)}
      options={values.map((value) => ({ value, label: say(`case.${name}.${value}` as never) }))}
    />
  );
}
