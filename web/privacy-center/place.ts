/** Which part of the page is shown: the address below `/privacy`, by the browser's own history. */
import { useSyncExternalStore } from 'react';

export const PLACES = ['data', 'looks', 'choices', 'tags', 'requests', 'download', 'delete'] as const;
export type Place = 'home' | (typeof PLACES)[number];

const BASE = '/privacy';
const listeners = new Set<() => void>();

function here(): Place | null {
  const name = location.pathname.slice(BASE.length).replaceAll('/', '');
  return name === '' ? 'home' : (PLACES.find((each) => each === name) ?? null);
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  addEventListener('popstate', onChange);
  return () => {
    listeners.delete(onChange);
    removeEventListener('popstate', onChange);
  };
}

/** Null: there is no such part. */
export function usePlace(): Place | null {
  return useSyncExternalStore(subscribe, here);
}

/** Key of the store and language stay in the address. */
export function addressOf(place: Place): string {
  return `${BASE}${place === 'home' ? '' : `/${place}`}${location.search}`;
}

export function go(place: Place): void {
  history.pushState(null, '', addressOf(place));
  scrollTo(0, 0);
  for (const tell of listeners) tell();
}
