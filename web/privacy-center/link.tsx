/** A link to a part of the page. With a key held down it is any link, for a window of its own. */
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { addressOf, go, type Place } from './place.ts';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly to: Place;
  readonly children: ReactNode;
}

export function Link({ to, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={addressOf(to)} onClick={follow} />;
}
