/** What an erasure leaves, by whose law, and until when. */
import type { Clock, Hold } from '../api/requests.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';

export function Stays({ stays }: { readonly stays: readonly Hold[] }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const day = (date: string) => format.day(`${date}T12:00`);
  return (
    <ul className="space-y-3">
      {stays.map((hold) => (
        <li key={hold.class}>
          <p>
            <span className="font-medium">{name('holds.class', hold.class)}</span>{' '}
            <span className="text-soft">
              · {say('holds.orders', { count: hold.count, shown: format.number(hold.count) })} ·{' '}
              {say(`holds.because.${hold.because}`)}
            </span>
          </p>
          <p className="mt-0.5 text-soft">
            {hold.goes === null
              ? say('holds.noEnd')
              : say('holds.goes', {
                  day: day(hold.goes),
                  until: hold.until === null ? '' : day(hold.until),
                })}
          </p>
          {hold.laws.length > 0 && (
            <details className="mt-1">
              <summary className="cursor-pointer text-xs text-soft">
                {say('retention.rules', { count: hold.laws.length })}
              </summary>
              <div className="pt-2">
                <Laws laws={hold.laws} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What laws say, in their own words, with where it stands. */
export function Laws({ laws }: { readonly laws: Clock['because'] }) {
  const say = useSay();
  return (
    <ul className="space-y-2">
      {laws.map(({ regime, says, citation, verified }) => (
        <li key={`${regime} ${citation} ${says}`} className="max-w-prose">
          <span lang="en">{says}</span>
          <span className="block text-xs text-soft">
            <span lang="en">{citation}</span> ({regime}
            {!verified && `, ${say('retention.unverified')}`})
          </span>
        </li>
      ))}
    </ul>
  );
}
