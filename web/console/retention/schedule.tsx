/** The schedule of one region: for each kind of record how long, why, and what happens then. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField } from '../../ui/field.tsx';
import { Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, Row, Table } from '../../ui/table.tsx';
import { type RegionSchedule, readSchedule, type ScheduleLine, type Schedules } from '../api/retention.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay, useSayName } from '../language.ts';

export function ScheduleView() {
  const say = useSay();
  const { data, error, refetch } = useQuery({ queryKey: ['retention', 'schedule'], queryFn: readSchedule });
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading label={say('state.loading')} lines={8} />;
  return <ScheduleTables schedules={data} />;
}

/** One region at a time. */
export function ScheduleTables({ schedules: data }: { readonly schedules: Schedules }) {
  const say = useSay();
  const [at, setAt] = useState(0);
  const region = data.regions[at] ?? data.regions[0];
  if (region === undefined)
    return <Empty title={say('retention.noCustomers')}>{say('retention.noCustomersHint')}</Empty>;
  return (
    <div className="space-y-4">
      {data.regions.length > 1 && <Regions regions={data.regions} at={at} onChoose={setAt} />}
      {region.regimes.length === 0 && <Notice look="warn">{say('retention.noLaw')}</Notice>}
      <Lines region={region} />
    </div>
  );
}

interface RegionsProps {
  readonly regions: readonly RegionSchedule[];
  readonly at: number;
  readonly onChoose: (at: number) => void;
}

function Regions({ regions, at, onChoose }: RegionsProps) {
  const say = useSay();
  const language = useLanguage();
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const nameOf = (region: string) =>
    region.length === 2
      ? (names.of(region) ?? region)
      : `${names.of(region.slice(0, 2))} (${region.slice(3)})`;
  return (
    <div className="sm:w-72">
      <SelectField
        label={say('retention.region')}
        options={regions.map(({ region }, index) => ({
          value: String(index),
          label: region === null ? say('retention.unknownRegion') : nameOf(region),
        }))}
        value={String(at)}
        onChange={({ target }) => onChoose(Number(target.value))}
      />
    </div>
  );
}

function Lines({ region }: { readonly region: RegionSchedule }) {
  const say = useSay();
  const columns = [
    { key: 'kind', label: say('retention.records') },
    { key: 'time', label: say('retention.time') },
    { key: 'law', label: say('retention.law'), wide: true },
  ];
  return (
    <Table label={say('retention.schedule')} columns={columns}>
      {region.lines.map((line) => (
        <Row key={line.kind}>
          <Kind line={line} />
          <Time line={line} />
          <Cell wide>
            <Laws line={line} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Kind({ line }: { readonly line: ScheduleLine }) {
  const say = useSay();
  const name = useSayName();
  const held = [...line.fields, ...line.events];
  return (
    <Cell head>
      {name('retention.kind', line.kind)}
      <div className="text-xs text-soft">{name('retention.ending', line.ending)}</div>
      {held.length > 0 && (
        <details className="pt-1 text-xs">
          <summary className="cursor-pointer text-soft">
            {say('retention.holds', { count: held.length })}
          </summary>
          <p className="max-w-prose pt-1 break-words">{held.join(', ')}</p>
        </details>
      )}
    </Cell>
  );
}

function Time({ line }: { readonly line: ScheduleLine }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const span = useSpan();
  return (
    <Cell className="min-w-40">
      <div>{line.set === null ? name('retention.anchor', line.anchor) : span(line.set)}</div>
      {line.set !== null && line.set !== 'never' && (
        <div className="text-xs text-soft">{name('retention.anchor', line.anchor)}</div>
      )}
      {line.goes !== null && (
        <div className="pt-1 text-xs">{say('retention.ofToday', { day: format.day(line.goes) })}</div>
      )}
      {line.warnHours !== null && (
        <div className="pt-1 text-xs">{say('retention.warn', { count: line.warnHours })}</div>
      )}
      {[line.refused, line.conflict].map(
        (words) =>
          words !== null && (
            <p key={words} className="max-w-prose pt-1 text-xs text-warn">
              {words}
            </p>
          ),
      )}
      <div className="pt-1 lg:hidden">
        <Laws line={line} />
      </div>
    </Cell>
  );
}

/** `25 months` in the reader's language. */
export function useSpan(): (text: string) => string {
  const language = useLanguage();
  const name = useSayName();
  return (text) => {
    const [, count, unit] = /^(\d+) (day|month|year)s?$/.exec(text) ?? [];
    if (count === undefined) return name('retention.set', text);
    return new Intl.NumberFormat(language, { style: 'unit', unit: unit!, unitDisplay: 'long' }).format(
      Number(count),
    );
  };
}

function Laws({ line }: { readonly line: ScheduleLine }) {
  const say = useSay();
  const span = useSpan();
  const terms = [
    ...line.least.map((term) => ({ term, label: say('retention.least', { span: span(term.span) }) })),
    ...line.most.map((term) => ({ term, label: say('retention.most', { span: span(term.span) }) })),
  ];
  if (terms.length === 0) return <span className="text-xs text-soft">{say('retention.noRule')}</span>;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer">{say('retention.rules', { count: terms.length })}</summary>
      <ul className="space-y-1.5 pt-1">
        {terms.map(({ term, label }) => (
          <li key={`${term.regime} ${term.fact}`} className="max-w-prose">
            <span className="font-medium">{label}</span> {term.citation}
            <span className="text-soft">
              {' '}
              ({term.regime}
              {!term.verified && `, ${say('retention.unverified')}`})
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
