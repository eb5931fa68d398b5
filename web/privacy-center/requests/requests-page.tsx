/** What the person asked for, and a way to ask for more. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Badge, type Tone } from '../../ui/states.tsx';
import { send } from '../api/call.ts';
import type { Requested, Requests } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayMaybe } from '../language.ts';
import { renew, useDoing, useLoaded } from '../loaded.ts';
import { Come, Nothing, Page, Sheet, Told } from '../shell/page.tsx';
import { AskForm } from './ask-form.tsx';

type Request = Requests['requests'][number];

const PATH = '/requests';
const TONES: Readonly<Partial<Record<string, Tone>>> = {
  fulfilled: 'good',
  refused: 'warn',
  extended: 'warn',
  'in-progress': 'accent',
};

export function RequestsPage() {
  const say = useSay();
  const requests = useLoaded<Requests>(PATH);
  const [told, setTold] = useState<string | null>(null);
  const tell = async ({ request: { number }, joined }: Requested) => {
    await renew(PATH);
    setTold(say(joined ? 'requests.joined' : 'requests.sent', { number }));
  };
  const takingBack = useDoing(async (id: string) => {
    setTold(null);
    await send(`${PATH}/${id}/withdraw`);
    await renew(PATH);
    setTold(say('requests.takenBack'));
  });
  return (
    <Page title={say('requests.title')} lead={say('requests.lead')}>
      <Told>{told}</Told>
      {takingBack.failure !== null && <Failed failure={takingBack.failure} />}
      <Come loaded={requests} lines={2}>
        {({ requests: all }) =>
          all.length === 0 ? (
            <Nothing>{say('requests.none')}</Nothing>
          ) : (
            <Sheet>
              <ul className="divide-y divide-line">
                {all.map((request) => (
                  <li key={request.id}>
                    <RequestLine
                      request={request}
                      busy={takingBack.busy}
                      onTakeBack={() => void takingBack.run(request.id)}
                    />
                  </li>
                ))}
              </ul>
            </Sheet>
          )
        }
      </Come>
      <AskForm onAsked={tell} />
    </Page>
  );
}

interface RequestLineProps {
  readonly request: Request;
  readonly busy: boolean;
  readonly onTakeBack: () => void;
}

function RequestLine({ request, busy, onTakeBack }: RequestLineProps) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const format = useFormat();
  const { number, kind, state, receivedAt, dueOn, waits, refusedBecause, endedAt } = request;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4">
      <div className="min-w-48 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-semibold">{sayMaybe('kind', kind) ?? kind}</h2>
          <Badge tone={TONES[state] ?? 'plain'}>{sayMaybe('state', state) ?? state}</Badge>
        </div>
        <p className="text-sm text-soft">
          {say('requests.number', { number })} · {say('requests.asked', { date: format.day(receivedAt) })}
        </p>
        <p className={endedAt === null ? '' : 'text-sm text-soft'}>
          {endedAt === null
            ? say('requests.due', { date: format.day(dueOn) })
            : say('requests.ended', { date: format.day(endedAt) })}
        </p>
        {waits && <p>{say('requests.waits')}</p>}
        {refusedBecause !== null && <p>{say(`refusal.${refusedBecause}`)}</p>}
      </div>
      {endedAt === null && (
        <Button disabled={busy} onClick={onTakeBack}>
          {say('requests.takeBack')}
          <span className="sr-only">: {say('requests.number', { number })}</span>
        </Button>
      )}
    </div>
  );
}
