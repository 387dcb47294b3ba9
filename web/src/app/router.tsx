import type { Permission } from '@hub/contract/permissions';
import { FeedCode, HeldReason, ImportState, LedgerSource } from '@hub/contract/imports';
import { FreshnessSort, FreshnessState } from '@hub/contract/freshness';
import { CustomerSort } from '@hub/contract/customers';
import { RegionCode } from '@hub/contract/regions';
import { QualityPolicy } from '@hub/contract/calling-policy';
import { CallingUsageMeasure, EndpointType, LegMeasure, UserKey } from '@hub/contract/calling-usage';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { otherCustomersQuery, viewsQuery } from '../features/customers/index.ts';
import { sessionQuery, setupQuery } from '../features/sessions/index.ts';
import { ApiError } from '../lib/api.ts';
import { hasChosenLanguage, speak, withWords } from '../lib/i18n.ts';
import { parseSearch, stringifySearch } from '../lib/url-state.ts';
import { CrashedPage } from './crashed-page.tsx';
import { Frame } from './frame.tsx';
import { homeOf } from './home.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PendingPage } from './pending-page.tsx';
import { forgetSession, remembersSession } from './use-same-session.ts';

interface Context {
  queryClient: QueryClient;
}

const text = z.string().optional().catch(undefined);
const region = RegionCode.optional().catch(undefined);

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
});

const setUpRoute = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.query(setupQuery);
    if (!setup.isNeeded) redirect({ to: '/sign-in', replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('../features/sessions/set-up-page.tsx'), 'SetUpPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: text, ended: text }),
  beforeLoad: async ({ context }) => {
    forgetSession();
    const setup = await context.queryClient.query({ ...setupQuery, staleTime: 1000 }); // the frame may just have asked
    if (setup.isNeeded) redirect({ to: '/setup', replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('../features/sessions/sign-in-page.tsx'), 'SignInPage'),
});

const joinRoute = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(
    () => withWords(['administration'], import('../features/sessions/join-page.tsx')),
    'JoinPage',
  ),
});

const frameRoute = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const next = location.href === '/' ? undefined : location.href;
    // A browser writes a refusal to its console as an error, so a first visit does not ask for a session that cannot be there.
    const isFirst = !remembersSession() && context.queryClient.getQueryData(sessionQuery.queryKey) === undefined;
    if (isFirst && !(await context.queryClient.query(setupQuery)).hasSession)
      redirect({ to: '/sign-in', search: { next }, replace: true, throw: true });
    try {
      const session = await context.queryClient.query({ ...sessionQuery, staleTime: 'static' });
      const language = session.person.language;
      if (language !== null && !hasChosenLanguage()) await speak(language);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      redirect({ to: '/sign-in', search: { next }, replace: true, throw: true });
    }
  },
  component: Frame,
});

const startRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.query(sessionQuery);
    // The list leads once there is anybody in it; where that cannot be told, what comes after it does.
    const customers = await context.queryClient.query(otherCustomersQuery).catch(() => undefined);
    const hasCustomers = customers !== undefined && customers.matching > 0;
    redirect({ to: homeOf({ ...session, hasCustomers }), replace: true, throw: true });
  },
});

const importsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports',
  staticData: { needs: 'imports.read' },
  validateSearch: z.object({
    region,
    batch: text,
    feed: FeedCode.optional().catch(undefined),
    state: ImportState.optional().catch(undefined),
    source: LedgerSource.optional().catch(undefined),
    heldText: z.string().max(200).optional().catch(undefined),
    heldRegion: region,
    heldReason: HeldReason.optional().catch(undefined),
  }),
  component: lazyRouteComponent(
    () => withWords(['imports'], import('../features/imports/imports-page.tsx')),
    'ImportsPage',
  ),
});

const mappingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports/$importId/columns',
  staticData: { needs: 'imports.write' },
  component: lazyRouteComponent(
    () => withWords(['imports', 'mapping'], import('../features/imports/mapping/mapping-page.tsx')),
    'MappingPage',
  ),
});

const savedMappingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports/mappings/$mappingId',
  staticData: { needs: 'imports.write' },
  component: lazyRouteComponent(
    () => withWords(['imports', 'mapping'], import('../features/imports/mapping/saved-mapping-page.tsx')),
    'SavedMappingPage',
  ),
});

const order = z.enum(['asc', 'desc']).optional().catch(undefined);
const customerId = z.uuid().optional().catch(undefined);
const limited = z.string().max(200).optional().catch(undefined);

const customersSearch = z.object({
  q: z.string().max(20_000).optional().catch(undefined),
  sort: CustomerSort.optional().catch(undefined),
  order,
});

