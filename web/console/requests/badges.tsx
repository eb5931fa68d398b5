/** State of a request, and how long is left: never by color alone. */
import type { RequestState } from '../../../contract/requests.ts';
import { Badge, type Tone } from '../../ui/states.tsx';
import type { Request } from '../api/requests.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

const TONE: Readonly<Record<RequestState, Tone>> = {
  received: 'accent',
  'identity-checked': 'plain',
  'in-progress': 'plain',
  extended: 'warn',
  appealed: 'warn',
  fulfilled: 'good',
  refused: 'bad',
  withdrawn: 'plain',
};
const DAY_MS = 86_400_000;
const SOON_MS = 7 * DAY_MS;

export function RequestBadge({ request: { state, waits } }: { readonly request: Request }) {
  const say = useSay();
  if (waits) return <Badge tone="warn">{say('request.waits')}</Badge>;
  return <Badge tone={TONE[state]}>{say(`request.state.${state}`)}</Badge>;
}

/** Whole days to the end of the last day. */
export function DaysLeft({ request: { dueAt, dueOn, endedAt } }: { readonly request: Request }) {
  const say = useSay();
  const format = useFormat();
  if (endedAt !== null)
    return (
      <time dateTime={endedAt} className="text-soft">
        {say('request.endedOn', { day: format.day(endedAt) })}
      </time>
    );
  const left = Date.parse(dueAt) - Date.now();
  const days = Math.ceil(Math.abs(left) / DAY_MS);
  const look = left <= 0 ? 'text-bad font-medium' : left < SOON_MS ? 'text-warn' : '';
  return (
    <time dateTime={dueOn} className={look}>
      {left <= 0
        ? say('request.daysOver', { count: days })
        : days === 1
          ? say('request.dueToday')
          : say('request.daysLeft', { count: days - 1 })}
    </time>
  );
}
