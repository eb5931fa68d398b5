/** What stands where content is missing: it is coming, there is none, or it failed. */
import type { ReactNode } from 'react';

const SHAPES = {
  lines: { around: 'space-y-3 py-2', each: '' },
  rows: {
    around: 'divide-y divide-line overflow-hidden rounded-lg border border-line bg-sheet',
    each: 'px-4 py-3.5',
  },
  tiles: {
    around: 'grid grid-cols-2 gap-3 sm:grid-cols-3',
    each: 'rounded-lg border border-line bg-sheet px-4 py-6.5',
  },
} as const;
const WIDTHS = ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3'] as const;

/** In the shape of what comes. `label` is said to those who do not see it. */
export function Loading({
  label,
  lines = 4,
  shape = 'lines',
}: {
  readonly label: string;
  readonly lines?: number;
  readonly shape?: keyof typeof SHAPES;
}) {
  const { around, each } = SHAPES[shape];
  return (
    <div role="status" className={around}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have no other name.
        <div key={at} className={each}>
          <div className={`h-4 animate-pulse rounded bg-wash ${WIDTHS[at % WIDTHS.length]}`} />
        </div>
      ))}
    </div>
  );
}

export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-md px-4 py-12 text-center text-balance">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="mt-1 text-sm text-soft">{children}</div>}
      {action !== undefined && <div className="mt-4 flex justify-center gap-2">{action}</div>}
    </div>
  );
}

export function Notice({
  look,
  title,
  children,
}: {
  readonly look: 'bad' | 'warn' | 'good' | 'plain';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}) {
  const looks = {
    bad: 'border-bad/40 bg-bad-wash',
    warn: 'border-warn/40 bg-warn-wash',
    good: 'border-good/40 bg-good-wash',
    plain: 'border-line bg-wash',
  };
  return (
    <div
      role={look === 'bad' ? 'alert' : undefined}
      className={`rounded-md border px-3.5 py-2.5 text-sm ${looks[look]}`}
    >
      {title !== undefined && <div className="font-medium">{title}</div>}
      {children}
    </div>
  );
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';
const TONES: Readonly<Record<Tone, string>> = {
  plain: 'bg-wash text-soft',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
  accent: 'bg-accent-wash text-accent',
};

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
