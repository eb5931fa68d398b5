/** The frame of a page: its title, what it is for, and what stands in for it while it comes. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/states.tsx';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';

interface Up {
  readonly to: '/cases' | '/requests' | '/find' | '/training';
  readonly label: string;
}

interface PageProps {
  readonly title: ReactNode;
  /** Of the window; the title where that is a text. */
  readonly name?: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The list that this is one of. */
  readonly up?: Up;
  /** As wide as the window lets it. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page that one comes to gets the focus at its title, so that a screen reader starts there. */
export function Page({ title, name, lead, actions, up, wide = false, children }: PageProps) {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const words = name ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = words === '' ? say('app.name') : `${words} · ${say('app.name')}`;
  }, [words, say]);
  return (
    <div className={`mx-auto px-4 py-5 md:px-8 md:py-7 ${wide ? 'max-w-[90rem]' : 'max-w-5xl'}`}>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          {up !== undefined && (
            <Link
              to={up.to}
              className="mb-1.5 inline-flex items-center gap-1 text-xs text-soft underline-offset-2 hover:text-ink hover:underline"
            >
              <Icon name="right" className="size-3 rotate-180" />
              {up.label}
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight">
            {title}
          </h1>
          {lead !== undefined && <p className="mt-1 max-w-3xl text-pretty text-soft">{lead}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A part of a page on a sheet of its own. */
export function Sheet({
  title,
  actions,
  children,
  flush = false,
}: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
}) {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-sheet">
      {title !== undefined && (
        <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

export function PageLoading() {
  const say = useSay();
  return (
    <div className="mx-auto max-w-5xl px-4 py-7 md:px-8">
      <Loading label={say('state.loading')} />
    </div>
  );
}

/** A page that could not be fetched, or that failed while it was drawn. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-5xl px-4 py-7 md:px-8">
      <Failed error={error} onRetry={reset} />
    </div>
  );
}

export function NotHere() {
  const say = useSay();
  return (
    <Page title={say('notFound.title')} lead={say('notFound.body')}>
      <Link to="/" className={buttonClass()}>
        {say('notFound.home')}
      </Link>
    </Page>
  );
}
