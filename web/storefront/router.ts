/** Addresses of the shop: one document, many pages. The language and the region asked for travel along. */
import { remember } from './basket.ts';

const ROOT = '/shop';
const asked = new URLSearchParams(location.search);
const TRAVELS = ['lang', 'region'];

/** The address of a page: `/p/p-101`, `/search?q=tea`. */
export function href(path: string): string {
  const url = new URL(ROOT + path, location.origin);
  for (const name of TRAVELS) {
    const value = asked.get(name);
    if (value !== null) url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

export interface Place {
  /** What follows `/shop/`, in parts: `['p', 'p-101']`. */
  readonly parts: readonly string[];
  readonly query: string;
}

export function placeHere(): Place {
  const parts = location.pathname.slice(ROOT.length).split('/').filter(Boolean);
  return { parts, query: new URLSearchParams(location.search).get('q') ?? '' };
}

let shown: () => void = () => {};

export function go(path: string): void {
  history.pushState(null, '', href(path));
  remember();
  shown();
}

/** Calls `show` now, and whenever another page is to be shown. */
export function route(show: () => void): void {
  shown = show;
  addEventListener('popstate', () => {
    remember();
    show();
  });
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-in]') : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    remember();
    show();
  });
  show();
}