async function firstCustomers(queryClient: QueryClient, search: z.infer<typeof customersSearch>): Promise<void> {
  inTheBackground(queryClient.query(viewsQuery)); // one of them may be the list that one begins with
  const { askAhead } = await import('../features/customers/ask-ahead.ts');
  await askAhead(queryClient, search);
}

const customersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  staticData: { needs: 'customers.read' },
  validateSearch: customersSearch,
  loader: ({ context, location, cause }) => {
    if (cause !== 'enter') return;
    inTheBackground(firstCustomers(context.queryClient, location.search));
  },
  component: lazyRouteComponent(
    () => withWords(['customers'], import('../features/customers/customers-page.tsx')),
    'CustomersPage',
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/overview',
  staticData: { needs: 'customers.read' },
  component: lazyRouteComponent(
    () => withWords(['overview', 'customers'], import('../features/overview/overview-page.tsx')),
    'OverviewPage',
  ),
});

const freshnessRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/data-freshness',
  staticData: { needs: 'calling_usage.read' },
  validateSearch: z.object({
    region,
    feed: FeedCode.optional().catch(undefined),
    state: FreshnessState.optional().catch(undefined),
    q: limited,
    sort: FreshnessSort.optional().catch(undefined),
    order,
  }),
  component: lazyRouteComponent(
    () => withWords(['freshness'], import('../features/freshness/freshness-page.tsx')),
    'FreshnessPage',
  ),
});

const coverageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/data-freshness/$customerId',
  staticData: { needs: 'calling_usage.read' },
  validateSearch: z.object({ feed: FeedCode.optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => withWords(['freshness'], import('../features/freshness/coverage-page.tsx')),
    'CoveragePage',
  ),
});

/** What calling engagement shows, on its own page and on that of a customer. */
const engagementSearch = {
  from: text,
  to: text,
  zone: z.string().max(100).optional().catch(undefined),
  view: z.enum(['usage', 'quality', 'features']).optional().catch(undefined),
  policy: z.enum(['documented', 'any_threshold']).optional().catch(undefined),
  location: z.string().max(500).optional().catch(undefined),
  rows: limited,
  sort: limited,
  sortBy: z.enum(['last', 'change']).optional().catch(undefined),
  order,
  q: limited,
};

const engagementRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics/calling-engagement',
  staticData: { needs: 'calling_usage.read' },
  validateSearch: z.object({
    region: text,
    ...engagementSearch,
    customerId,
    filter: z.string().max(4000).optional().catch(undefined),
  }),
  component: lazyRouteComponent(
    () => withWords(['engagement', 'charts', 'usage'], import('../features/calling-engagement/engagement-page.tsx')),
    'EngagementPage',
  ),
});

const subscriptionAnalyticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics/subscriptions',
  staticData: { needs: 'subscriptions.read' },
  // What the values may be the page knows, so that no other page carries it.
  validateSearch: z.object({
    region: text,
    product: text,
    every: text,
    filter: text,
    weeks: text,
    bucket: text,
    unit: text,
    previous: text,
    counted: text,
    moved: text,
    recently_added: text,
    expiring: text,
    renewing: text,
    low_assignment: text,
    over_limit: text,
  }),
  component: lazyRouteComponent(
    () => withWords(['analytics', 'charts', 'usage'], import('../features/subscription-analytics/analytics-page.tsx')),
    'AnalyticsPage',
  ),
});

const reconciliationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reconciliation',
  staticData: { needs: 'subscriptions.read' },
  // What the values may be the page knows, so that no other page carries it.
  validateSearch: z.object({
    region: text,
    product: text,
    filter: text,
    finding: text,
    q: text,
    sort: text,
    order: text,
  }),
  component: lazyRouteComponent(
    () => withWords(['reconciliation', 'usage'], import('../features/reconciliation/reconciliation-page.tsx')),
    'ReconciliationPage',
  ),
});

const healthRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customer-health',
  staticData: { needs: 'subscriptions.read' },
  validateSearch: z.object({ region: text, filter: text, q: text, sort: text, order: text }),
  component: lazyRouteComponent(
    () => withWords(['health', 'usage'], import('../features/health-score/health-page.tsx')),
    'HealthPage',
  ),
});

const renewalsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/renewals',
  staticData: { needs: 'subscriptions.read' },
  // What the values may be the page knows, so that no other page carries it.
  validateSearch: z.object({
    region: text,
    filter: text,
    urgency: text,
    stage: text,
    owner: text,
    sort: text,
    order: text,
    open: text,
  }),
  component: lazyRouteComponent(
    () => withWords(['renewals', 'customers', 'usage'], import('../features/renewals/renewals-page.tsx')),
    'RenewalsPage',
  ),
});

const usageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics/calling-usage',
  staticData: { needs: 'calling_usage.read' },
  validateSearch: z.object({
    region: text,
    from: text,
    to: text,
    q: limited,
    customerId,
    filter: z.string().max(4000).optional().catch(undefined),
    sort: z
      .enum(['customerName', 'orgUuid', 'location', ...CallingUsageMeasure.options])
      .optional()
      .catch(undefined),
    order,
  }),
  component: lazyRouteComponent(
    () => withWords(['usage'], import('../features/calling-usage/usage-page.tsx')),
    'UsagePage',
  ),
});

const legsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics/calling-usage/legs',
  staticData: { needs: 'call_legs.read' },
  validateSearch: z.object({
    region: text,
    from: text,
    to: text,
    customerId,
    location: z.string().max(500).optional().catch(undefined),
    measure: LegMeasure.optional().catch(undefined),
    user: UserKey.optional().catch(undefined),
    endpointType: EndpointType.optional().catch(undefined),
    queue: z.string().max(500).optional().catch(undefined),
    filter: z.string().max(4000).optional().catch(undefined),
    hasQueues: z.literal('true').optional().catch(undefined),
    zone: z.string().max(100).optional().catch(undefined),
    /** The page that the link stands on, to go back to; calling usage where it is absent. */
    back: z.literal('engagement').optional().catch(undefined),
    q: limited,
    /** Of the page that the link stands on; the partner's own where it is absent. */
    policy: QualityPolicy.optional().catch(undefined),
    leg: z.guid().optional().catch(undefined),
    day: text,
  }),
  component: lazyRouteComponent(
    () => withWords(['usage', 'legs', 'freshness'], import('../features/calling-usage/legs-page.tsx')),
    'LegsPage',
  ),
});

const customerRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers/$customerId',
  staticData: { needs: 'customers.read' },
  validateSearch: z.object({
    tab: z.enum(['overview', 'subscriptions', 'trials', 'calling', 'activity']).optional().catch(undefined),
    ...engagementSearch,
  }),
  component: lazyRouteComponent(
    () => withWords(['customers', 'customer'], import('../features/customer/customer-page.tsx')),
    'CustomerPage',
  ),
});

const administratorsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/administrators',
  staticData: { needs: 'administrators.read' },
  validateSearch: z.object({ customersOf: z.uuid().optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => withWords(['administration'], import('../features/administrators/administrators-page.tsx')),
    'AdministratorsPage',
  ),
});

const name = z.string().max(100).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/audit-log',
  staticData: { needs: 'audit.read' },
  validateSearch: z.object({
    q: limited,
    action: name,
    personId: z.uuid().optional().catch(undefined),
    targetKind: name,
    targetId: name,
    customerId,
    from: day,
    to: day,
  }),
  component: lazyRouteComponent(
    () => withWords(['administration'], import('../features/audit/audit-page.tsx')),
    'AuditPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyRouteComponent(
    () => withWords(['administration'], import('../features/settings/settings-page.tsx')),
    'SettingsPage',
  ),
});

const routeTree = root.addChildren([
  setUpRoute,
  signInRoute,
  joinRoute,
  frameRoute.addChildren([
    startRoute,
    overviewRoute,
    customersRoute,
    importsRoute,
    mappingRoute,
    savedMappingRoute,
    freshnessRoute,
    coverageRoute,
    subscriptionAnalyticsRoute,
    reconciliationRoute,
    healthRoute,
    renewalsRoute,
    engagementRoute,
    usageRoute,
    legsRoute,
    customerRoute,
    administratorsRoute,
    auditRoute,
    settingsRoute,
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 250,
    defaultPendingMinMs: 0, // nobody waits for the sake of the waiting
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: CrashedPage,
    defaultNotFoundComponent: NotFoundPage,
  });
  return router;
}

/** What the address needs is asked for at once: its code, the session and the first rows come while the page is being made. */
export function beginEarly(router: ReturnType<typeof makeRouter>): void {
  const { pathname, search } = router.latestLocation;
  const [matched] = router.getMatchedRoutes(pathname);
  for (const route of matched) inTheBackground(router.loadRouteChunk(route));
  if (!remembersSession() || !matched.some(({ id }) => id === frameRoute.id)) return;
  const { queryClient } = router.options.context;
  inTheBackground(queryClient.query(sessionQuery));
  if (matched.some(({ id }) => id === customersRoute.id))
    inTheBackground(firstCustomers(queryClient, customersSearch.parse(search)));
}

/** Whatever is wrong with it, the route meets again, and tells. */
function inTheBackground(work: Promise<unknown> | undefined): void {
  work?.catch(() => undefined);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
  interface StaticDataRouteOption {
    /** Whoever lacks it is told so instead of seeing the page. */
    needs?: Permission;
  }
}
