/** Ready answers: the shop's own words, which an answer to a customer begins with. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Empty, Loading, Notice } from '../../ui/states.tsx';
import { listCanned, type ReadyAnswer, removeCanned } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { CannedDialog } from './canned-dialog.tsx';
import { ownFirst, useLanguageName } from './canned-list.tsx';

export function CannedPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.cases} title={say('nav.canned')}>
      <ReadyAnswers />
    </ForRole>
  );
}

function ReadyAnswers() {
  const say = useSay();
  const language = useLanguage();
  const [writing, setWriting] = useState<Partial<ReadyAnswer> | null>(null);
  const [leaving, setLeaving] = useState<ReadyAnswer | null>(null);
  const [done, setDone] = useState('');
  const { data, error, refetch } = useQuery({ queryKey: ['canned'], queryFn: listCanned });
  const write = (
    <Button look="main" onClick={() => setWriting({})}>
      <Icon name="plus" />
      {say('canned.write')}
    </Button>
  );
  const answers = ownFirst(data?.answers ?? [], language);
  return (
    <Page title={say('nav.canned')} lead={say('canned.lead')} actions={answers.length > 0 && write}>
      <p role="status" className={done === '' ? 'sr-only' : 'mb-4 rounded-md bg-good-wash px-3.5 py-2.5'}>
        {done}
      </p>
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} lines={6} />}
      {data?.answers.length === 0 && (
        <Empty title={say('canned.none')} action={write}>
          {say('canned.noneBody')}
        </Empty>
      )}
      <ul className="grid items-start gap-3 lg:grid-cols-2">
        {answers.map((answer) => (
          <li key={answer.id}>
            <Card answer={answer} onReuse={() => setWriting(answer)} onRemove={() => setLeaving(answer)} />
          </li>
        ))}
      </ul>
      {writing !== null && (
        <CannedDialog
          from={writing}
          onDone={(title) => {
            setDone(say('canned.saved', { title }));
            setWriting(null);
          }}
          onClose={() => setWriting(null)}
        />
      )}
      {leaving !== null && (
        <RemoveDialog
          answer={leaving}
          onDone={() => {
            setDone(say('canned.removed', { title: leaving.title }));
            setLeaving(null);
          }}
          onClose={() => setLeaving(null)}
        />
      )}
    </Page>
  );
}

interface CardProps {
  readonly answer: ReadyAnswer;
  readonly onReuse: () => void;
  readonly onRemove: () => void;
}

function Card({ answer: { title, language, text }, onReuse, onRemove }: CardProps) {
  const say = useSay();
  const nameOf = useLanguageName();
  return (
    <article className="rounded-lg border border-line bg-sheet">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <h2 className="font-semibold break-words">{title}</h2>
          <Badge>{nameOf(language)}</Badge>
        </div>
        <div className="-mr-2 flex gap-1">
          <Button look="quiet" aria-label={say('canned.changeOf', { title })} onClick={onReuse}>
            {say('canned.change')}
          </Button>
          <Button look="quiet" aria-label={say('canned.removeOf', { title })} onClick={onRemove}>
            {say('canned.remove')}
          </Button>
        </div>
      </div>
      <p lang={language} className="px-4 py-3 leading-relaxed break-words whitespace-pre-line">
        {text}
      </p>
    </article>
  );
}

interface RemoveProps {
  readonly answer: ReadyAnswer;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function RemoveDialog({ answer, onDone, onClose }: RemoveProps) {
  const say = useSay();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => removeCanned(answer.id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['canned'] });
      onDone();
    },
  });
  return (
    <Dialog
      title={say('canned.removeOf', { title: answer.title })}
      closeLabel={say('do.close')}
      onClose={onClose}
    >
      <div className="space-y-4">
        <Notice look="plain">{say('canned.removeHint')}</Notice>
        {error !== null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button look="danger" busy={isPending} onClick={() => mutate()}>
            {say('canned.remove')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
