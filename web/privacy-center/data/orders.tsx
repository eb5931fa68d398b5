/** Orders: what was bought, and how long a law keeps the record. */
import type { Held, Order } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { usePages } from '../loaded.ts';
import { AskedSheet, Paged } from './asked-sheet.tsx';
import { Line, Reason } from './line.tsx';
import { Recipients, Retained, Since, Why } from './reasons.tsx';

interface Bought {
  readonly name?: unknown;
  readonly quantity?: unknown;
}

export function OrdersSheet({ count, held }: { readonly count: number; readonly held: Held }) {
  const say = useSay();
  return (
    <AskedSheet title={say('group.orders')} count={count}>
      <Orders held={held} />
    </AskedSheet>
  );
}

function Orders({ held }: { readonly held: Held }) {
  const pages = usePages(
    '/orders',
    ({ orders }: { orders: readonly Order[]; after: string | null }) => orders,
  );
  return (
    <Paged pages={pages} keyOf={({ id }: Order) => id}>
      {(order) => <OrderLine order={order} held={held} />}
    </Paged>
  );
}

/** The parts of an order that have a place of their own here, whatever the shop told beside them. */
function partsOf(told: unknown) {
  const order = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>;
  const { orderId, total, currency, lines } = order;
  return {
    number: typeof orderId === 'string' ? orderId : null,
    total: typeof total === 'number' ? total : null,
    currency: typeof currency === 'string' ? currency : null,
    lines: (Array.isArray(lines) ? lines : []) as readonly Bought[],
  };
}

function OrderLine({ order, held }: { readonly order: Order; readonly held: Held }) {
  const say = useSay();
  const format = useFormat();
  const { number, total, currency, lines } = partsOf(order.order);
  const money =
    total === null ? null : currency === null ? format.number(total) : format.money(total, currency);
  const party = format.value(order.party);
  return (
    <Line
      name={format.day(order.at)}
      value={number === null ? say('data.ordered') : say('data.order', { number })}
      {...(money === null ? {} : { note: money })}
    >
      {lines.length > 0 && (
        <Reason name={say('data.goods')}>
          {lines.map(({ name, quantity }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of an order have no other name.
            <div key={at}>
              {typeof quantity === 'number' && `${format.number(quantity)} × `}
              {format.value(name)}
            </div>
          ))}
        </Reason>
      )}
      {party !== null && <Reason name={say('data.party')}>{party}</Reason>}
      {order.state === 'described' && <p className="text-sm">{say('data.described')}</p>}
      <Why purposes={order.purposes} held={held} />
      <Since at={order.at} />
      <Retained name={order.retention} held={held} days={order} />
      <Recipients held={held} purposes={order.purposes} />
    </Line>
  );
}
