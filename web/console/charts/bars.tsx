/**
 * Bars over time, one upon another, with the same numbers as a table below. Each part has a name, and a pattern of its
 * own where color alone would tell them apart.
 */
import { useId } from 'react';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly tone: 'good' | 'plain' | 'bad';
  /** One for each period; null: not told. */
  readonly values: readonly (number | null)[];
}

interface BarsProps {
  readonly label: string;
  /** First days, `2026-11-23`. */
  readonly periods: readonly string[];
  readonly periodName: string;
  /** From the ground up. */
  readonly series: readonly Series[];
  /** What stands for what is not told. */
  readonly untold?: string;
}

const FILLS = {
  good: 'fill-accent',
  plain: 'fill-line-strong',
  bad: 'fill-bad',
} as const;
const WIDTH = 360;
const HEIGHT = 120;
const GAP = 2;

export function Bars({ label, periods, periodName, series, untold = '–' }: BarsProps) {
  const format = useFormat();
  const dayOf = (period: string | undefined) => (period === undefined ? '' : format.dayOf(period));
  const sums = periods.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const most = Math.max(1, ...sums);
  return (
    <figure className="min-w-0">
      <Legend series={series} />
      <div className="mt-2 flex gap-2">
        <div
          aria-hidden="true"
          className="flex h-28 flex-col justify-between text-right text-xs leading-none text-soft"
        >
          <span>{format.number(most)}</span>
          <span>0</span>
        </div>
        <div className="min-w-0 flex-1">
          <Drawing label={label} periods={periods} series={series} most={most} />
          <div aria-hidden="true" className="mt-1 flex justify-between text-xs text-soft">
            <span>{dayOf(periods[0])}</span>
            <span>{dayOf(periods.at(-1))}</span>
          </div>
        </div>
      </div>
      <AsTable {...{ label, periods, periodName, series, untold }} />
    </figure>
  );
}

/** The same in figures, for whoever cannot see the drawing or wants them exactly. */
function AsTable({ label, periods, periodName, series, untold = '–' }: BarsProps) {
  const say = useSay();
  const format = useFormat();
  return (
    <details className="mt-2">
      <summary className="inline-block min-h-6 cursor-pointer text-xs text-soft underline decoration-line-strong underline-offset-2 hover:text-ink">
        {say('chart.asTable')}
      </summary>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
        className="relative mt-2 max-h-72 overflow-auto rounded-md border border-line"
      >
        <table className="w-full border-collapse text-left text-xs">
          <thead>
            <tr className="border-b border-line text-soft">
              <th scope="col" className="px-3 py-1.5 font-normal">
                {periodName}
              </th>
              {series.map(({ key, label: name }) => (
                <th key={key} scope="col" className="px-3 py-1.5 text-right font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {periods.map((period, at) => (
              <tr key={period} className="border-b border-line last:border-0">
                <th scope="row" className="px-3 py-1.5 font-normal whitespace-nowrap">
                  {format.dayOf(period)}
                </th>
                {series.map(({ key, values }) => {
                  const value = values[at] ?? null;
                  return (
                    <td key={key} className="px-3 py-1.5 text-right">
                      {value === null ? untold : format.number(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Legend({ series }: Pick<BarsProps, 'series'>) {
  return (
    <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {series.map(({ key, label, tone }) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 10 10" className="size-2.5">
            <Part tone={tone} x={0} y={0} width={10} height={10} />
          </svg>
          {label}
        </span>
      ))}
    </figcaption>
  );
}

interface DrawingProps extends Pick<BarsProps, 'label' | 'periods' | 'series'> {
  readonly most: number;
}

/** A dot below a bar: something there is not told. */
function Drawing({ label, periods, series, most }: DrawingProps) {
  const step = WIDTH / Math.max(1, periods.length);
  const width = Math.max(1, Math.min(step - GAP, 24));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      className="block h-28 w-full"
    >
      <path d={`M0 ${HEIGHT}H${WIDTH}`} className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
      {periods.map((period, at) => {
        const x = at * step + (step - width) / 2;
        let top = HEIGHT;
        return (
          <g key={period}>
            {series.map(({ key, tone, values }) => {
              const height = ((values[at] ?? 0) / most) * (HEIGHT - 2);
              top -= height;
              return height === 0 ? null : <Part key={key} {...{ tone, x, width, height }} y={top} />;
            })}
            {series.some(({ values }) => values[at] === null) && (
              <rect x={x} y={HEIGHT + 1.5} width={width} height={2.5} className="fill-warn" />
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface PartProps {
  readonly tone: Series['tone'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is bad is striped as well, for those who do not tell red from green. */
function Part({ tone, ...place }: PartProps) {
  const id = useId();
  if (tone !== 'bad') return <rect {...place} className={FILLS[tone]} />;
  return (
    <>
      <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4" height="4" className="fill-bad" />
        <path d="M0 0V4" className="stroke-sheet" strokeWidth="2" />
      </pattern>
      <rect {...place} fill={`url(#${id})`} />
    </>
  );
}
