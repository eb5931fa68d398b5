/** What needs somebody today. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { Empty, Loading } from '../../ui/states.tsx';
import { summarizeCases } from '../api/cases.ts';
import type { CasesView } from '../cases/table-state.ts';
import { useWaiting } from '../conditions/queries.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { DueRequests } from './due-requests.tsx';
import { NextCases } from './next-cases.tsx';

/** Below what is to be done: it is fetched when the rest is there. */
const Satisfaction = lazy(() =>
  import('../cases/satisfaction.tsx').then((part) => ({ default: part.Satisfaction })),
);

export function HomePage() {
  const say = useSay();
  const { person, role } = useSession();
  return (
    <Page title={say('home.title', { name: person.name })} name={say('nav.home')} lead={say('home.lead')}>
      <div className="space-y-6">
        <ToDo />
        {MAY.requests(role) && <DueRequests />}
        {MAY.cases(role) && <Cases />}
        {MAY.cases(role) && <NextCases />}
      </div>
    </Page>
  );
}

interface Line {
  readonly key: string;
  readonly to: '/training' | '/conditions';
  readonly icon: IconName;
  readonly text: string;
}

function ToDo() {
  const say = useSay();
  const { trainingMissing, role } = useSession();
  const { approvals, approved, glass, alerts } = useWaiting();
  const count = (key: string, of: readonly unknown[], to: Line['to'], icon: IconName): Line[] =>
    of.length === 0 ? [] : [{ key, to, icon, text: say(`home.${key as 'alerts'}`, { count: of.length }) }];
  const lines = [
    ...count('training', trainingMissing, '/training', 'training'),
    ...count('alerts', alerts, '/conditions', 'alert'),
    ...count('glass', glass, '/conditions', 'quarantine'),
    ...count('approvals', approvals, '/conditions', 'approvals'),
    ...count('approved', approved, '/conditions', 'check'),
  ];
  if (lines.length === 0)
    return MAY.cases(role) ? null : <Empty title={say('home.nothing')}>{say('home.nothingBody')}</Empty>;
  return (
    <Sheet flush title={say('home.needs')}>
      <ul className="divide-y divide-line">
        {lines.map(({ key, to, icon, text }) => (
          <li key={key}>
            <Link
              to={to}
              className="flex min-h-11 items-center gap-3 px-4 py-2 -outline-offset-2 hover:bg-wash"
            >
              <Icon name={icon} className="text-warn" />
              <span className="flex-1">{text}</span>
              <Icon name="right" className="text-soft" />
            </Link>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

const TILES = {
  mine: { assignee: 'me' },
  overdue: {},
  dueToday: {},
  unassigned: { assignee: 'none' },
  complaints: { kind: 'complaint' },
  waiting: { status: 'waiting' },
} as const satisfies Readonly<Record<string, CasesView>>;

function Cases() {
  const say = useSay();
  const format = useFormat();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['cases', 'summary'],
    queryFn: summarizeCases,
  });
  if (isPending) return <Loading label={say('state.loading')} lines={6} shape="tiles" />;
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <section aria-labelledby="home-cases">
      <h2 id="home-cases" className="mb-2 text-sm font-semibold">
        {say('nav.cases')}
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {(Object.keys(TILES) as (keyof typeof TILES)[]).map((name) => (
          <li key={name}>
            <Link
              to="/cases"
              search={TILES[name]}
              className="block h-full rounded-lg border border-line bg-sheet px-4 py-3 hover:border-line-strong"
            >
              <span
                className={`block text-2xl font-semibold ${name === 'overdue' && data[name] > 0 ? 'text-bad' : ''}`}
              >
                {format.number(data[name])}
              </span>
              <span className="text-soft">{say(`home.tile.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>
        <div className="mt-4">
          <Satisfaction />
        </div>
      </Suspense>
    </section>
  );
}
