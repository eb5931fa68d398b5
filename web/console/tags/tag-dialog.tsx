/** Defines a tag: its meaning, whom it is for, for what it is used, and when it ends. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { PURPOSES } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { defineTag, type NewTag } from '../api/tags.ts';
import { useSay, useSayName } from '../language.ts';
import { Refused } from '../refused.tsx';

const GIVEN_BY = ['hand', 'orders', 'cases'] as const;

interface Draft {
  readonly name: string;
  readonly meaning: string;
  readonly by: (typeof GIVEN_BY)[number];
  readonly atLeast: string;
  readonly withinDays: string;
  readonly purposes: readonly NewTag['purposes'][number][];
  readonly days: string;
}

const FIRST: Draft = {
  name: '',
  meaning: '',
  by: 'hand',
  atLeast: '3',
  withinDays: '365',
  purposes: ['customer-service'],
  days: '365',
};

function bodyOf({ name, meaning, by, atLeast, withinDays, purposes, days }: Draft): NewTag {
  return {
    name: name.trim(),
    meaning: meaning.trim(),
    rule: by === 'hand' ? null : { counts: by, atLeast: Number(atLeast), withinDays: Number(withinDays) },
    purposes: [...purposes],
    days: Number(days),
  };
}

interface TagDialogProps {
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}

export function TagDialog({ onDone, onClose }: TagDialogProps) {
  const say = useSay();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(FIRST);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => defineTag(bodyOf(draft)),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['tags'] });
      onDone(draft.name.trim());
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('tag.define')} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        <TextField
          label={say('tag.name')}
          hint={say('tag.nameHint')}
          required
          maxLength={60}
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextArea
          label={say('tag.meaning')}
          hint={say('tag.meaningHint')}
          required
          rows={2}
          maxLength={300}
          value={draft.meaning}
          onChange={({ target }) => set({ meaning: target.value })}
        />
        <RuleFields draft={draft} onChange={set} />
        <TextField
          label={say('tag.days')}
          type="number"
          min={1}
          max={730}
          required
          value={draft.days}
          onChange={({ target }) => set({ days: target.value })}
        />
        <PurposeFields chosen={draft.purposes} onChange={(purposes) => set({ purposes })} />
        {error instanceof CallError && error.code === 'invalid_body' ? (
          <Notice look="bad" title={say('tag.refused')} />
        ) : (
          <Refused error={error} conflict="tag.conflict" />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button type="submit" look="main" busy={isPending} disabled={draft.purposes.length === 0}>
            {say('tag.defineDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

function RuleFields({ draft, onChange }: FieldsProps) {
  const say = useSay();
  return (
    <>
      <SelectField
        label={say('tag.who')}
        value={draft.by}
        onChange={({ target }) => onChange({ by: target.value as Draft['by'] })}
        options={GIVEN_BY.map((value) => ({ value, label: say(`tag.by.${value}`) }))}
      />
      {draft.by !== 'hand' && (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={say('tag.atLeast')}
            type="number"
            min={1}
            max={1000}
            required
            value={draft.atLeast}
            onChange={({ target }) => onChange({ atLeast: target.value })}
          />
          <TextField
            label={say('tag.withinDays')}
            type="number"
            min={1}
            max={730}
            required
            value={draft.withinDays}
            onChange={({ target }) => onChange({ withinDays: target.value })}
          />
        </div>
      )}
    </>
  );
}

interface PurposeFieldsProps {
  readonly chosen: Draft['purposes'];
  readonly onChange: (purposes: Draft['purposes']) => void;
}

function PurposeFields({ chosen, onChange }: PurposeFieldsProps) {
  const say = useSay();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{say('tag.purposes')}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {PURPOSES.map((purpose) => {
          const on = chosen.includes(purpose);
          return (
            <PurposeBox
              key={purpose}
              purpose={purpose}
              on={on}
              onTurn={() => onChange(on ? chosen.filter((each) => each !== purpose) : [...chosen, purpose])}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

function PurposeBox({
  purpose,
  on,
  onTurn,
}: {
  readonly purpose: string;
  readonly on: boolean;
  readonly onTurn: () => void;
}) {
  const name = useSayName();
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2.5">
      <input type="checkbox" checked={on} onChange={onTurn} className="size-4" />
      {name('purpose', purpose)}
    </label>
  );
}
