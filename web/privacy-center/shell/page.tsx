/** The frame of a part: its title, what it is for, and what stands in for it while it comes. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { Link } from '../link.tsx';
import type { Loaded } from '../loaded.ts';

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  /** The overview leads nowhere back. */
  readonly top?: boolean;
  readonly children: ReactNode;
}

/** A part that one comes to gets the focus at its title, so that a screen reader starts there. */
export function Page({ title, lead, top = false, children }: PageProps) {
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = top ? title : `${title} · ${say('app.title')}`;
  }, [title, top, say]);
  return (
    <div className="max-w-2xl">
      {!top && (
        <Link
          to="home"
          className="-ml-1 mb-1 inline-flex min-h-9 items-center gap-1 rounded-md pr-2 text-soft hover:text-ink lg:hidden"
        >
          <span className="turns inline-flex">
            <Icon name="right" className="rotate-180" />
          </span>
          {say('home.title')}
        </Link>
      )}
      <h1
        ref={heading}
        tabIndex={-1}
        className="text-2xl leading-tight font-semibold tracking-tight text-balance"
      >
        {title}
      </h1>
      {lead !== undefined && <p className="mt-2 text-pretty text-soft">{lead}</p>}
      <div className="mt-6 space-y-6">{children}</div>
    </div>
  );
}

/** A sheet of its own within a part. */
export function Sheet({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section>
      {title !== undefined && <h2 className="mb-2 text-lg font-semibold">{title}</h2>}
      <div className="overflow-hidden rounded-xl border border-line bg-sheet">{children}</div>
    </section>
  );
}

/** What was loaded, or what stands in for it. */
export function Come<Answer>({
  loaded,
  lines = 4,
  children,
}: {
  readonly loaded: Loaded<Answer>;
  readonly lines?: number;
  readonly children: (answer: Answer) => ReactNode;
}) {
  const say = useSay();
  if (loaded.failure !== null) return <Failed failure={loaded.failure} onRetry={loaded.again} />;
  if (loaded.data === null) return <Loading label={say('app.loading')} shape="rows" lines={lines} />;
  return children(loaded.data);
}

/** Told to those who do not see it, too: there before its words, so that they are read out. */
export function Told({ children }: { readonly children: ReactNode }) {
  return (
    <div role="status" className="empty:hidden">
      {children !== null && <Notice look="good">{children}</Notice>}
    </div>
  );
}

export function Nothing({ children }: { readonly children: ReactNode }) {
  return (
    <p className="rounded-xl border border-dashed border-line-strong px-4 py-6 text-center text-soft">
      {children}
    </p>
  );
}

export function Waiting({ label }: { readonly label: string }) {
  return (
    <div className="max-w-2xl">
      <Loading label={label} />
    </div>
  );
}

export function NotHere() {
  const say = useSay();
  return (
    <Page title={say('app.nowhere')}>
      <Link to="home" className="underline">
        {say('home.title')}
      </Link>
    </Page>
  );
}
