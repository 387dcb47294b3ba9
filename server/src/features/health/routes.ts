import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Installation } from '../access/index.ts';
import { openMetrics } from './metrics.ts';
import { readReadiness } from './readiness.ts';

export interface HealthOptions {
  /** The bearer token of whoever reads /metrics. Absent: only programs on this machine that come without a proxy may. */
  metricsToken?: string | undefined;
}

/** What service managers, load balancers and Prometheus ask. Nothing here names a partner or a person. */
export function healthRoutes(app: FastifyInstance, installation: Installation, { metricsToken }: HealthOptions): void {
  const metrics = openMetrics(installation);
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    // Paths that nobody serves would make a label each.
    metrics.observeAnswer({
      method,
      route: routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'up' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await readReadiness(installation);
    return reply
      .code(readiness.isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken))
      return reply
        .code(403)
        .type('text/plain; charset=utf-8')
        .send('Metrics are for this machine, or for whoever sends HUB_METRICS_TOKEN as a bearer token.\n');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}

const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];
const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function mayReadMetrics({ headers, raw }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const isForwarded = forwarding.some((name) => headers[name] !== undefined);
  return !isForwarded && loopback.has(raw.socket.remoteAddress ?? '');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
