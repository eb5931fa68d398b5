/** What a law obliges the shop to keep: why, and until when. */
import type { ErasePreview } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayMaybe } from '../language.ts';

type Kept = ErasePreview['keeps'][number];

export function KeptList({ kept }: { readonly kept: readonly Kept[] }) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const format = useFormat();
  return (
    <>
      <p className="mb-3 text-pretty">{say('delete.staysSays')}</p>
      <ul className="space-y-3">
        {kept.map(({ class: name, purpose, orders, until, least }) => {
          const laws = [...new Set(least.map(({ citation }) => citation))];
          return (
            <li key={`${name} ${purpose}`}>
              <div className="font-semibold">{sayMaybe('class', name) ?? name}</div>
              <div className="text-sm text-soft">
                {orders > 0 && <div>{say('delete.orders', { count: format.number(orders) })}</div>}
                {laws.length > 0 && <div>{laws.join('; ')}</div>}
                <div>{until === null ? say('long.duty') : say('long.goes', { date: format.day(until) })}</div>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
