/** One line of what is held; it opens to the reasons. */
import { type ReactNode, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';

interface LineProps {
  readonly name: string;
  /** Null: it is not shown. */
  readonly value: ReactNode;
  readonly note?: string;
  /** The reasons: drawn when somebody asks. */
  readonly children: ReactNode;
}

export function Line({ name, value, note, children }: LineProps) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="flex items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-wash">
        <span className="min-w-0 grow">
          <span className="block text-sm text-soft">{name}</span>
          <span className="block wrap-anywhere">
            <bdi>{value}</bdi>
          </span>
          {note !== undefined && <span className="block text-sm text-soft">{note}</span>}
        </span>
        <Icon name="down" className={`text-soft ${open ? 'rotate-180' : ''}`} />
      </summary>
      {open && <div className="space-y-3 border-t border-line bg-wash/40 px-4 py-4">{children}</div>}
    </details>
  );
}

/** A reason, with what it is called. */
export function Reason({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="sm:flex sm:gap-4">
      <div className="text-sm text-soft sm:w-28 sm:shrink-0 sm:pt-0.5">{name}</div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
