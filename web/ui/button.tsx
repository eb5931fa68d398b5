/** Buttons, and links that look like them. */
import type { ButtonHTMLAttributes, ReactNode } from 'react';

export type Look = 'main' | 'plain' | 'quiet' | 'danger';

const SHAPE =
  'inline-flex items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap select-none cursor-pointer disabled:cursor-default disabled:opacity-55 aria-busy:cursor-progress';
const SIZES = { normal: 'min-h-8 px-3 py-1', large: 'min-h-10 px-4 py-2', icon: 'size-8' } as const;
const LOOKS: Readonly<Record<Look, string>> = {
  main: 'border-accent bg-accent text-on-accent hover:bg-accent-deep hover:border-accent-deep',
  plain: 'border-line-strong bg-sheet text-ink hover:bg-wash',
  quiet: 'border-transparent bg-transparent text-soft hover:bg-wash hover:text-ink',
  danger: 'border-bad bg-sheet text-bad hover:bg-bad-wash',
};

export function buttonClass(look: Look = 'plain', size: keyof typeof SIZES = 'normal'): string {
  return `${SHAPE} ${SIZES[size]} ${LOOKS[look]}`;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly size?: keyof typeof SIZES;
  /** Something is under way: it cannot be pressed again, and says so. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({
  look = 'plain',
  size = 'normal',
  busy = false,
  className = '',
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled === true || busy}
      className={`${buttonClass(look, size)} ${className}`}
    />
  );
}
