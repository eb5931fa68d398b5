/** A modal dialog: the browser's own, which keeps focus inside and gives it back. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icon.tsx';

export interface DialogProps {
  readonly title: string;
  /** What the cross says to those who do not see it. */
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Open while it is there. */
export function Dialog({ title, closeLabel, onClose, wide = false, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    // The browser would take the cross, which comes first.
    dialog?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`m-auto max-h-[min(90dvh,48rem)] w-[calc(100vw-2rem)] ${wide ? 'max-w-3xl' : 'max-w-lg'} overflow-y-auto rounded-lg border border-line bg-sheet p-0 text-ink shadow-dialog backdrop:bg-veil`}
    >
      <div className="flex items-start justify-between gap-4 px-5 pt-4">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        <button
          type="button"
          onClick={onClose}
          aria-label={closeLabel}
          className="-mr-2 -mt-1 inline-flex size-8 cursor-pointer items-center justify-center rounded-md text-soft hover:bg-wash hover:text-ink"
        >
          <Icon name="cross" />
        </button>
      </div>
      <div className="px-5 pb-5 pt-3">{children}</div>
    </dialog>
  );
}
