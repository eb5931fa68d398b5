/** What cannot go now, whoever asks for it: by class, with the reason, and until when. */
import { useQuery } from '@tanstack/react-query';
import { Empty, Loading } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type Holds, readHolds } from '../api/retention.ts';
import { Failed } from '../failed.tsx';
import { capital, useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';

export function HoldsView() {
  const say = useSay();
  const { data, error, refetch } = useQuery({ queryKey: ['retention', 'holds'], queryFn: readHolds });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={6} />;
  if (data.holds.length === 0)
    return <Empty title={say('retention.noHolds')}>{say('retention.noHoldsHint')}</Empty>;
  const columns = [
    { key: 'class', label: say('retention.class') },
    { key: 'held', label: say('retention.heldRecords') },
    { key: 'because', label: say('retention.why'), wide: true },
    { key: 'until', label: say('retention.until'), wide: true },
  ];
  return (
    <div className="space-y-3">
      <p className="max-w-3xl text-soft">{say('retention.heldLead')}</p>
      <Table label={say('retention.held')} columns={columns}>
        {data.holds.map((hold) => (
          <Held key={`${hold.kind} ${hold.because}`} hold={hold} />
        ))}
      </Table>
    </div>
  );
}

function Held({ hold }: { readonly hold: Holds['holds'][number] }) {
  const name = useSayName();
  const format = useFormat();
  const because = capital(name('retention.because', hold.because));
  return (
    <Row>
      <Cell head>{name('retention.class', hold.class)}</Cell>
      <Cell>
        <span className="font-medium tabular-nums">{format.number(hold.count)}</span>{' '}
        {name('retention.kind', hold.kind)}
        <div className="pt-1 text-xs text-soft lg:hidden">
          {because} · <Until hold={hold} />
        </div>
      </Cell>
      <Cell wide>{because}</Cell>
      <Cell wide>
        <Until hold={hold} />
      </Cell>
    </Row>
  );
}

function Until({ hold: { because, from, until } }: { readonly hold: Holds['holds'][number] }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const day = (date: string) => format.day(`${date}T12:00`);
  if (because !== 'duty') return name('retention.ends', because);
  if (from === null || until === null) return say('holds.noEnd');
  return from === until
    ? say('retention.untilDay', { day: day(from) })
    : say('retention.untilDays', { from: day(from), until: day(until) });
}
