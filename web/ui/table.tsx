/** A table in a region of its own that scrolls sideways, by keyboard too. */
import type { ReactNode } from 'react';

export interface Column {
  readonly key: string;
  readonly label: ReactNode;
  /** Left out where the window is narrow. */
  readonly wide?: boolean;
  /** The label is there for screen readers alone. */
  readonly bare?: boolean;
}

interface TableProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
}

export function Table({ label, columns, children }: TableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-sheet"
    >
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-xs text-soft">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`h-9 px-3 font-normal whitespace-nowrap first:pl-4 last:pr-4 ${column.wide ? 'max-lg:hidden' : ''}`}
              >
                {column.bare ? <span className="sr-only">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

export function Row({ children }: { readonly children: ReactNode }) {
  return <tr className="border-b border-line align-top last:border-0 hover:bg-wash">{children}</tr>;
}

export function Cell({
  wide = false,
  head = false,
  className = '',
  children,
}: {
  readonly wide?: boolean;
  /** It names its row. */
  readonly head?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const look = `px-3 py-2.5 first:pl-4 last:pr-4 ${wide ? 'max-lg:hidden' : ''} ${className}`;
  return head ? (
    <th scope="row" className={`font-normal ${look}`}>
      {children}
    </th>
  ) : (
    <td className={look}>{children}</td>
  );
}
