/** Courses, and which of them are missing. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge, Loading } from '../../ui/states.tsx';
import { listCourses } from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Page, Sheet } from '../shell/page.tsx';

const TONES = { missing: 'warn', expired: 'warn', valid: 'good' } as const;

export function TrainingPage() {
  const say = useSay();
  const format = useFormat();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['courses'], queryFn: listCourses });
  return (
    <Page title={say('nav.training')} lead={say('training.lead')}>
      {isPending && <Loading label={say('state.loading')} shape="rows" />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Sheet flush>
          <ul className="divide-y divide-line">
            {data.courses.map(({ id, title, minutes, required, state, until }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3">
                <div>
                  <Link
                    to="/training/$course"
                    params={{ course: id }}
                    className="font-medium underline-offset-2 hover:underline"
                  >
                    {title}
                  </Link>
                  <p className="text-xs text-soft">
                    {say('training.minutes', { count: minutes })}
                    {' · '}
                    {say(required ? 'training.required' : 'training.optional')}
                  </p>
                </div>
                <span className="flex items-center gap-3 text-xs text-soft">
                  {until !== null && state === 'valid' && say('training.until', { day: format.day(until) })}
                  <Badge tone={required || state === 'valid' ? TONES[state] : 'plain'}>
                    {say(!required && state === 'missing' ? 'training.notTaken' : `training.${state}`)}
                  </Badge>
                </span>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </Page>
  );
}
