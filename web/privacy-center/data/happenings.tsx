/** What was noted while the person browsed. */
import type { Happening, Held } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { usePages } from '../loaded.ts';
import { AskedSheet, Paged } from './asked-sheet.tsx';
import { Line, Reason } from './line.tsx';
import { Recipients, Retained, Since, Why } from './reasons.tsx';

export function HappeningsSheet({ count, held }: { readonly count: number; readonly held: Held }) {
  const say = useSay();
  return (
    <AskedSheet title={say('group.events')} count={count}>
      <Happenings held={held} />
    </AskedSheet>
  );
}

/** Parts by name, as the shop told them. */
function partsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function Happenings({ held }: { readonly held: Held }) {
  const say = useSay();
  const format = useFormat();
  const pages = usePages(
    '/events',
    ({ events }: { events: readonly Happening[]; after: string | null }) => events,
  );
  return (
    <Paged pages={pages} keyOf={({ name, at, received }: Happening) => `${at} ${received} ${name}`}>
      {({ name, at, value, state, purposes, retention }) => (
        <Line name={format.moment(at)} value={name}>
          {state === 'described' && <p className="text-sm">{say('data.described')}</p>}
          {partsOf(value).map(([part, told]) => {
            const words = format.value(told);
            return words === null ? null : (
              <Reason key={part} name={part}>
                {words}
              </Reason>
            );
          })}
          <Why purposes={purposes} held={held} />
          <Since at={at} />
          <Retained name={retention} held={held} />
          <Recipients held={held} purposes={purposes} />
        </Line>
      )}
    </Paged>
  );
}
