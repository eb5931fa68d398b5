/** The retention report: the schedule of each region, and the last runs. */
import { useQuery } from '@tanstack/react-query';
import { Empty, Loading } from '../../ui/states.tsx';
import { readRetentionReport } from '../api/reports.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { RunsTable } from '../retention/runs.tsx';
import { ScheduleTables } from '../retention/schedule.tsx';

export function RetentionReportView() {
  const say = useSay();
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'retention'],
    queryFn: readRetentionReport,
  });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={8} />;
  return (
    <>
      <section>
        <h2 className="mb-2 font-medium">{say('retention.schedule')}</h2>
        <ScheduleTables schedules={data.schedule} />
      </section>
      <section>
        <h2 className="mb-2 font-medium">{say('retention.runs')}</h2>
        {data.runs.length === 0 ? (
          <Empty title={say('retention.noRuns')}>{say('retention.noRunsHint')}</Empty>
        ) : (
          <RunsTable runs={data.runs} />
        )}
      </section>
    </>
  );
}
