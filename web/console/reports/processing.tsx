/** The record of processing, and what an impact assessment would have in it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Badge, Loading } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type Processing, readProcessing } from '../api/reports.ts';
import { Failed } from '../failed.tsx';
import { capital } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { useSpan } from '../retention/schedule.tsx';
import { Sheet } from '../shell/page.tsx';

export function ProcessingView() {
  const say = useSay();
  const { data, error, refetch } = useQuery({ queryKey: ['reports', 'processing'], queryFn: readProcessing });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={9} />;
  return (
    <>
      <Who report={data} />
      <Activities report={data} />
      <Times report={data} />
      <Assessments report={data} />
    </>
  );
}

function Facts({ lines }: { readonly lines: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-1.5 sm:grid-cols-[auto_minmax(0,1fr)]">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="max-sm:mb-1.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Who({ report }: { readonly report: Processing }) {
  const say = useSay();
  const name = useSayName();
  const listed = (all: readonly string[], none: string) => (all.length === 0 ? none : all.join(', '));
  return (
    <Sheet title={report.store}>
      <Facts
        lines={[
          [say('report.country'), report.country ?? say('report.unknown')],
          [
            say('report.people'),
            listed(
              report.people.map((kind) => name('kind', kind)),
              say('report.nobody'),
            ),
          ],
          [say('report.recipients'), listed(report.recipients, say('report.nobody'))],
          [
            say('report.transfers'),
            report.transfers === null
              ? say('report.unknown')
              : listed(report.transfers, say('report.nowhere')),
          ],
          [say('report.regimes'), listed(report.regimes, say('report.noPack'))],
          [
            say('report.measures'),
            <ul key="measures" className="list-disc space-y-0.5 pl-4">
              {report.measures.map((measure) => (
                <li key={measure}>{name('report.measure', measure)}</li>
              ))}
            </ul>,
          ],
        ]}
      />
    </Sheet>
  );
}

function Activities({ report }: { readonly report: Processing }) {
  const say = useSay();
  const name = useSayName();
  const columns = [
    { key: 'purpose', label: say('report.purpose') },
    { key: 'data', label: say('report.data') },
    { key: 'roles', label: say('report.roles'), wide: true },
  ];
  return (
    <section>
      <h2 className="mb-2 font-medium">{say('report.activities')}</h2>
      <Table label={say('report.activities')} columns={columns}>
        {report.activities.map((each) => (
          <Row key={each.purpose}>
            <Cell head className="min-w-40">
              {capital(name('purpose', each.purpose))}
              <div className="text-xs text-soft">
                {name('report.basis', each.basis)} · <span lang="en">{each.source}</span>
              </div>
            </Cell>
            <Cell>
              {each.classes.map((one) => name('class', one)).join(', ')}
              <details className="pt-1 text-xs">
                <summary className="cursor-pointer text-soft">
                  {say('retention.holds', { count: each.fields.length + each.events.length })}
                </summary>
                <p className="max-w-prose pt-1 break-words">
                  {[...each.fields.map((field) => name('field', field)), ...each.events].join(', ')}
                </p>
              </details>
              {each.sensitive.length > 0 && (
                <div className="pt-1">
                  <Badge tone="warn">{say('report.sensitive', { count: each.sensitive.length })}</Badge>
                </div>
              )}
              <div className="pt-1 text-xs text-soft lg:hidden">
                {each.roles.map((role) => name('role', role)).join(', ') || say('report.jobs')}
              </div>
            </Cell>
            <Cell wide>{each.roles.map((role) => name('role', role)).join(', ') || say('report.jobs')}</Cell>
          </Row>
        ))}
      </Table>
    </section>
  );
}

function Times({ report }: { readonly report: Processing }) {
  const say = useSay();
  const name = useSayName();
  const span = useSpan();
  const columns = [
    { key: 'kind', label: say('retention.records') },
    { key: 'time', label: say('retention.time') },
    { key: 'where', label: say('report.where'), wide: true },
  ];
  return (
    <section>
      <h2 className="mb-2 font-medium">{say('report.times')}</h2>
      <Table label={say('report.times')} columns={columns}>
        {report.retention.map(({ kind, set, regions }) => (
          <Row key={kind}>
            <Cell head>{name('retention.kind', kind)}</Cell>
            <Cell>
              {set.map((each) => (each === 'own-date' ? say('report.ownDate') : span(each))).join(', ')}
            </Cell>
            <Cell wide>
              {regions.map((region) => (region === 'unknown' ? say('report.unknown') : region)).join(', ')}
            </Cell>
          </Row>
        ))}
      </Table>
    </section>
  );
}

function Assessments({ report }: { readonly report: Processing }) {
  const say = useSay();
  const name = useSayName();
  return (
    <section>
      <h2 className="mb-2 font-medium">{say('report.assessments')}</h2>
      <ul className="grid gap-3 md:grid-cols-2">
        {report.assessments.map(({ when, applies, what, measures }) => (
          <li key={when} className="rounded-lg border border-line bg-sheet px-4 py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <span className="font-medium">{say(`report.assessed.${when}`)}</span>
              <Badge tone={applies ? 'warn' : 'good'}>
                {say(applies ? 'report.assess' : 'report.notDone')}
              </Badge>
            </div>
            {what.length > 0 && (
              <details className="pt-1 text-xs">
                <summary className="cursor-pointer text-soft">
                  {say('retention.holds', { count: what.length })}
                </summary>
                <p className="pt-1 break-words">{what.map((each) => name('field', each)).join(', ')}</p>
              </details>
            )}
            <ul className="list-disc pt-1 pl-4 text-xs text-soft">
              {measures.map((measure) => (
                <li key={measure}>{name('report.measure', measure)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
