/** What the last runs let go of, and what they passed over. */
import { useQuery } from '@tanstack/react-query';
import { Badge, Empty, Loading } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type Runs, readRuns } from '../api/retention.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Counts } from './counts.tsx';

export function RunsView() {
  const say = useSay();
  const { data, error, refetch } = useQuery({ queryKey: ['retention', 'runs'], queryFn: readRuns });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={6} />;
  if (data.runs.length === 0)
    return <Empty title={say('retention.noRuns')}>{say('retention.noRunsHint')}</Empty>;
  return <RunsTable runs={data.runs} />;
}

export function RunsTable({ runs }: { readonly runs: Runs['runs'] }) {
  const say = useSay();
  const columns = [
    { key: 'day', label: say('retention.day') },
    { key: 'gone', label: say('retention.gone') },
    { key: 'stays', label: say('retention.stays'), wide: true },
  ];
  return (
    <Table label={say('retention.runs')} columns={columns}>
      {runs.map((run) => (
        <Run key={run.on} run={run} />
      ))}
    </Table>
  );
}

function Run({ run }: { readonly run: Runs['runs'][number] }) {
  const say = useSay();
  const format = useFormat();
  return (
    <Row>
      <Cell head className="whitespace-nowrap">
        <time dateTime={run.on}>{format.day(run.on)}</time>
        {run.finishedAt === null && (
          <div className="pt-1">
            <Badge tone="warn">{say('retention.unfinished')}</Badge>
          </div>
        )}
      </Cell>
      <Cell>
        {run.gone.length === 0 ? (
          <span className="text-soft">{say('retention.nothing')}</span>
        ) : (
          <Counts counts={run.gone} />
        )}
        {run.passed.length > 0 && (
          <div className="pt-2 lg:hidden">
            <div className="text-xs text-soft">{say('retention.stays')}</div>
            <Counts counts={run.passed} />
          </div>
        )}
      </Cell>
      <Cell wide>{run.passed.length > 0 && <Counts counts={run.passed} />}</Cell>
    </Row>
  );
}
