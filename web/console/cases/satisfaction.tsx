/** How satisfied customers were with their cases of the last weeks. */
import { useQuery } from '@tanstack/react-query';
import { readSatisfaction, type SatisfactionWeek } from '../api/cases.ts';
import { Bars } from '../charts/bars.tsx';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';
import { averageOf } from './average.ts';

export function Satisfaction() {
  const { data, error, refetch } = useQuery({ queryKey: ['satisfaction'], queryFn: readSatisfaction });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  return <Drawn weeks={data.weeks} />;
}

function Drawn({ weeks }: { readonly weeks: readonly SatisfactionWeek[] }) {
  const say = useSay();
  const format = useFormat();
  const { average, rated, cases } = averageOf(weeks);
  const gave = (grades: readonly number[]) =>
    weeks.map(({ given }) => grades.reduce((sum, grade) => sum + (given[grade - 1] ?? 0), 0));
  return (
    <Sheet
      title={say('satisfaction.title')}
      actions={
        average !== null && <span>{say('satisfaction.average', { average: format.number(average) })}</span>
      }
    >
      {average === null ? (
        <p className="text-soft">{say('satisfaction.none')}</p>
      ) : (
        <>
          <p className="mb-3 text-soft">
            {say('satisfaction.lead', { rated: format.number(rated), cases: format.number(cases) })}
          </p>
          <Bars
            label={say('satisfaction.title')}
            periods={weeks.map(({ week }) => week)}
            periodName={say('rates.period.week')}
            series={[
              { key: 'good', label: say('satisfaction.good'), tone: 'good', values: gave([4, 5]) },
              { key: 'fair', label: say('satisfaction.fair'), tone: 'plain', values: gave([3]) },
              { key: 'bad', label: say('satisfaction.bad'), tone: 'bad', values: gave([1, 2]) },
            ]}
          />
        </>
      )}
    </Sheet>
  );
}
