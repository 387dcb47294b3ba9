import { join } from 'node:path';
import { constants } from 'node:zlib';
import { allEndpoints } from '@hub/contract/api';
import type { Endpoint } from '@hub/contract/endpoint';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import {
  type Ctx,
  type Installation,
  type PersonActor,
  type PublicCtx,
  requirePermission,
} from './features/access/index.ts';
import { apiDocsRoutes } from './features/api-docs/index.ts';
import { administratorRoutes } from './features/administrators/index.ts';
import { auditRoutes } from './features/audit/index.ts';
import { bulkJobRoutes } from './features/bulk-jobs/index.ts';
import { callingAnomalyRoutes } from './features/calling-anomalies/index.ts';
import { callingPolicyRoutes } from './features/calling-policy/index.ts';
import { callingUsageRoutes } from './features/calling-usage/index.ts';
import { connectorRoutes } from './features/connectors/index.ts';
import { customerGroupRoutes } from './features/customer-groups/index.ts';
import { customerRoutes } from './features/customers/index.ts';
import { deletionRoutes } from './features/deletions/index.ts';
import { demoRoutes } from './features/demo/index.ts';
import { freshnessRoutes } from './features/freshness/index.ts';
import { healthRoutes } from './features/health/index.ts';
import { healthScoreRoutes } from './features/health-score/index.ts';
import { importRoutes, requestRelease } from './features/imports/index.ts';
import { reconciliationRoutes } from './features/reconciliation/index.ts';
import { recordImportRoutes } from './features/record-imports/index.ts';
import { regionRoutes } from './features/regions/index.ts';
import { renewalRoutes } from './features/renewals/index.ts';
import { retentionRoutes } from './features/retention/index.ts';
import { savedViewRoutes } from './features/saved-views/index.ts';
import { resolveSession, sessionRoutes } from './features/sessions/index.ts';
import { statusRoutes } from './features/statuses/index.ts';
import { subscriptionAnalyticsRoutes } from './features/subscription-analytics/index.ts';
import { subscriptionRoutes } from './features/subscriptions/index.ts';
import { tagRoutes } from './features/tags/index.ts';
import { bearerOf, resolveToken, tokenRoutes } from './features/tokens/index.ts';
import { metricRoutes } from './features/metrics/index.ts';
import { orderRoutes } from './features/orders/index.ts';
import { trialRoutes } from './features/trials/index.ts';
import { HubError } from './platform/hub-error.ts';
import {
  answerClientFault,
  changesNothing,
  headerBytesMaximum,
  isOfApi,
  newTrackingId,
  problemOf,
  refuseOtherSites,
  type RateLimits,
  registerRateLimit,
  registerSecurityHeaders,
  registerStaticPage,
  requireCsrfToken,
  type Serve,
  serveWith,
  sessionCookie,
  usualLimits,
} from './platform/http/index.ts';

export interface AppOptions {
  /** The built page. */
  pageDir?: string;
  /** Addresses or networks of the proxies whose X-Forwarded-For, -Proto and -Host are believed. */
  trustedProxies?: string[];
  limits?: RateLimits;
  metricsToken?: string;
}

const builtPage = join(import.meta.dirname, '../../web/dist');

/** The whole web server without listening. Throws where an endpoint of the contract is served by nobody or twice. */
export async function buildApp(
  installation: Installation,
  { pageDir = builtPage, trustedProxies = [], limits = usualLimits, metricsToken }: AppOptions = {},
): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = installation.log; // by its own type every type below were bound to pino
  const app: FastifyInstance = fastify({
    loggerInstance,
    // Its own lines hold URLs, and those hold what people searched for.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trackingId' }),
    genReqId: newTrackingId,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    connectionTimeout: 120_000, // a connection that has sent or taken nothing for so long is cut; longer than any answer takes
    http: { maxHeaderSize: headerBytesMaximum },
    clientErrorHandler: answerClientFault,
    frameworkErrors(error, request, reply) {
      void sendProblem(installation, error, request, reply as FastifyReply);
    },
  });
  // A form of another site can send text/plain without asking; nothing here takes it.
  app.removeContentTypeParser('text/plain');
  await app.register(cookie);
  await app.register(compress, {
    globalDecompression: false, // uploads are stored as they come
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }, // the default, 11, takes seconds for a large table
  });
  noteRequests(app, installation);
  await registerSecurityHeaders(app);
  await registerRateLimit(app, limits);
  app.setErrorHandler((error, request, reply) => sendProblem(installation, error, request, reply));

  const page = await registerStaticPage(app, pageDir);
  app.setNotFoundHandler((request, reply) => {
    const isApi = /^\/api(?:[/?]|$)/.test(request.url);
    if (isApi || !changesNothing(request.method)) throw new HubError('not_found');
    return page(request, reply);
  });

  serveAll(app, installation);
  apiDocsRoutes(app);
  healthRoutes(app, installation, { metricsToken });
  return app;
}

