/** Requests of a year in figures. */
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../ui/field.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type RequestFigures, readRequestFigures } from '../api/reports.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';

const COUNTS = ['received', 'complied', 'denied', 'withdrawn', 'open', 'late'] as const;

interface FiguresProps {
  readonly year: number | undefined;
  readonly onYear: (year: number) => void;
}

export function RequestFiguresView({ year, onYear }: FiguresProps) {
  const say = useSay();
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'requests', year],
    queryFn: () => readRequestFigures(year),
  });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={6} />;
  const years = [...new Set([data.year, ...data.years])].sort((a, b) => b - a);
  return (
    <>
      <div className="w-40">
        <SelectField
          label={say('report.year')}
          value={String(data.year)}
          onChange={({ target }) => onYear(Number(target.value))}
          options={years.map((each) => ({ value: String(each), label: String(each) }))}
        />
      </div>
      {data.kinds.length === 0 ? (
        <Empty title={say('report.noRequests')}>{say('report.noRequestsBody', { year: data.year })}</Empty>
      ) : (
        <Figures report={data} />
      )}
      {data.denials.length > 0 && <Denials report={data} />}
    </>
  );
}

function Figures({ report }: { readonly report: RequestFigures }) {
  const say = useSay();
  const format = useFormat();
  const columns = [
    { key: 'kind', label: say('request.column.kind') },
    ...COUNTS.map((name) => ({ key: name, label: say(`report.figure.${name}`) })),
    { key: 'median', label: say('report.figure.median') },
    { key: 'mean', label: say('report.figure.mean') },
  ];
  const rows = [
    ...report.kinds.map(({ kind, figures }) => ({ key: kind, label: say(`request.kind.${kind}`), figures })),
    { key: 'all', label: say('report.all'), figures: report.all },
  ];
  const days = (count: number | null) => (count === null ? '–' : format.number(count));
  return (
    <Table label={say('report.requests')} columns={columns}>
      {rows.map(({ key, label, figures }) => (
        <Row key={key}>
          <Cell head className={`min-w-32 ${key === 'all' ? 'font-semibold' : ''}`}>
            {label}
          </Cell>
          {COUNTS.map((name) => (
            <Cell
              key={name}
              className={`tabular-nums ${name === 'late' && figures.late > 0 ? 'font-medium text-bad' : ''}`}
            >
              {format.number(figures[name])}
            </Cell>
          ))}
          <Cell className="tabular-nums">{days(figures.medianDays)}</Cell>
          <Cell className="tabular-nums">{days(figures.meanDays)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function Denials({ report }: { readonly report: RequestFigures }) {
  const say = useSay();
  const format = useFormat();
  return (
    <Sheet title={say('report.denials')}>
      <ul className="space-y-1">
        {report.denials.map(({ because, count }) => (
          <li key={because}>
            <span className="font-medium tabular-nums">{format.number(count)}</span>{' '}
            {say(`request.refusal.${because as 'legal-duty'}`)}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
