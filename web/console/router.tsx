/** Addresses and their pages. Each page is fetched when it is gone to. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readView } from './cases/table-state.ts';
import { readTab } from './customer/tabs.ts';
import { Gate } from './gate.tsx';
import { readIndex } from './ledger/index-search.ts';
import { readPeriod } from './rates/period.ts';
import { readReportView } from './reports/view.ts';
import { readRequestsView } from './requests/view.ts';
import { NotHere, PageFailed, PageLoading } from './shell/page.tsx';

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
}

const root = createRootRoute();
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Gate });
const parent = () => inside;

const nowhere = createRoute({ getParentRoute: parent, path: '$', component: NotHere });
const home = createRoute({
  getParentRoute: parent,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});
const find = createRoute({
  getParentRoute: parent,
  path: '/find',
  component: lazyRouteComponent(() => import('./find/find-page.tsx'), 'FindPage'),
});
const customer = createRoute({
  getParentRoute: parent,
  path: '/customers/$id',
  validateSearch: readTab,
  component: lazyRouteComponent(() => import('./customer/customer-page.tsx'), 'CustomerPage'),
});
const cases = createRoute({
  getParentRoute: parent,
  path: '/cases',
  validateSearch: readView,
  component: lazyRouteComponent(() => import('./cases/cases-page.tsx'), 'CasesPage'),
});
const oneCase = createRoute({
  getParentRoute: parent,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./cases/case-page.tsx'), 'CasePage'),
});
const requests = createRoute({
  getParentRoute: parent,
  path: '/requests',
  validateSearch: readRequestsView,
  component: lazyRouteComponent(() => import('./requests/requests-page.tsx'), 'RequestsPage'),
});
const oneRequest = createRoute({
  getParentRoute: parent,
  path: '/requests/$id',
  component: lazyRouteComponent(() => import('./requests/request-page.tsx'), 'RequestPage'),
});
const canned = createRoute({
  getParentRoute: parent,
  path: '/answers',
  component: lazyRouteComponent(() => import('./cases/canned-page.tsx'), 'CannedPage'),
});
const tags = createRoute({
  getParentRoute: parent,
  path: '/tags',
  component: lazyRouteComponent(() => import('./tags/tags-page.tsx'), 'TagsPage'),
});
const conditions = createRoute({
  getParentRoute: parent,
  path: '/conditions',
  component: lazyRouteComponent(() => import('./conditions/conditions-page.tsx'), 'ConditionsPage'),
});
const training = createRoute({
  getParentRoute: parent,
  path: '/training',
  component: lazyRouteComponent(() => import('./training/training-page.tsx'), 'TrainingPage'),
});
const course = createRoute({
  getParentRoute: parent,
  path: '/training/$course',
  component: lazyRouteComponent(() => import('./training/course-page.tsx'), 'CoursePage'),
});
const settings = createRoute({
  getParentRoute: parent,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});
const people = createRoute({
  getParentRoute: parent,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});
const keys = createRoute({
  getParentRoute: parent,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/keys-page.tsx'), 'KeysPage'),
});
const ledger = createRoute({
  getParentRoute: parent,
  path: '/ledger',
  validateSearch: readIndex,
  component: lazyRouteComponent(() => import('./ledger/ledger-page.tsx'), 'LedgerPage'),
});
const undeclared = createRoute({
  getParentRoute: parent,
  path: '/undeclared',
  component: lazyRouteComponent(() => import('./upkeep/undeclared-page.tsx'), 'UndeclaredPage'),
});
const quarantine = createRoute({
  getParentRoute: parent,
  path: '/quarantine',
  component: lazyRouteComponent(() => import('./upkeep/quarantine-page.tsx'), 'QuarantinePage'),
});
const releases = createRoute({
  getParentRoute: parent,
  path: '/releases',
  component: lazyRouteComponent(() => import('./releases/releases-page.tsx'), 'ReleasesPage'),
});
const dataMap = createRoute({
  getParentRoute: parent,
  path: '/data-map',
  component: lazyRouteComponent(() => import('./catalog/data-map-page.tsx'), 'DataMapPage'),
});
const notices = createRoute({
  getParentRoute: parent,
  path: '/notices',
  component: lazyRouteComponent(() => import('./notices/notices-page.tsx'), 'NoticesPage'),
});
const retention = createRoute({
  getParentRoute: parent,
  path: '/retention',
  component: lazyRouteComponent(() => import('./retention/retention-page.tsx'), 'RetentionPage'),
});
const reports = createRoute({
  getParentRoute: parent,
  path: '/reports',
  validateSearch: readReportView,
  component: lazyRouteComponent(() => import('./reports/reports-page.tsx'), 'ReportsPage'),
});
const rates = createRoute({
  getParentRoute: parent,
  path: '/consent-rates',
  validateSearch: readPeriod,
  component: lazyRouteComponent(() => import('./rates/rates-page.tsx'), 'RatesPage'),
});
const oversight = [
  reports,
  rates,
  people,
  keys,
  ledger,
  undeclared,
  quarantine,
  releases,
  dataMap,
  notices,
  retention,
] as const;
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./sign-in/join-page.tsx'), 'JoinPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    join,
    inside.addChildren([
      home,
      find,
      customer,
      cases,
      oneCase,
      requests,
      oneRequest,
      canned,
      tags,
      conditions,
      training,
      course,
      settings,
      ...oversight,
      nowhere,
    ]),
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NotHere,
  scrollRestoration: true,
});
