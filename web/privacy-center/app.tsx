/** The privacy center: outside, the way in; inside, the part that the address names. */
import { lazy, Suspense, useEffect } from 'react';
import { Failed } from './failed.tsx';
import { useSay } from './language.ts';
import { type Place, usePlace } from './place.ts';
import { findOut, SessionProvider, useStanding } from './session.ts';
import { Frame } from './shell/frame.tsx';
import { HomePage } from './shell/home-page.tsx';
import { NotHere, Waiting } from './shell/page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

const ErasedPage = lazy(() =>
  import('./erase/erased-page.tsx').then(({ ErasedPage }) => ({ default: ErasedPage })),
);
const PAGES: Readonly<Record<Exclude<Place, 'home'>, ReturnType<typeof lazy>>> = {
  data: lazy(() => import('./data/data-page.tsx').then(({ DataPage }) => ({ default: DataPage }))),
  looks: lazy(() => import('./looks/looks-page.tsx').then(({ LooksPage }) => ({ default: LooksPage }))),
  choices: lazy(() =>
    import('./choices/choices-page.tsx').then(({ ChoicesPage }) => ({ default: ChoicesPage })),
  ),
  tags: lazy(() => import('./tags/tags-page.tsx').then(({ TagsPage }) => ({ default: TagsPage }))),
  requests: lazy(() =>
    import('./requests/requests-page.tsx').then(({ RequestsPage }) => ({ default: RequestsPage })),
  ),
  download: lazy(() =>
    import('./take/download-page.tsx').then(({ DownloadPage }) => ({ default: DownloadPage })),
  ),
  delete: lazy(() => import('./erase/delete-page.tsx').then(({ DeletePage }) => ({ default: DeletePage }))),
};

export function App() {
  const standing = useStanding();
  const say = useSay();
  useEffect(() => void findOut(), []);
  if (standing.is === 'inside')
    return (
      <SessionProvider value={standing.session}>
        <Frame store={standing.session.store.name} session={standing.session}>
          <Part />
        </Frame>
      </SessionProvider>
    );
  if (standing.is === 'outside') return <SignInPage because={standing.because} />;
  if (standing.is === 'erased')
    return (
      <Frame store={standing.store}>
        <Suspense fallback={<Waiting label={say('app.loading')} />}>
          <ErasedPage erased={standing.erased} />
        </Suspense>
      </Frame>
    );
  return (
    <Frame store={null}>
      {standing.is === 'unknown' ? (
        <Failed failure={standing.failure} onRetry={() => void findOut()} />
      ) : (
        <Waiting label={say(standing.handing ? 'in.handing' : 'app.loading')} />
      )}
    </Frame>
  );
}

function Part() {
  const place = usePlace();
  const say = useSay();
  if (place === null) return <NotHere />;
  if (place === 'home') return <HomePage />;
  const Page = PAGES[place];
  return (
    <Suspense fallback={<Waiting label={say('app.loading')} />}>
      <Page />
    </Suspense>
  );
}
