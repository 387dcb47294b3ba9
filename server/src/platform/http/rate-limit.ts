import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../hub-error.ts';
import { sessionCookie } from './serve.ts';

export interface RateLimits {
  /** Requests a minute of one session, token or, where neither came, address. */
  perCaller: number;
  /** Requests a minute of one address, whoever it says to be: a guesser of tokens stays one caller. */
  perAddress: number;
}

/** A person clicking fast makes 100 a minute, a page left open 60; a script that does more shall wait. */
export const usualLimits: RateLimits = { perCaller: 1200, perAddress: 6000 }; // HUB_REQUESTS_PER_MINUTE and five times it

/** Counts in this process; behind several web processes each allows as much. Answers carry x-ratelimit-*, refusals retry-after too. */
export async function registerRateLimit(app: FastifyInstance, { perCaller, perAddress }: RateLimits): Promise<void> {
  await app.register(rateLimit, { global: false, timeWindow: 60_000, cache: 50_000 });
  const ofAddress = app.createRateLimit({ max: perAddress, timeWindow: 60_000, keyGenerator: ({ ip }) => ip });
  const ofCaller = app.createRateLimit({ max: perCaller, timeWindow: 60_000, keyGenerator: callerOf });
  app.addHook('onRequest', async (request, reply) => {
    if (!isOfApi(request)) return;
    for (const limit of [ofAddress, ofCaller]) {
      const state = await limit(request);
      if (state.isAllowed) continue;
      reply.headers({
        'x-ratelimit-limit': state.max,
        'x-ratelimit-remaining': state.remaining,
        'x-ratelimit-reset': state.ttlInSeconds,
      });
      if (!state.isExceeded) continue;
      reply.header('retry-after', Math.max(1, state.ttlInSeconds));
      throw new HubError('rate_limited', { seconds: Math.max(1, state.ttlInSeconds) });
    }
  });
}

/** By the route that was found, however the path was spelled: %61pi is api as well. What no route knows is counted too. */
export const isOfApi = ({ routeOptions }: FastifyRequest): boolean => (routeOptions.url ?? '/api').startsWith('/api');

/** The hash of what a caller shows; the counter's memory is no place for secrets. What is no token of ours makes nobody another caller. */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  const shown =
    authorization !== undefined && /^bearer /i.test(authorization) ? authorization : request.cookies[sessionCookie];
  return shown === undefined ? request.ip : createHash('sha256').update(shown).digest('base64url');
}
