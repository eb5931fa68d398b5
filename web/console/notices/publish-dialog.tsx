/** The next version: what is asked for, what is different, and whether everybody is asked again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { OPTIONAL_PURPOSES } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { type NoticeVersion, noticeWords, publishNotice } from '../api/notices.ts';
import { Failed } from '../failed.tsx';
import { useSay, useSayName } from '../language.ts';

/** As Bailee asks where a store said nothing else. */
const USUAL = ['analytics', 'personalization', 'advertising', 'partner-sharing'];

interface PublishProps {
  readonly newest: NoticeVersion | null;
  readonly onDone: (version: number) => void;
  readonly onClose: () => void;
}

export function PublishDialog({ newest, onDone, onClose }: PublishProps) {
  const say = useSay();
  const language = newest?.languages[0] ?? 'en';
  const { data, error } = useQuery({
    queryKey: ['notice', newest?.version, language],
    queryFn: () => noticeWords(newest?.version ?? 0, language),
    enabled: newest !== null,
  });
  const before = data?.purposes.map(({ purpose }) => purpose) ?? USUAL;
  return (
    <Dialog title={say('notice.publish')} closeLabel={say('do.close')} onClose={onClose}>
      {error !== null && <Failed error={error} />}
      {newest !== null && error === null && data === undefined && (
        <Loading label={say('state.loading')} lines={5} />
      )}
      {(newest === null || data !== undefined) && <Form before={before} onDone={onDone} />}
    </Dialog>
  );
}

interface FormProps {
  readonly before: readonly string[];
  readonly onDone: (version: number) => void;
}

function Form({ before, onDone }: FormProps) {
  const say = useSay();
  const name = useSayName();
  const queries = useQueryClient();
  const [purposes, setPurposes] = useState(before);
  const [change, setChange] = useState('');
  const [substance, setSubstance] = useState<boolean | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      publishNotice({ substance: substance === true, change: change.trim(), purposes: [...purposes] }),
    async onSuccess({ version }) {
      await queries.invalidateQueries({ queryKey: ['notices'] });
      onDone(version);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  const turn = (purpose: string, asked: boolean) =>
    setPurposes(
      // In the order of the page before; what is new comes last.
      asked ? [...purposes, purpose] : purposes.filter((each) => each !== purpose),
    );
  return (
    <form onSubmit={send} className="space-y-4">
      <Notice look="warn">{say('notice.wordsHint')}</Notice>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{say('notice.asks')}</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {OPTIONAL_PURPOSES.map((purpose) => (
            <label key={purpose} className="flex min-h-8 cursor-pointer items-center gap-2.5">
              <input
                type="checkbox"
                checked={purposes.includes(purpose)}
                onChange={({ target }) => turn(purpose, target.checked)}
                className="size-4"
              />
              {name('purpose', purpose)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        label={say('notice.change')}
        hint={say('notice.changeHint')}
        required
        rows={2}
        maxLength={500}
        value={change}
        onChange={({ target }) => setChange(target.value)}
      />
      <fieldset className="space-y-1">
        <legend className="mb-1 text-sm font-medium">{say('notice.again')}</legend>
        {([true, false] as const).map((each) => (
          <label key={String(each)} className="flex min-h-8 cursor-pointer items-center gap-2.5">
            <input
              type="radio"
              name="substance"
              required
              checked={substance === each}
              onChange={() => setSubstance(each)}
              className="size-4"
            />
            {say(each ? 'notice.againYes' : 'notice.againNo')}
          </label>
        ))}
      </fieldset>
      {error !== null && <Failed error={error} />}
      <Button type="submit" look="main" busy={isPending} disabled={purposes.length === 0}>
        {say('notice.publishDo')}
      </Button>
    </form>
  );
}
