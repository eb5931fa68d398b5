/** Who is there, as the pages see it. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { CallError, onSignedOut, read, send } from './api/call.ts';
import type { Erased, Session } from './api/center.ts';
import { handedOver } from './hand-over.ts';
import { forget } from './loaded.ts';

/** Why nobody is signed in: nothing happened yet, the way from the shop failed or led to nothing, the session ended, the person left. */
export type Outside = 'first' | 'handing-failed' | 'nothing-held' | 'ended' | 'left';

export type Standing =
  | { readonly is: 'asking'; readonly handing: boolean }
  | { readonly is: 'inside'; readonly session: Session }
  | { readonly is: 'outside'; readonly because: Outside }
  | { readonly is: 'erased'; readonly erased: Erased; readonly store: string }
  | { readonly is: 'unknown'; readonly failure: CallError };

let standing: Standing = { is: 'asking', handing: false };
const listeners = new Set<() => void>();

function stand(next: Standing): void {
  standing = next;
  for (const tell of listeners) tell();
}

export function useStanding(): Standing {
  const subscribe = (onChange: () => void) => {
    listeners.add(onChange);
    return () => void listeners.delete(onChange);
  };
  return useSyncExternalStore(subscribe, () => standing);
}

export function enter(session: Session): void {
  forget();
  stand({ is: 'inside', session });
}

/** What was shown to whoever is gone is forgotten at once. */
export function leave(because: Outside): void {
  forget();
  stand({ is: 'outside', because });
}

/** The erasure ended the session; its receipt is shown once. */
export function bury(erased: Erased, store: string): void {
  forget();
  stand({ is: 'erased', erased, store });
}

onSignedOut(() => {
  if (standing.is === 'inside') leave('ended');
});

/** Asks who is there; whoever comes from the shop is signed in by what it handed over. */
export async function findOut(): Promise<void> {
  const token = handedOver();
  stand({ is: 'asking', handing: token !== null });
  try {
    const session =
      token === null ? await read<Session>('/session') : await send<Session>('/session', { token });
    enter(session);
  } catch (error) {
    const failure = error instanceof CallError ? error : new CallError('internal', null);
    if (token !== null && failure.code === 'not_found') return leave('nothing-held');
    if (token !== null && failure.code !== 'offline') return leave('handing-failed');
    if (failure.code === 'sign_in_required') return leave('first');
    stand({ is: 'unknown', failure });
  }
}

/** @throws CallError */
export async function signOut(): Promise<void> {
  await send('/session/end');
  leave('left');
}

const Current = createContext<Session | null>(null);
export const SessionProvider = Current.Provider;

/** Of a page that only those see who are signed in. */
export function useSession(): Session {
  const session = useContext(Current);
  if (session === null) throw new Error('There is no session around this page.');
  return session;
}
