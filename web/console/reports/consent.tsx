/** What shows that choices were asked for, and kept. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge, Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type ConsentTold, readConsentReport } from '../api/reports.ts';
import { Failed } from '../failed.tsx';
import { capital, useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';

export function ConsentView() {
  const say = useSay();
  const { role } = useSession();
  const { data, error, refetch } = useQuery({ queryKey: ['reports', 'consent'], queryFn: readConsentReport });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={8} />;
  return (
    <>
      <Notices report={data} />
      <Rates report={data} />
      {MAY.rates(role) && (
        <Link to="/consent-rates" className="text-accent underline underline-offset-2">
          {say('report.weeks')}
        </Link>
      )}
    </>
  );
}

function Notices({ report }: { readonly report: ConsentTold }) {
  const say = useSay();
  const format = useFormat();
  const columns = [
    { key: 'version', label: say('report.version') },
    { key: 'published', label: say('report.published') },
    { key: 'languages', label: say('report.languages'), wide: true },
  ];
  return (
    <section>
      <h2 className="mb-2 font-medium">{say('report.notices')}</h2>
      {report.notices.length === 0 ? (
        <Empty title={say('report.noNotices')} />
      ) : (
        <Table label={say('report.notices')} columns={columns}>
          {report.notices.map(({ version, publishedAt, substance, languages }) => (
            <Row key={version}>
              <Cell head>
                {format.number(version)} {substance && <Badge tone="accent">{say('report.substance')}</Badge>}
              </Cell>
              <Cell>{format.moment(publishedAt)}</Cell>
              <Cell wide>{languages.join(', ')}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </section>
  );
}

const HOWS = ['granted', 'refused', 'withdrawn'] as const;

function Rates({ report: { rates } }: { readonly report: ConsentTold }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const sum = (counts: readonly (number | null)[]) =>
    format.number(counts.reduce<number>((all, count) => all + (count ?? 0), 0));
  const untold = rates.purposes.some(({ counts }) =>
    counts.some((each) => HOWS.some((how) => each[how] === null)),
  );
  const columns = [
    { key: 'purpose', label: say('report.purpose') },
    ...HOWS.map((how) => ({ key: how, label: say(`report.chose.${how}`) })),
  ];
  return (
    <section>
      <h2 className="mb-2 font-medium">
        {say('report.chosen', { from: rates.periods[0] ?? '', until: rates.periods.at(-1) ?? '' })}
      </h2>
      {rates.purposes.length === 0 ? (
        <Empty title={say('rates.none')}>{say('rates.noneBody')}</Empty>
      ) : (
        <Table label={say('report.consent')} columns={columns}>
          {rates.purposes.map(({ purpose, counts }) => (
            <Row key={purpose}>
              <Cell head>{capital(name('purpose', purpose))}</Cell>
              {HOWS.map((how) => (
                <Cell key={how} className="tabular-nums">
                  {sum(counts.map((each) => each[how]))}
                </Cell>
              ))}
            </Row>
          ))}
        </Table>
      )}
      {untold && (
        <div className="pt-2">
          <Notice look="plain">{say('rates.small', { below: rates.below })}</Notice>
        </div>
      )}
    </section>
  );
}
