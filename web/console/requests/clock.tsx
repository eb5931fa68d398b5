/** The clock of a request, in the words of the laws that wind it. */
import type { Clock, Request } from '../api/requests.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';
import { DaysLeft } from './badges.tsx';
import { Laws } from './stays.tsx';

export function ClockSheet({ request, clock }: { readonly request: Request; readonly clock: Clock }) {
  const say = useSay();
  const format = useFormat();
  const day = (date: string) => format.day(`${date}T12:00`);
  return (
    <Sheet title={say('request.clock')}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-xl font-semibold">{day(clock.dueOn)}</span>
        <DaysLeft request={request} />
        {request.extended && <span className="text-soft">{say('request.isExtended')}</span>}
      </div>
      <ul className="mt-2 space-y-1 text-soft">
        {clock.speed !== null && <li>{say('request.target', { words: clock.speed })}</li>}
        {request.acknowledgeOn !== null && (
          <li className="text-warn">{say('request.tellBy', { day: day(request.acknowledgeOn) })}</li>
        )}
        {clock.extendableTo !== null && !request.extended && request.endedAt === null && (
          <li>{say('request.extendable', { day: day(clock.extendableTo) })}</li>
        )}
        {request.waits && (
          <li>{say(clock.waitingMoves ? 'request.waitingMoves' : 'request.waitingStays')}</li>
        )}
      </ul>
      <div className="mt-3 border-t border-line pt-3">
        {clock.because.length === 0 ? (
          <p className="text-soft">{say('request.noLaw')}</p>
        ) : (
          <Laws laws={clock.because} />
        )}
      </div>
    </Sheet>
  );
}
