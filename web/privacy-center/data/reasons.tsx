/** Why something is held, since when, from where, how long, and who got it. */
import type { Held, HeldValue } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayMaybe } from '../language.ts';
import { usePurposeName } from '../purposes.ts';
import { Reason } from './line.tsx';

export function Why({ purposes, held }: { readonly purposes: readonly string[]; readonly held: Held }) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const purposeName = usePurposeName();
  const known = new Map(held.purposes.map((purpose) => [purpose.name, purpose]));
  return (
    <Reason name={say('data.why')}>
      <ul className="space-y-1.5">
        {purposes.map((name) => {
          const { basis = '', source = '' } = known.get(name) ?? {};
          const rest = [sayMaybe('basis', basis) ?? basis, source].filter((words) => words !== '');
          return (
            <li key={name}>
              {purposeName(name)}
              {rest.length > 0 && <span className="block text-sm text-soft">{rest.join(' · ')}</span>}
            </li>
          );
        })}
      </ul>
    </Reason>
  );
}

export function Since({ at }: { readonly at: string }) {
  const say = useSay();
  const format = useFormat();
  return <Reason name={say('data.since')}>{format.day(at)}</Reason>;
}

/** The earliest moment, and each source once. */
export function Sources({ sources }: { readonly sources: HeldValue['sources'] }) {
  const say = useSay();
  const earliest = sources.map(({ since }) => since).sort()[0];
  const from = [...new Set(sources.map((source) => source.from))];
  return (
    <>
      {earliest !== undefined && <Since at={earliest} />}
      {from.length > 0 && (
        <Reason name={say('data.from')}>
          {from.map((each) => (
            <div key={each}>{say(`data.${each}`)}</div>
          ))}
        </Reason>
      )}
    </>
  );
}

interface RetainedProps {
  readonly name: string;
  readonly held: Held;
  /** Of one order, which has days of its own. */
  readonly days?: { readonly keptUntil: string | null; readonly goes: string | null };
}

export function Retained({ name, held, days }: RetainedProps) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const format = useFormat();
  const rule = held.retention.find((each) => each.class === name);
  const { keptUntil, goes } = days ?? rule ?? { keptUntil: null, goes: null };
  const set = rule?.set ?? null;
  const long =
    set === null
      ? say('long.customer')
      : set === 'duty' || set === 'never'
        ? say(`long.${set}`)
        : (sayMaybe('long', rule!.anchor)?.replace('{span}', format.span(set)) ?? format.span(set));
  const laws = [...new Set((rule?.least ?? []).map(({ citation }) => citation))];
  return (
    <Reason name={say('data.long')}>
      {long}
      {keptUntil !== null && (
        <div className="text-sm text-soft">
          {say('long.kept', { date: format.day(keptUntil) })} {laws.length > 0 && `(${laws.join('; ')})`}
        </div>
      )}
      {goes !== null && (
        <div className="text-sm text-soft">{say('long.goes', { date: format.day(goes) })}</div>
      )}
    </Reason>
  );
}

/** Who received what is held for one of these purposes. */
export function Recipients({
  purposes,
  held,
}: {
  readonly purposes: readonly string[];
  readonly held: Held;
}) {
  const say = useSay();
  const format = useFormat();
  const got = held.recipients.filter(({ purpose }) => purposes.includes(purpose));
  return (
    <Reason name={say('data.who')}>
      {got.length === 0
        ? say('data.nobody')
        : got.map(({ name, since }) => (
            <div key={`${name} ${since}`}>
              {name} <span className="text-sm text-soft">{format.day(since)}</span>
            </div>
          ))}
    </Reason>
  );
}
