/** Nobody comes past it who is not signed in. The address stays as it is, so that one goes on where one was. */
import { Loading } from '../ui/states.tsx';
import { Failed } from './failed.tsx';
import { useSay } from './language.ts';
import { SessionProvider, useSessionQuery } from './session.ts';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

export function Gate() {
  const say = useSay();
  const { data: session, error, isPending, refetch } = useSessionQuery();
  if (isPending)
    return (
      <div className="mx-auto max-w-md p-8">
        <Loading label={say('state.loading')} />
      </div>
    );
  if (session === undefined || error !== null)
    return (
      <main className="mx-auto max-w-md p-8">
        <Failed error={error} onRetry={() => void refetch()} />
      </main>
    );
  if (session === null) return <SignInPage />;
  return (
    <SessionProvider value={session}>
      <Shell />
    </SessionProvider>
  );
}
