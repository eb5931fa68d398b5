/** One request: until when it must be answered and by whose law, what was done, and what may be done next. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button.tsx';
import { Loading } from '../../ui/states.tsx';
import { type OneRequest, type Request, readRequest } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { keepGround } from '../ground.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useColleagues, useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page, Sheet } from '../shell/page.tsx';
import { RequestBadge } from './badges.tsx';
import { ClockSheet } from './clock.tsx';
import { NextSteps } from './next-steps.tsx';
import { Stays } from './stays.tsx';
import { History } from './steps.tsx';

export function RequestPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.requests} title={say('nav.requests')}>
      <OneRequestPage />
    </ForRole>
  );
}

function OneRequestPage() {
  const say = useSay();
  const { id } = useParams({ from: '/inside/requests/$id' });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['requests', 'one', id],
    queryFn: () => readRequest(id),
  });
  const up = { to: '/requests', label: say('nav.requests') } as const;
  if (data !== undefined) return <Whole read={data} onReload={() => void refetch()} />;
  return (
    <Page wide up={up} title={say('request.name')}>
      {isPending ? (
        <Loading label={say('state.loading')} lines={8} />
      ) : (
        <Failed error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

function Whole({ read, onReload }: { readonly read: OneRequest; readonly onReload: () => void }) {
  const say = useSay();
  const { request, clock, steps, stays } = read;
  return (
    <Page
      wide
      up={{ to: '/requests', label: say('nav.requests') }}
      title={
        <span className="flex flex-wrap items-center gap-3">
          {say(`request.kind.${request.kind}`)}
          <RequestBadge request={request} />
        </span>
      }
      name={say('request.title', { number: request.number })}
      lead={`${say('request.title', { number: request.number })} · ${say(`request.says.${request.kind}`)}`}
    >
      {/* On a narrow window the clock comes first, and then what to do. */}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="min-w-0 space-y-5 max-lg:contents">
          <ClockSheet request={request} clock={clock} />
          <div className="min-w-0 space-y-5 max-lg:order-2">
            {stays.length > 0 && (
              <Sheet title={say('request.stays')}>
                <Stays stays={stays} />
              </Sheet>
            )}
            <History steps={steps} />
          </div>
        </div>
        <div className="space-y-5 max-lg:order-1">
          <NextSteps read={read} onReload={onReload} />
          <Facts request={request} />
        </div>
      </div>
    </Page>
  );
}

function Facts({ request }: { readonly request: Request }) {
  const say = useSay();
  const format = useFormat();
  const { people } = useColleagues();
  const { role } = useSession();
  const { customer, channel, receivedAt, proof, handler, refusedBecause, number } = request;
  const lines: readonly (readonly [string, string])[] = [
    [say('request.column.received'), format.moment(receivedAt)],
    [say('request.column.channel'), say(`request.channel.${channel}`)],
    [say('request.proof'), say(proof === null ? 'request.unproved' : `request.proof.${proof}`)],
    ...(handler === null
      ? []
      : [
          [
            say('request.handler'),
            people.find(({ id }) => id === handler)?.name ?? say('case.somebody'),
          ] as const,
        ]),
    ...(refusedBecause === null
      ? []
      : [[say('request.refusedBecause'), say(`request.refusal.${refusedBecause}`)] as const]),
  ];
  return (
    <Sheet title={say('request.facts')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {MAY.find(role) && (
        <Link
          to="/customers/$id"
          params={{ id: customer }}
          preload={false}
          // The privacy officer opens by a reason; others are asked for an order or a case.
          onClick={() => {
            if (!MAY.reasonAlone(role)) return;
            const value = say('request.title', { number });
            keepGround(customer, { purpose: 'legal-duty', evidence: { kind: 'reason', value } });
          }}
          className={`${buttonClass()} mt-4 w-full`}
        >
          {say('work.customer')}
        </Link>
      )}
    </Sheet>
  );
}
