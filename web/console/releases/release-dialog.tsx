/** One release: its figures, and how far the noise may have moved them. */
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/states.tsx';
import { type Fetched, fetchRelease, type Listed } from '../api/releases.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay } from '../language.ts';
import { shortAmount } from './amounts.ts';

interface ReleaseDialogProps {
  readonly listed: Listed;
  readonly onClose: () => void;
}

export function ReleaseDialog({ listed, onClose }: ReleaseDialogProps) {
  const say = useSay();
  const { data, error } = useQuery({
    queryKey: ['release', listed.id],
    queryFn: () => fetchRelease(listed.id),
    retry: false,
  });
  return (
    <Dialog title={listed.name} closeLabel={say('do.close')} onClose={onClose}>
      {error !== null && <Failed error={error} />}
      {error === null && data === undefined && <Loading label={say('state.loading')} lines={3} />}
      {data !== undefined && <Figures release={data} />}
    </Dialog>
  );
}

/** Money is in hundredths of its currency. */
function useFigure({ question }: Fetched): (value: number) => string {
  const format = useFormat();
  return 'currency' in question
    ? (value) => format.money(value / 100, question.currency)
    : (value) => format.number(value);
}

function Figures({ release }: { readonly release: Fetched }) {
  const say = useSay();
  const language = useLanguage();
  const figure = useFigure(release);
  const { answer, question, ledgerIndex } = release;
  const { value, noise, threshold } = answer;
  const rows: readonly (readonly [string, number])[] =
    typeof value === 'number'
      ? []
      : value.map((each, at) =>
          typeof each === 'number'
            ? [question.kind === 'quantiles' ? String(question.quantiles[at] ?? '') : String(at + 1), each]
            : [each.group, each.count],
        );
  return (
    <div className="space-y-4">
      {typeof value === 'number' && <p className="text-2xl font-semibold">{figure(value)}</p>}
      {rows.length > 0 && (
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-xs text-soft">
              <th scope="col" className="py-1.5 font-normal">
                {say(question.kind === 'quantiles' ? 'release.quantile' : 'release.group')}
              </th>
              <th scope="col" className="py-1.5 text-right font-normal">
                {say('release.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, each]) => (
              <tr key={label} className="border-b border-line last:border-0">
                <th scope="row" className="py-1.5 font-normal">
                  {label}
                </th>
                <td className="py-1.5 text-right">{figure(each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="space-y-1 text-xs text-soft">
        <p>{say(`release.noise.${noise.kind}`, { size: shortAmount(noise.size, language) })}</p>
        {threshold !== null && <p>{say('release.threshold', { count: threshold })}</p>}
        <p>{say('ledger.recorded', { index: ledgerIndex })}</p>
      </div>
    </div>
  );
}
