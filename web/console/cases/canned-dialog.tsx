/** Writes a ready answer, or writes one anew: the server keeps what was made, so the older one goes when the new one is there. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { addCanned, type ReadyAnswer, removeCanned } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { LANGUAGES, useLanguage, useSay } from '../language.ts';
import { useLanguageName } from './canned-list.tsx';

interface CannedProps {
  /** The one that is written anew; nothing of it for one that is new. */
  readonly from: Partial<ReadyAnswer>;
  readonly onDone: (title: string) => void;
  readonly onClose: () => void;
}

function useSave({ from, onDone }: CannedProps) {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn(body: Parameters<typeof addCanned>[0]) {
      const { answer } = await addCanned(body);
      if (from.id !== undefined) await removeCanned(from.id);
      return answer;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['canned'] }),
    onSuccess: ({ title }) => onDone(title),
  });
}

export function CannedDialog(props: CannedProps) {
  const { from, onClose } = props;
  const say = useSay();
  const own = useLanguage();
  const nameOf = useLanguageName();
  const [title, setTitle] = useState(from.title ?? '');
  const [language, setLanguage] = useState<string>(from.language ?? own);
  const [text, setText] = useState(from.text ?? '');
  const { mutate, isPending, error } = useSave(props);
  const languages = [...new Set<string>([...LANGUAGES, language])];
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate({ title: title.trim(), language, text: text.trim() });
  };
  return (
    <Dialog
      wide
      title={say(from.id === undefined ? 'canned.write' : 'canned.change')}
      closeLabel={say('do.close')}
      onClose={onClose}
    >
      <form onSubmit={send} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <TextField
            label={say('canned.title')}
            hint={say('canned.titleHint')}
            required
            maxLength={100}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
          <SelectField
            label={say('account.language')}
            value={language}
            onChange={({ target }) => setLanguage(target.value)}
            options={languages.map((value) => ({ value, label: nameOf(value) }))}
          />
        </div>
        <TextArea
          label={say('canned.text')}
          hint={say('canned.textHint')}
          lang={language}
          required
          rows={8}
          maxLength={20_000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button
            type="submit"
            look="main"
            busy={isPending}
            disabled={title.trim() === '' || text.trim() === ''}
          >
            {say('do.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
