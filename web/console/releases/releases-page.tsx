/** Figures that were released, each with the noise that protects it, and the budgets that they cost. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Badge, Empty, Loading } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { type BudgetRow, type Listed, listBudgets, listReleases } from '../api/releases.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page } from '../shell/page.tsx';
import { shareOf, shortAmount } from './amounts.ts';
import { BudgetDialog } from './budget-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

export function ReleasesPage() {
  const say = useSay();
  const { role } = useSession();
  const [budgeting, setBudgeting] = useState(false);
  return (
    <Page
      wide
      title={say('nav.releases')}
      lead={say('release.lead')}
      actions={
        MAY.setBudget(role) && <Button onClick={() => setBudgeting(true)}>{say('release.setBudget')}</Button>
      }
    >
      <div className="space-y-7">
        {MAY.budgets(role) && <Budgets />}
        <Releases />
      </div>
      {budgeting && <BudgetDialog onClose={() => setBudgeting(false)} />}
    </Page>
  );
}

function Budgets() {
  const say = useSay();
  const { data, error, refetch } = useQuery({ queryKey: ['budgets'], queryFn: listBudgets });
  return (
    <section>
      <h2 className="mb-2 text-sm font-semibold">{say('release.budgets')}</h2>
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} lines={2} />}
      {data?.budgets.length === 0 && (
        <Empty title={say('release.noBudget')}>{say('release.noBudgetHint')}</Empty>
      )}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {data?.budgets.map((budget) => (
          <BudgetCard key={`${budget.dataset} ${budget.purpose}`} budget={budget} />
        ))}
      </ul>
    </section>
  );
}

function BudgetCard({ budget }: { readonly budget: BudgetRow }) {
  const say = useSay();
  const name = useSayName();
  const language = useLanguage();
  const { dataset, purpose, epsilon, delta, limit, spent } = budget;
  const share = shareOf(spent.rho, limit.rho);
  const title = say('release.budgetOf', {
    dataset: name('dataset', dataset),
    purpose: name('purpose', purpose),
  });
  return (
    <li className="rounded-lg border border-line bg-sheet p-4">
      <div className="font-medium first-letter:uppercase">{title}</div>
      <div className="mt-2 flex items-center gap-3">
        <div
          role="meter"
          aria-label={title}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          className="h-2 flex-1 overflow-hidden rounded-full bg-wash ring-1 ring-line-strong"
        >
          <div
            className={`h-full ${share < 0.9 ? 'bg-accent' : 'bg-bad'}`}
            style={{ width: `${share * 100}%` }}
          />
        </div>
        <span className="text-xs">
          {say('release.spent', {
            share: new Intl.NumberFormat(language, { style: 'percent' }).format(share),
          })}
        </span>
      </div>
      <div className="mt-2 text-xs text-soft">{say('release.limit', { epsilon, delta })}</div>
      <div className="text-xs text-soft">
        {say('release.rho', {
          spent: shortAmount(spent.rho, language),
          limit: shortAmount(limit.rho, language),
        })}
      </div>
    </li>
  );
}

function Releases() {
  const say = useSay();
  const { role } = useSession();
  const [shown, setShown] = useState<Listed | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['releases'], queryFn: listReleases });
  const columns: readonly Column[] = [
    { key: 'name', label: say('release.name') },
    { key: 'privacy', label: say('release.privacy'), wide: true },
    { key: 'roles', label: say('release.roles'), wide: true },
    { key: 'made', label: say('release.made'), wide: true },
    { key: 'until', label: say('release.until') },
  ];
  return (
    <section>
      <h2 className="mb-2 text-sm font-semibold">{say('release.list')}</h2>
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && (
        <Loading label={say('state.loading')} lines={6} shape="rows" />
      )}
      {data?.releases.length === 0 && (
        <Empty title={say('release.none')}>
          {say(MAY.budgets(role) ? 'release.noneMaker' : 'release.noneHint')}
        </Empty>
      )}
      {data !== undefined && data.releases.length > 0 && (
        <Table label={say('release.list')} columns={columns}>
          {data.releases.map((each) => (
            <ReleaseRow key={each.id} release={each} onOpen={() => setShown(each)} />
          ))}
        </Table>
      )}
      {shown !== null && <ReleaseDialog listed={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function ReleaseRow({ release, onOpen }: { readonly release: Listed; readonly onOpen: () => void }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const { question, purpose, privacy, roles, madeAt, until } = release;
  const over = Date.parse(until) < Date.now();
  return (
    <Row>
      <Cell head>
        <button
          type="button"
          onClick={onOpen}
          className="cursor-pointer text-left font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
        >
          {release.name}
        </button>
        <div className="text-xs text-soft">
          {say(`release.kind.${question.kind}`)} · {name('purpose', purpose)}
        </div>
      </Cell>
      <Cell wide>{'rho' in privacy ? `ρ = ${privacy.rho}` : `ε = ${privacy.epsilon}`}</Cell>
      <Cell wide>{roles.map((each) => say(`role.${each}`)).join(', ')}</Cell>
      <Cell wide>{format.day(madeAt)}</Cell>
      <Cell>{over ? <Badge>{say('release.over')}</Badge> : format.day(until)}</Cell>
    </Row>
  );
}
