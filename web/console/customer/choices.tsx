/** What the customer agreed to and refused. */
import { Badge, Empty } from '../../ui/states.tsx';
import type { Profile } from '../api/customers.ts';
import { capital, useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';

export function Choices({ choices }: { readonly choices: Profile['choices'] }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  if (choices.length === 0) return <Empty title={say('choices.none')}>{say('choices.noneBody')}</Empty>;
  return (
    <ul className="divide-y divide-line">
      {choices.map(({ purpose, channel, state, how, at }) => (
        <li
          key={`${purpose} ${channel}`}
          className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-2.5"
        >
          <span>
            {capital(name('purpose', purpose))}
            {channel !== null && <span className="text-soft"> · {channel}</span>}
          </span>
          <span className="flex flex-wrap items-baseline gap-x-3">
            <span className="text-xs text-soft">
              {name('how', how)} · {format.moment(at)}
            </span>
            <Badge tone={state === 'granted' ? 'good' : 'bad'}>{say(`choice.${state}`)}</Badge>
          </span>
        </li>
      ))}
    </ul>
  );
}
