/** Tonight, and the months to come. */
import { useQuery } from '@tanstack/react-query';
import { Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type Calendar, type DryRun, readCalendar, readDryRun } from '../api/retention.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { Counts } from './counts.tsx';

const MONTHS = 12;

export function CalendarView() {
  const say = useSay();
  const tonight = useQuery({ queryKey: ['retention', 'dry-run'], queryFn: readDryRun });
  const months = useQuery({ queryKey: ['retention', 'calendar'], queryFn: () => readCalendar(MONTHS) });
  const error = tonight.error ?? months.error;
  const again = () => void Promise.all([tonight.refetch(), months.refetch()]);
  if (error !== null) return <Failed error={error} onRetry={again} />;
  if (tonight.data === undefined || months.data === undefined)
    return <Loading label={say('state.loading')} lines={8} />;
  return (
    <div className="space-y-8">
      <Tonight run={tonight.data} />
      <Months calendar={months.data} />
    </div>
  );
}

function Tonight({ run }: { readonly run: DryRun }) {
  const say = useSay();
  return (
    <section aria-label={say('retention.tonight')}>
      <h2 className="mb-2 font-medium">{say('retention.tonight')}</h2>
      <Notice look={run.goes.length === 0 ? 'good' : 'plain'}>
        {run.goes.length === 0 ? say('retention.nothingTonight') : <Counts counts={run.goes} />}
      </Notice>
      {run.passed.length > 0 && (
        <div className="mt-3">
          <h3 className="mb-1 text-soft">{say('retention.stays')}</h3>
          <Counts counts={run.passed} />
        </div>
      )}
    </section>
  );
}

function Months({ calendar }: { readonly calendar: Calendar }) {
  const say = useSay();
  const language = useLanguage();
  const names = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const months = calendar.months.filter(({ goes }) => goes.length > 0);
  const columns = [
    { key: 'month', label: say('retention.month') },
    { key: 'goes', label: say('retention.goes') },
  ];
  return (
    <section aria-label={say('retention.months')}>
      <h2 className="mb-2 font-medium">{say('retention.months')}</h2>
      {months.length === 0 ? (
        <Empty title={say('retention.none')}>{say('retention.noneHint')}</Empty>
      ) : (
        <Table label={say('retention.months')} columns={columns}>
          {months.map(({ month, goes }) => (
            <Row key={month}>
              <Cell head className="whitespace-nowrap">
                {names.format(new Date(`${month}-01T00:00:00Z`))}
              </Cell>
              <Cell>
                <Counts counts={goes} />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </section>
  );
}
