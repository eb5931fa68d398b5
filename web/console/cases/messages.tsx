/** What was written in a case, oldest first. */
import type { ReactNode } from 'react';
import { Badge } from '../../ui/states.tsx';
import type { ReadCase } from '../api/cases.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { useColleagues } from '../session.ts';
import { Attachments } from './attachments.tsx';

type Message = ReadCase['messages'][number];

interface MessagesProps {
  readonly read: ReadCase;
  /** With which a closed case was opened. */
  readonly reason: string | null;
}

export function Messages({ read, reason }: MessagesProps) {
  return (
    <ol className="divide-y divide-line">
      {read.messages.map((message) => (
        <li key={message.id} className={message.kind === 'note' ? 'bg-warn-wash/60' : ''}>
          {message.kind === 'event' ? (
            <Changed message={message} />
          ) : (
            <Written message={message}>
              <Attachments id={read.case.id} reason={reason} attachments={message.attachments} />
            </Written>
          )}
        </li>
      ))}
    </ol>
  );
}

function useWho(): (message: Message) => string {
  const say = useSay();
  const { people } = useColleagues();
  return ({ by, kind }) =>
    people.find(({ id }) => id === by)?.name ?? say(kind === 'incoming' ? 'customer.name' : 'case.somebody');
}

function Written({ message, children }: { readonly message: Message; readonly children: ReactNode }) {
  const say = useSay();
  const format = useFormat();
  const who = useWho();
  const { kind, at, state, text, sent } = message;
  return (
    <article className="px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="flex items-baseline gap-2">
          <span className="font-medium">{who(message)}</span>
          <span className="text-xs text-soft">{say(`message.${kind as 'incoming'}`)}</span>
        </h2>
        <span className="flex items-baseline gap-2 text-xs text-soft">
          {sent !== undefined && <span>{say(`sent.${sent}`)}</span>}
          {state === 'masked' && <Badge tone="warn">{say('state.masked')}</Badge>}
          <time dateTime={at}>{format.moment(at)}</time>
        </span>
      </div>
      <p
        className={`mt-1.5 max-w-prose break-words whitespace-pre-line leading-relaxed ${text === null ? 'text-soft' : ''}`}
      >
        {text ?? say('case.withheld')}
      </p>
      {children}
    </article>
  );
}

function Changed({ message }: { readonly message: Message }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const who = useWho();
  const { people, teams } = useColleagues();
  const { change, at } = message;
  const named = (value: string | null | undefined) => {
    if (value === null || value === undefined) return '–';
    const holder = people.find(({ id }) => id === value) ?? teams.find(({ id }) => id === value);
    const words = name(`case.${change?.what}`, value);
    return holder?.name ?? words;
  };
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-3 px-4 py-2 text-xs text-soft">
      <span>
        {who(message)} · {change === undefined ? '' : say(`case.by.${change.what}`)}: {named(change?.from)} →{' '}
        {named(change?.to)}
      </span>
      <time dateTime={at}>{format.moment(at)}</time>
    </p>
  );
}
