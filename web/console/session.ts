/** Who is signed in, as the pages see it. */
import { QueryClient, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { CallError, onSignedOut } from './api/call.ts';
import { listColleagues, readSession, type Session } from './api/own.ts';
import { forgetGrounds } from './ground.ts';

export const SESSION = ['session'] as const;

/** An opening is recorded: pages ask for one when a person does, and never by themselves. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, error) =>
        times < 2 && error instanceof CallError && (error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 30_000,
      gcTime: 5 * 60_000,
    },
    mutations: { retry: false },
  },
});

/** What was shown to whoever is gone is forgotten at once. */
export function forget(): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  forgetGrounds();
  client.setQueryData(SESSION, null);
}

onSignedOut(() => {
  // While it is still being asked who is there, the answer says it.
  if (client.getQueryData(SESSION)) forget();
});

/** Null: nobody is signed in. */
export function useSessionQuery() {
  return useQuery<Session | null>({
    queryKey: SESSION,
    queryFn: () =>
      readSession().catch((error: unknown) => {
        if (error instanceof CallError && error.status === 401) return null;
        throw error;
      }),
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  });
}

const Current = createContext<Session | null>(null);
export const SessionProvider = Current.Provider;

/** Of a page that only those see who are signed in. */
export function useSession(): Session {
  const session = useContext(Current);
  if (session === null) throw new Error('There is no session around this page.');
  return session;
}

/** Names of colleagues by id. */
export function useColleagues() {
  const { data } = useQuery({ queryKey: ['colleagues'], queryFn: listColleagues, staleTime: 5 * 60_000 });
  return data ?? { people: [], teams: [] };
}
