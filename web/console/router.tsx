/** Addresses and their pages. Each page is fetched when it is gone to. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Gate } from './gate.tsx';
import { NotHere, PageFailed, PageLoading } from './shell/page.tsx';

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
  /** What a page is told and an address must not hold. */
  interface HistoryState {
    readonly purpose?: string;
    readonly evidence?: { readonly kind: 'order' | 'case' | 'reason'; readonly value: string };
  }
}

const root = createRootRoute({ notFoundComponent: NotHere });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Gate });
const parent = () => inside;

const home = createRoute({
  getParentRoute: parent,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});
const people = createRoute({
  getParentRoute: parent,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});
const oversight = [people] as const;
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./sign-in/join-page.tsx'), 'JoinPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([join, inside.addChildren([home, ...oversight])]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NotHere,
  scrollRestoration: true,
});
