/** What the person and the shop wrote to each other. */
import type { Conversation, Held } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { usePages } from '../loaded.ts';
import { AskedSheet, Paged } from './asked-sheet.tsx';
import { Line } from './line.tsx';
import { Recipients, Retained, Since, Why } from './reasons.tsx';

export function ConversationsSheet({ count, held }: { readonly count: number; readonly held: Held }) {
  const say = useSay();
  return (
    <AskedSheet title={say('group.messages')} count={count}>
      <Conversations held={held} />
    </AskedSheet>
  );
}

function Conversations({ held }: { readonly held: Held }) {
  const say = useSay();
  const format = useFormat();
  const pages = usePages(
    '/cases',
    ({ cases }: { cases: readonly Conversation[]; after: string | null }) => cases,
  );
  return (
    <Paged pages={pages} keyOf={({ number }: Conversation) => String(number)}>
      {(each) => (
        <Line name={format.day(each.at)} value={say('data.case', { number: each.number })}>
          {each.state === 'described' && <p className="text-sm">{say('data.described')}</p>}
          <Messages messages={each.messages} />
          <Why purposes={each.purposes} held={held} />
          <Since at={each.at} />
          <Retained name={each.retention} held={held} />
          <Recipients held={held} purposes={each.purposes} />
        </Line>
      )}
    </Paged>
  );
}

function Messages({ messages }: { readonly messages: Conversation['messages'] }) {
  const say = useSay();
  const format = useFormat();
  return (
    <ol className="space-y-2">
      {messages.map(({ at, from, text, files }) => (
        <li key={at + from} className="rounded-lg border border-line bg-sheet px-3 py-2">
          <div className="text-sm text-soft">
            {say(from === 'customer' ? 'data.fromYou' : 'data.fromShop')} · {format.moment(at)}
          </div>
          <p className="whitespace-pre-line" dir="auto">
            {text ?? <span className="text-soft">{say('data.hidden')}</span>}
          </p>
          {files.length > 0 && (
            <div className="text-sm text-soft">{say('data.files', { count: files.length })}</div>
          )}
        </li>
      ))}
    </ol>
  );
}
