/** Consent rates: how many people agreed, refused and withdrew, purpose by purpose, over time. Counts, and nobody. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SelectField } from '../../ui/field.tsx';
import { Empty, Loading, Notice } from '../../ui/states.tsx';
import { type Rates, readRates } from '../api/rates.ts';
import { Bars } from '../charts/bars.tsx';
import { Failed } from '../failed.tsx';
import { capital, useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page, Sheet } from '../shell/page.tsx';
import { PERIODS, type RatesView, readPeriod } from './period.ts';
import { anyUntold, shareOf } from './share.ts';

export function RatesPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.rates} title={say('nav.rates')}>
      <Whole />
    </ForRole>
  );
}

function Whole() {
  const say = useSay();
  const navigate = useNavigate();
  const { by = 'week' } = useSearch({ from: '/inside/consent-rates' });
  const { data, error, refetch } = useQuery({ queryKey: ['rates', by], queryFn: () => readRates(by) });
  const choose = (next: RatesView) =>
    void navigate({ to: '/consent-rates', search: readPeriod({ ...next }), replace: true });
  return (
    <Page
      wide
      title={say('nav.rates')}
      lead={say('rates.lead')}
      actions={
        <SelectField
          bare
          label={say('rates.by')}
          value={by}
          onChange={({ target }) => choose({ by: PERIODS.find((each) => each === target.value) ?? 'week' })}
          options={PERIODS.map((value) => ({ value, label: say(`rates.by.${value}`) }))}
        />
      }
    >
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} lines={9} />}
      {data?.purposes.length === 0 && <Empty title={say('rates.none')}>{say('rates.noneBody')}</Empty>}
      {data !== undefined && data.purposes.length > 0 && <Charts rates={data} />}
    </Page>
  );
}

function Charts({ rates }: { readonly rates: Rates }) {
  const say = useSay();
  return (
    <div className="space-y-4">
      <Notice look="plain">
        {say('rates.counted')}
        {anyUntold(rates) && <> {say('rates.small', { below: rates.below })}</>}
        {rates.running && <> {say(`rates.running.${rates.by}`)}</>}
      </Notice>
      <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {rates.purposes.map((each) => (
          <Chart key={each.purpose} rates={rates} of={each} />
        ))}
      </div>
    </div>
  );
}

function Chart({ rates, of }: { readonly rates: Rates; readonly of: Rates['purposes'][number] }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const share = shareOf(of.counts);
  const purpose = capital(name('purpose', of.purpose));
  const all = (key: 'granted' | 'refused' | 'withdrawn') => of.counts.map((counts) => counts[key]);
  return (
    <Sheet
      title={purpose}
      actions={
        <span className="text-sm">
          {share === null ? say('rates.noShare') : say('rates.share', { share: format.percent(share) })}
        </span>
      }
    >
      <Bars
        label={say('rates.chart', { purpose })}
        periods={rates.periods}
        periodName={say(`rates.period.${rates.by}`)}
        untold={say('rates.fewer', { below: rates.below })}
        series={[
          { key: 'granted', label: say('rates.granted'), tone: 'good', values: all('granted') },
          { key: 'refused', label: say('rates.refused'), tone: 'plain', values: all('refused') },
          { key: 'withdrawn', label: say('rates.withdrawn'), tone: 'bad', values: all('withdrawn') },
        ]}
      />
    </Sheet>
  );
}
