/** An answer to the customer, or a note for colleagues. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { addMessage, type ReadCase } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Sheet } from '../shell/page.tsx';
import { Canned } from './canned-list.tsx';

interface ComposeProps {
  readonly read: ReadCase;
  readonly onSent: (read: ReadCase) => void;
}

/** The message as it was typed stands below the others: reading it back would be another opening. */
function useSend({ read, onSent }: ComposeProps, kind: 'answer' | 'note', done: () => void) {
  const { person } = useSession();
  return useMutation({
    mutationFn: (text: string) => addMessage(read.case.id, kind, text),
    onSuccess(answer, text) {
      const message = {
        id: answer.message,
        kind,
        at: new Date().toISOString(),
        by: person.id,
        state: 'revealed',
        text,
        attachments: [],
      } as const;
      onSent({ ...read, case: answer.case, messages: [...read.messages, message] });
      done();
    },
  });
}

export function Compose({ read, onSent }: ComposeProps) {
  const say = useSay();
  const [kind, setKind] = useState<'answer' | 'note'>('answer');
  const [text, setText] = useState('');
  const { mutate, isPending, error, isSuccess } = useSend({ read, onSent }, kind, () => setText(''));
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate(text.trim());
  };
  return (
    <Sheet flush>
      <Tabs
        label={say('compose.label')}
        chosen={kind}
        onChoose={setKind}
        tabs={[
          { name: 'answer', label: say('compose.answer') },
          { name: 'note', label: say('compose.note') },
        ]}
      >
        <form onSubmit={send} className="space-y-3 p-4">
          {kind === 'answer' && (
            <Canned onPick={(words) => setText(text === '' ? words : `${text}\n\n${words}`)} />
          )}
          <TextArea
            bare
            label={say(kind === 'answer' ? 'compose.answerText' : 'compose.noteText')}
            placeholder={say(kind === 'answer' ? 'compose.answerText' : 'compose.noteText')}
            hint={say(kind === 'answer' ? 'compose.answerHint' : 'compose.noteHint')}
            required
            rows={5}
            maxLength={20_000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          {error !== null && <Failed error={error} />}
          <div className="flex items-center justify-end gap-3">
            <span role="status" className="text-xs text-soft">
              {isSuccess && text === '' ? say('state.saved') : ''}
            </span>
            <Button type="submit" look="main" busy={isPending} disabled={text.trim() === ''}>
              {say(kind === 'answer' ? 'compose.send' : 'compose.keep')}
            </Button>
          </div>
        </form>
      </Tabs>
    </Sheet>
  );
}
