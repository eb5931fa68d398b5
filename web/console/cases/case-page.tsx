/** One case: what was written, what is to be done, and who does it. Reading it is an opening. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { type ReadCase, readCase } from '../api/cases.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { MAY, worksOn } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { Compose } from './compose.tsx';
import { Messages } from './messages.tsx';
import { Work } from './work.tsx';

const keyOf = (id: string, reason: string | null) => ['case', id, reason] as const;

export function CasePage() {
  const say = useSay();
  const { id } = useParams({ from: '/inside/cases/$id' });
  const { role } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keyOf(id, reason),
    queryFn: () => readCase(id, reason),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const up = { to: '/cases', label: say('nav.cases') } as const;
  if (isPending)
    return (
      <Page wide up={up} title={say('case.name')}>
        <Loading label={say('state.loading')} lines={8} />
      </Page>
    );
  if (error !== null) {
    const barred = error instanceof CallError && error.code.startsWith('evidence_');
    return (
      <Page up={up} title={say('case.name')}>
        <div className="max-w-xl space-y-4">
          <Failed error={error} onRetry={() => void refetch()} />
          {barred && MAY.reasonAlone(role) && <AskReason onGiven={setReason} />}
        </div>
      </Page>
    );
  }
  return <Whole read={data} reason={reason} onReload={() => void refetch()} />;
}

/** A closed case serves as evidence no more. */
function AskReason({ onGiven }: { readonly onGiven: (reason: string) => void }) {
  const say = useSay();
  const [words, setWords] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    onGiven(words.trim());
  };
  return (
    <form onSubmit={send} className="space-y-3">
      <TextField
        label={say('ground.reason')}
        required
        maxLength={500}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Button type="submit" look="main">
        {say('case.readClosed')}
      </Button>
    </form>
  );
}

function Whole({
  read,
  reason,
  onReload,
}: {
  readonly read: ReadCase;
  readonly reason: string | null;
  readonly onReload: () => void;
}) {
  const say = useSay();
  const queries = useQueryClient();
  const { role } = useSession();
  const { case: item, subject, opening } = read;
  const works = worksOn(role, item);
  const update = (next: ReadCase) => {
    queries.setQueryData(keyOf(item.id, reason), next);
    void queries.invalidateQueries({ queryKey: ['cases'] });
  };
  const heading = subject.text ?? say('case.title', { number: item.number });
  return (
    <Page
      wide
      up={{ to: '/cases', label: say('nav.cases') }}
      title={heading}
      name={say('case.title', { number: item.number })}
      lead={
        <>
          {say('case.title', { number: item.number })} · {say(`case.kind.${item.kind}`)} ·{' '}
          {say(`case.channel.${item.channel}`)} · {say('ledger.recorded', { index: opening.ledgerIndex })}
        </>
      }
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-4">
          <Sheet flush>
            <Messages read={read} reason={reason} />
          </Sheet>
          {!works || item.status === 'closed' ? (
            <Notice look="plain">{say(works ? 'case.isClosed' : 'case.notYours')}</Notice>
          ) : (
            <Compose read={read} onSent={update} />
          )}
        </div>
        <Work read={read} works={works} onChanged={update} onReload={onReload} />
      </div>
    </Page>
  );
}
