/** A list that is long, or that few ask for: its count first, the rest when it is wanted. */
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/states.tsx';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import type { Pages } from '../loaded.ts';
import { Sheet } from '../shell/page.tsx';

interface AskedSheetProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

export function AskedSheet({ title, count, children }: AskedSheetProps) {
  const say = useSay();
  const format = useFormat();
  const [asked, setAsked] = useState(false);
  if (count === 0) return null;
  return (
    <Sheet title={title}>
      {asked ? (
        children
      ) : (
        <div className="px-4 py-3">
          <Button onClick={() => setAsked(true)}>
            {say('data.show', { count: format.number(count) })}
            <span className="sr-only">: {title}</span>
          </Button>
        </div>
      )}
    </Sheet>
  );
}

interface PagedProps<Item> {
  readonly pages: Pages<unknown, Item>;
  readonly keyOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
}

/** Items with a line between, and the way to more of them. */
export function Paged<Item>({ pages, keyOf, children }: PagedProps<Item>) {
  const say = useSay();
  const { items, failure, again, data, more, busy } = pages;
  if (failure !== null)
    return (
      <div className="p-4">
        <Failed failure={failure} onRetry={again} />
      </div>
    );
  if (data === null)
    return (
      <div className="px-4 py-3">
        <Loading label={say('app.loading')} />
      </div>
    );
  return (
    <>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {more !== null && (
        <div className="border-t border-line px-4 py-3">
          <Button busy={busy} onClick={more}>
            {say('app.more')}
          </Button>
        </div>
      )}
    </>
  );
}
