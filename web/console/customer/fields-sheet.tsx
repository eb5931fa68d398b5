/** Masked identity: each field with its state, and the reason on demand. */
import { Badge } from '../../ui/states.tsx';
import type { ShownField } from '../api/customers.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { Because } from './because.tsx';
import { byClass, oneLine } from './values.ts';

const TONES = { revealed: 'plain', masked: 'warn', withheld: 'bad' } as const;

export function FieldsSheet({
  fields,
  fresh,
}: {
  readonly fields: Readonly<Record<string, ShownField>>;
  readonly fresh: ReadonlySet<string>;
}) {
  const name = useSayName();
  return (
    <div className="divide-y divide-line">
      {byClass(fields).map(([group, members]) => (
        <section key={group} className="px-4 py-3">
          <h3 className="mb-1 text-xs font-medium text-soft">{name('class', group)}</h3>
          <dl>
            {members.map(([field, shown]) => (
              <div
                key={field}
                className="grid grid-cols-[6.5rem_minmax(0,1fr)] sm:grid-cols-[9rem_minmax(0,1fr)] gap-x-3 py-1.5"
              >
                <dt className="text-soft">{name('field', field)}</dt>
                <dd className={`min-w-0 ${fresh.has(field) ? '-mx-2 rounded bg-accent-wash px-2' : ''}`}>
                  <Shown field={shown} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Shown({ field }: { readonly field: ShownField }) {
  const say = useSay();
  const format = useFormat();
  const { state, value, because } = field;
  const line = oneLine(value, format);
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      {state !== 'withheld' && <span className="min-w-0 break-words">{line ?? say('field.none')}</span>}
      {state !== 'revealed' && <Badge tone={TONES[state]}>{say(`state.${state}`)}</Badge>}
      {state !== 'revealed' && <Because rules={because} />}
    </div>
  );
}
