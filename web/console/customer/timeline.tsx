/** What happened with a customer, newest first, as far as purpose and evidence reach. */
import { Badge, Empty } from '../../ui/states.tsx';
import type { Profile, TimelineItem } from '../api/customers.ts';
import { type Format, useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { Because } from './because.tsx';
import { named } from './values.ts';

type Values = Readonly<Record<string, unknown>>;

/** Shown apart, or by nobody read. */
const APART = new Set([
  'lines',
  'products',
  'orderId',
  'order_id',
  'ticket_id',
  'state',
  'occurredAt',
  'total',
  'currency',
  'subject',
  'body',
  'channel',
  'priority',
]);

export function Timeline({ profile }: { readonly profile: Profile }) {
  const say = useSay();
  const { timeline, withheld } = profile;
  return (
    <div className="p-4">
      {timeline.length === 0 && <Empty title={say('timeline.none')}>{say('timeline.noneBody')}</Empty>}
      <ol className="space-y-4">
        {timeline.map((item) => (
          <li key={item.id} className="border-l-2 border-line pl-3">
            <Item item={item} />
          </li>
        ))}
      </ol>
      {withheld.map(({ kind, because }) => (
        <div key={kind} className="mt-4 border-t border-line pt-3 text-soft">
          {say(`timeline.withheld.${kind}`)} <Because rules={because} />
        </div>
      ))}
    </div>
  );
}

function Item({ item }: { readonly item: TimelineItem }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const value = (typeof item.value === 'object' && item.value !== null ? item.value : {}) as Values;
  const masked = Object.keys(item.texts ?? {}).length > 0;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{titleOf(item, value, say, name)}</h3>
        <time dateTime={item.at} className="text-xs text-soft">
          {format.moment(item.at)}
        </time>
      </div>
      <div className="mt-0.5 flex flex-wrap items-center gap-2">
        {amountOf(value, format) !== null && <span>{amountOf(value, format)}</span>}
        {typeof value.state === 'string' && <Badge>{name('state', value.state)}</Badge>}
        {masked && <Badge tone="warn">{say('timeline.texts')}</Badge>}
      </div>
      {typeof value.subject === 'string' && <p className="mt-1 font-medium">{value.subject}</p>}
      {typeof value.body === 'string' && (
        <p className="mt-1 max-w-prose whitespace-pre-line break-words">{value.body}</p>
      )}
      <More value={value} />
    </>
  );
}

function titleOf(
  { kind, name }: TimelineItem,
  value: Values,
  say: ReturnType<typeof useSay>,
  nameOf: (group: string, name: string) => string,
): string {
  if (kind === 'order') return say('timeline.order', { number: String(value.orderId ?? '') });
  if (kind === 'case') return say('timeline.case', { number: String(value.ticket_id ?? '') });
  return nameOf('event', name ?? '');
}

function amountOf({ total, currency }: Values, format: Format): string | null {
  return typeof total === 'number' && typeof currency === 'string' ? format.money(total, currency) : null;
}

function More({ value }: { readonly value: Values }) {
  const say = useSay();
  const format = useFormat();
  const lines = [value.lines, value.products].find(Array.isArray) as readonly Values[] | undefined;
  const rest = Object.entries(value).filter(([key]) => !APART.has(key));
  const parts = named(Object.fromEntries(rest), format);
  if (lines === undefined && parts.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="inline-flex cursor-pointer text-xs text-soft underline decoration-dotted underline-offset-2 hover:text-ink">
        {lines === undefined ? say('timeline.details') : say('timeline.lines', { count: lines.length })}
      </summary>
      {lines?.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of an order have no other name, and never move.
        <p key={at} className="mt-1">
          {String(line.quantity ?? 1)} × {String(line.name ?? line.sku ?? '')}
          {typeof line.price === 'number' && typeof value.currency === 'string' && (
            <span className="text-soft"> {format.money(line.price, value.currency)}</span>
          )}
        </p>
      ))}
      {parts.length > 0 && (
        <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-xs">
          {parts.map(([key, words]) => (
            <div key={key} className="contents">
              <dt className="text-soft">{key}</dt>
              <dd className="break-words">{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