/** Every feature's endpoints, bound to their verbs. */
function serveAll(app: FastifyInstance, installation: Installation): void {
  const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https';
  const served: Endpoint[] = [];
  const noting =
    <Context>(serve: Serve<Context>): Serve<Context> =>
    (endpoint, handler) => {
      served.push(endpoint);
      serve(endpoint, handler);
    };
  const servePublic = noting<PublicCtx>(
    serveWith({ app, isSecure, contextOf: (request) => publicContext(installation, request) }),
  );
  const serve = noting<Ctx>(
    serveWith({ app, isSecure, contextOf: (request, endpoint) => context(installation, request, endpoint) }),
  );

  sessionRoutes(serve, servePublic);
  administratorRoutes(serve, servePublic);
  tokenRoutes(serve);
  auditRoutes(serve);
  customerRoutes(serve, { onLinked: requestRelease });
  statusRoutes(serve);
  subscriptionRoutes(serve);
  orderRoutes(serve);
  trialRoutes(serve);
  tagRoutes(serve);
  customerGroupRoutes(serve);
  savedViewRoutes(serve);
  bulkJobRoutes(serve);
  importRoutes(serve);
  connectorRoutes(serve);
  recordImportRoutes(serve);
  callingUsageRoutes(serve);
  callingPolicyRoutes(serve);
  callingAnomalyRoutes(serve);
  metricRoutes(serve);
  subscriptionAnalyticsRoutes(serve);
  reconciliationRoutes(serve);
  healthScoreRoutes(serve);
  renewalRoutes(serve);
  freshnessRoutes(serve);
  retentionRoutes(serve);
  deletionRoutes(serve);
  demoRoutes(serve);
  regionRoutes(serve);

  requireEachServedOnce(served);
}

async function publicContext(installation: Installation, request: FastifyRequest): Promise<PublicCtx> {
  if (!changesNothing(request.method)) refuseOtherSites(request.headers, request.host);
  return { ...installation, trackingId: request.id, log: installation.log.child({ trackingId: request.id }) };
}

async function context(installation: Installation, request: FastifyRequest, { permission }: Endpoint): Promise<Ctx> {
  const unsigned = await publicContext(installation, request);
  const actor = await actorOf(unsigned, request, permission);
  const { personId, partnerId, tokenId } = actor;
  const who = { personId, partnerId, tokenId };
  askers.set(request, who);
  const ctx: Ctx = { ...unsigned, actor, log: unsigned.log.child(who) };
  // The verb asks too, whoever calls it; here it is asked before the request's body is looked at.
  if (permission !== 'public' && permission !== 'signed_in' && permission !== 'session')
    requirePermission(ctx, permission);
  return ctx;
}

/** Ids of who made a request, for the lines of the log about it. */
const askers = new WeakMap<FastifyRequest, Partial<Record<'personId' | 'partnerId' | 'tokenId', string | undefined>>>();

/** Who asks: by an access token where one is sent, whatever cookie comes along; else by the session. */
async function actorOf(
  installation: Installation,
  request: FastifyRequest,
  permission: Endpoint['permission'],
): Promise<PersonActor> {
  const token = bearerOf(request.headers.authorization);
  if (token !== undefined) {
    const actor = await resolveToken(installation, token);
    if (permission === 'session') throw new HubError('session_needed');
    return actor;
  }
  const { actor, csrfToken } = await resolveSession(installation, request.cookies[sessionCookie]);
  if (!changesNothing(request.method)) requireCsrfToken(request.headers, csrfToken);
  return actor;
}

function noteRequests(app: FastifyInstance, { log }: Installation): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-tracking-id', request.id);
    if (isOfApi(request)) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, id: trackingId } = request;
    log.info(
      {
        trackingId,
        ...askers.get(request),
        method,
        route: routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}

function sendProblem(
  { log }: Installation,
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { problem, isUnexpected } = problemOf(thrown, request.id);
  const facts = {
    trackingId: request.id,
    ...askers.get(request),
    method: request.method,
    route: request.routeOptions?.url,
    code: problem.code,
    err: thrown,
  };
  if (isUnexpected) log.error(facts, 'request failed unexpectedly');
  else if (problem.status >= 500) log.warn(facts, 'request failed');
  // A browser that keeps a dead cookie would be told so for ever.
  if (problem.code === 'session_expired') reply.clearCookie(sessionCookie, { path: '/' });
  if (problem.status === 429 && typeof problem.data?.['seconds'] === 'number')
    reply.header('retry-after', Math.max(1, Math.ceil(problem.data['seconds'])));
  return reply
    .code(problem.status)
    .header('x-tracking-id', request.id)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

function requireEachServedOnce(served: readonly Endpoint[]): void {
  for (const [name, endpoint] of Object.entries(allEndpoints)) {
    const times = served.filter((other) => other === endpoint).length;
    if (times !== 1)
      throw new Error(
        `The endpoint ${name} (${endpoint.method} ${endpoint.path}) is served ${times} times; it must be exactly once.`,
      );
  }
}
