/** A button that opens a menu beside it, as WAI-ARIA has it: arrows move, Escape closes, focus comes back. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  /** One of a group of which one is chosen. */
  readonly chosen?: boolean;
  readonly onChoose: () => void;
}
export interface MenuGroup {
  readonly key: string;
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

interface MenuProps {
  readonly label: ReactNode;
  readonly name: string;
  readonly groups: readonly MenuGroup[];
  readonly head?: ReactNode;
  /** Where it opens, as seen from its button. */
  readonly place?: 'above' | 'below';
}

const STEPS: Readonly<Record<string, (at: number, of: number) => number>> = {
  ArrowDown: (at, of) => (at + 1) % of,
  ArrowUp: (at, of) => (at + of - 1) % of,
  Home: () => 0,
  End: (_, of) => of - 1,
};

export function Menu({ label, name, groups, head, place = 'below' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    itemsOf(box.current)[0]?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.parentElement?.contains(event.target) !== true)
        setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') return close();
    const step = STEPS[event.key];
    const items = itemsOf(box.current);
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    items[step(items.indexOf(document.activeElement as HTMLElement), items.length)]?.focus();
  };
  const placed = place === 'above' ? 'bottom-full mb-1' : 'top-full mt-1';
  return (
    <div className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="flex w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-wash"
      >
        <span className="sr-only">{name}</span>
        {label}
      </button>
      {open && (
        <div
          ref={box}
          className={`absolute right-0 z-20 max-h-[80dvh] w-64 overflow-y-auto rounded-lg border border-line bg-sheet py-1 shadow-dialog md:left-0 md:right-auto ${placed}`}
        >
          {head}
          <div id={id} role="menu" tabIndex={-1} aria-label={name} onKeyDown={onKey}>
            {groups.map((group) => (
              <Group key={group.key} group={group} onChosen={close} />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function Group({ group, onChosen }: { readonly group: MenuGroup; readonly onChosen: () => void }) {
  const id = useId();
  return (
    <div
      role="group"
      {...(group.title === undefined ? {} : { 'aria-labelledby': id })}
      className="border-t border-line py-1 first:border-0"
    >
      {group.title !== undefined && (
        <div id={id} role="presentation" className="px-3 py-1 text-xs text-soft">
          {group.title}
        </div>
      )}
      {group.items.map(({ key, label, chosen, onChoose }) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          role={chosen === undefined ? 'menuitem' : 'menuitemradio'}
          {...(chosen === undefined ? {} : { 'aria-checked': chosen })}
          onClick={() => {
            onChosen();
            onChoose();
          }}
          className="flex w-full cursor-pointer items-center justify-between gap-3 px-3 py-1.5 text-left text-sm hover:bg-wash focus:bg-wash"
        >
          <span>{label}</span>
          {chosen === true && <span aria-hidden="true">✓</span>}
        </button>
      ))}
    </div>
  );
}

function itemsOf(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}
