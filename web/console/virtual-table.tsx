/** A long table of links: only the rows in sight are there; J and K walk over all of them. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { typing } from './shell/use-shell-keys.ts';

const ROW = 44;
const NARROW_ROW = 68;

export interface Place {
  /** Of the row among all. */
  readonly at: number;
  /** Pixels from the top, and its height. */
  readonly start: number;
  readonly size: number;
}

interface VirtualTableProps {
  readonly label: string;
  /** Rows that are known here. */
  readonly count: number;
  /** Rows that there are; -1: not known. */
  readonly total: number;
  /** Cells of the first row. */
  readonly heads: ReactNode;
  /** Class of a row: its grid. */
  readonly columns: string;
  readonly row: (place: Place) => ReactNode;
  /** The last row came into sight. */
  readonly onEnd: () => void;
}

export function VirtualTable({ label, count, total, heads, columns, row, onEnd }: VirtualTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => (narrow ? NARROW_ROW : ROW),
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew.
  useEffect(() => rows.measure(), [narrow, rows]);
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= count - 20) onEnd();
  });
  useWalk(count, box, (at) => rows.scrollToIndex(at));
  return (
    <div
      role="table"
      aria-rowcount={total < 0 ? -1 : total + 1}
      aria-label={label}
      className="rounded-lg border border-line bg-sheet"
    >
      <div role="rowgroup">
        <div
          role="row"
          aria-rowindex={1}
          className={`${columns} min-h-9 border-b border-line text-xs text-soft`}
        >
          {heads}
        </div>
      </div>
      <div ref={box} role="rowgroup" className="max-h-[calc(100dvh-15rem)] min-h-64 overflow-y-auto">
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start, size }) => row({ at: index, start, size }))}
        </div>
      </div>
    </div>
  );
}

const NARROW = matchMedia('(max-width: 63.99rem)');

/** Changes when the window is turned or drawn. */
function useNarrow(): boolean {
  const subscribe = useCallback((onChange: () => void) => {
    NARROW.addEventListener('change', onChange);
    return () => NARROW.removeEventListener('change', onChange);
  }, []);
  return useSyncExternalStore(subscribe, () => NARROW.matches);
}

/** J and K go down and up; the row that is gone to has the focus, so Enter opens it. */
function useWalk(
  count: number,
  box: { readonly current: HTMLElement | null },
  show: (at: number) => void,
): void {
  const latest = useRef({ count, show });
  latest.current = { count, show };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const now = Number(
        (document.activeElement as HTMLElement | null)?.dataset.row ?? (step === 1 ? -1 : 1),
      );
      const next = Math.min(latest.current.count - 1, Math.max(0, now + step));
      latest.current.show(next);
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus());
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [box]);
}
