/** What needs a second pair of eyes: alerts, approvals, and glass that was broken. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Badge, Loading } from '../../ui/states.tsx';
import {
  type Alert,
  type Approval,
  approvalReason,
  decideApproval,
  type Glass,
  glassReason,
  reviewGlass,
  seeAlert,
} from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useColleagues, useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { BreakGlass } from './break-glass.tsx';
import { useAlerts, useApprovals, useGlass } from './queries.ts';

export function ConditionsPage() {
  const say = useSay();
  const { role } = useSession();
  const [breaking, setBreaking] = useState(false);
  const approvals = useApprovals();
  const glass = useGlass();
  const alerts = useAlerts();
  return (
    <Page
      title={say('nav.conditions')}
      lead={say('conditions.lead')}
      actions={<Button onClick={() => setBreaking(true)}>{say('glass.break')}</Button>}
    >
      <div className="space-y-5">
        {MAY.watch(role) && (
          <List title={say('alerts.title')} empty={say('alerts.none')} query={alerts}>
            {alerts.data?.alerts.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </List>
        )}
        <List title={say('approvals.title')} empty={say('approvals.none')} query={approvals}>
          {approvals.data?.approvals.map((approval) => (
            <ApprovalRow key={approval.id} approval={approval} />
          ))}
        </List>
        <List title={say('glass.title')} empty={say('glass.none')} query={glass}>
          {glass.data?.breakGlass.map((each) => (
            <GlassRow key={each.id} glass={each} />
          ))}
        </List>
      </div>
      {breaking && <BreakGlass onClose={() => setBreaking(false)} />}
    </Page>
  );
}

interface ListProps {
  readonly title: string;
  readonly empty: string;
  readonly query: { readonly isPending: boolean; readonly error: unknown; readonly refetch: () => unknown };
  readonly children: readonly ReactNode[] | undefined;
}

function List({ title, empty, query, children = [] }: ListProps) {
  const say = useSay();
  return (
    <Sheet flush title={title}>
      {query.isPending && (
        <div className="p-4">
          <Loading label={say('state.loading')} lines={2} />
        </div>
      )}
      {query.error !== null && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {!query.isPending && query.error === null && children.length === 0 && (
        <p className="px-4 py-3 text-soft">{empty}</p>
      )}
      <ul className="divide-y divide-line">{children}</ul>
    </Sheet>
  );
}

/** Does it, and reads the lists anew. */
function useStep(step: (yes: boolean) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSettled: () =>
      Promise.all(
        ['approvals', 'glass', 'alerts'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

function useName(): (id: string) => string {
  const say = useSay();
  const { people } = useColleagues();
  return (id) => people.find((person) => person.id === id)?.name ?? say('case.somebody');
}

function Row({
  head,
  at,
  badge,
  children,
}: {
  readonly head: ReactNode;
  readonly at: string;
  readonly badge?: ReactNode;
  readonly children?: ReactNode;
}) {
  const format = useFormat();
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>{head}</span>
        <span className="flex items-baseline gap-2 text-xs text-soft">
          <time dateTime={at}>{format.moment(at)}</time>
          {badge}
        </span>
      </div>
      {children}
    </li>
  );
}

function AlertRow({ alert }: { readonly alert: Alert }) {
  const say = useSay();
  const nameOf = useName();
  const { mutate, isPending, error } = useStep(() => seeAlert(alert.id));
  return (
    <Row
      head={
        alert.kind === 'request-due' || alert.kind === 'request-overdue' ? (
          <Link
            to="/requests/$id"
            params={{ id: alert.subject ?? '' }}
            className="underline underline-offset-2"
          >
            {say(`alert.${alert.kind}`)}
          </Link>
        ) : (
          say(`alert.${alert.kind}`, { name: nameOf(alert.person ?? '') })
        )
      }
      at={alert.raisedAt}
      badge={alert.seenAt === null ? <Badge tone="warn">{say('alerts.new')}</Badge> : undefined}
    >
      {error !== null && <Failed error={error} />}
      {alert.seenAt === null && (
        <Button className="mt-2" busy={isPending} onClick={() => mutate(true)}>
          {say('alerts.see')}
        </Button>
      )}
    </Row>
  );
}

const APPROVAL_TONE = {
  asked: 'warn',
  delayed: 'warn',
  approved: 'good',
  refused: 'bad',
  used: 'plain',
  lapsed: 'plain',
} as const;

function ApprovalRow({ approval }: { readonly approval: Approval }) {
  const say = useSay();
  const name = useSayName();
  const nameOf = useName();
  const { person, role } = useSession();
  const { id, act, fields, purpose, state, askedAt, askedBy } = approval;
  const { mutate, isPending, error } = useStep((yes) => decideApproval(id, yes));
  const mine = state === 'asked' && askedBy !== person.id && MAY.watch(role);
  return (
    <Row
      head={
        act === 'erasure'
          ? say('approvals.rowErasure', { name: nameOf(askedBy) })
          : say('approvals.row', {
              name: nameOf(askedBy),
              fields: fields.map((field) => name('field', field)).join(', '),
              purpose: name('purpose', purpose),
            })
      }
      at={askedAt}
      badge={<Badge tone={APPROVAL_TONE[state]}>{say(`approval.state.${state}`)}</Badge>}
    >
      {MAY.watch(role) && <Reason read={() => approvalReason(id)} />}
      {error !== null && <Failed error={error} />}
      {mine && (
        <div className="mt-2 flex gap-2">
          <Button look="main" busy={isPending} onClick={() => mutate(true)}>
            {say('approvals.approve')}
          </Button>
          <Button look="danger" busy={isPending} onClick={() => mutate(false)}>
            {say('approvals.refuse')}
          </Button>
        </div>
      )}
    </Row>
  );
}

const GLASS_TONE = { unreviewed: 'warn', justified: 'good', 'not-justified': 'bad' } as const;

function GlassRow({ glass }: { readonly glass: Glass }) {
  const say = useSay();
  const name = useSayName();
  const nameOf = useName();
  const { person, role } = useSession();
  const { id, state, purpose, brokenAt } = glass;
  const { mutate, isPending, error } = useStep((yes) => reviewGlass(id, yes));
  const mine = state === 'unreviewed' && glass.person !== person.id && MAY.watch(role);
  return (
    <Row
      head={say('glass.row', { name: nameOf(glass.person), purpose: name('purpose', purpose) })}
      at={brokenAt}
      badge={<Badge tone={GLASS_TONE[state]}>{say(`glass.state.${state}`)}</Badge>}
    >
      {MAY.watch(role) && <Reason read={() => glassReason(id)} />}
      {error !== null && <Failed error={error} />}
      {mine && (
        <div className="mt-2 flex gap-2">
          <Button look="main" busy={isPending} onClick={() => mutate(true)}>
            {say('glass.justified')}
          </Button>
          <Button look="danger" busy={isPending} onClick={() => mutate(false)}>
            {say('glass.notJustified')}
          </Button>
        </div>
      )}
    </Row>
  );
}

/** In the words of who asked. Reading it is recorded, so it waits to be asked for. */
function Reason({ read }: { readonly read: () => Promise<{ readonly reason: string | null }> }) {
  const say = useSay();
  const { mutate, isPending, error, data } = useMutation({ mutationFn: read });
  if (data !== undefined) return <p className="mt-1 max-w-prose">{data.reason ?? say('customer.erased')}</p>;
  return (
    <>
      {error !== null && <Failed error={error} />}
      <Button look="quiet" className="mt-1 -ml-3" busy={isPending} onClick={() => mutate()}>
        {say('conditions.reason')}
      </Button>
    </>
  );
}
