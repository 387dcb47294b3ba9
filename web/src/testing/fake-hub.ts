import type { Endpoint } from '@hub/contract/endpoint';
import type { ErrorCode } from '@hub/contract/errors';
import { errorCatalog, Problem } from '@hub/contract/errors';
import { countCustomers } from '@hub/contract/customers';
import { defaultLowAssignmentRule, getLowAssignmentRule } from '@hub/contract/low-assignment';
import { defaultHealthPolicy, getCustomerHealth, getHealthPolicy } from '@hub/contract/health-score';
import { listMappings } from '@hub/contract/import-mappings';
import { listInvoices, listOrders } from '@hub/contract/orders';
import { listRegions } from '@hub/contract/region-states';
import { countSavedViews, listSavedViews } from '@hub/contract/saved-views';
import { unknownKeys } from '@hub/contract/unknown-keys';
import { vi } from 'vitest';

interface Request {
  method: string;
  url: URL;
  body: unknown;
  headers: Headers;
}

type Answer = (request: Request) => Response | Promise<Response>;

/** A network that answers what a test has told it, endpoint by endpoint. A request that nobody expects fails the test. */
export class FakeHub {
  readonly requests: Request[] = [];
  private readonly answers = new Map<string, Answer>();

  constructor() {
    // Every page of the frame asks this.
    this.on(listRegions, { regions: ['us', 'ca', 'eu', 'uae'], regionsUnavailable: [], regionsReadOnly: [] });
    this.on(getLowAssignmentRule, defaultLowAssignmentRule); // the settings, too
    this.on(getHealthPolicy, defaultHealthPolicy);
    this.on(getCustomerHealth, {
      score: null,
      known: 0,
      counted: 6,
      factors: [],
      payment: null,
      activity: null,
      policy: defaultHealthPolicy,
      today: '2026-11-24',
    });
    this.on(listSavedViews, { items: [] });
    this.on(listMappings, { items: [] });
    this.on(listOrders, { items: [], total: 0, next: null });
    this.on(listInvoices, { items: [], total: 0, next: null });
    this.on(countSavedViews, { items: [] });
    this.on(countCustomers, { matching: 0, all: 0 });
    vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
      const request: Request = {
        method: init.method ?? 'GET',
        url: new URL(input, 'http://hub.example'),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
        headers: new Headers(init.headers),
      };
      this.requests.push(request);
      for (const [key, answer] of this.answers) {
        const [method, pattern = ''] = key.split(' ');
        if (
          method === request.method &&
          new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(request.url.pathname)
        )
          return answer(request);
      }
      throw new Error(`nobody answers ${request.method} ${request.url.pathname}`);
    });
  }

  on(endpoint: Endpoint, answer: unknown): this {
    const reply =
      typeof answer === 'function'
        ? (request: Request): unknown => Reflect.apply(answer, undefined, [request])
        : () => answer;
    this.answers.set(`${endpoint.method} ${endpoint.path}`, (request) => {
      refuseUnknown(endpoint, request);
      const value = reply(request);
      return value instanceof Promise ? value.then(responseOf) : responseOf(value);
    });
    return this;
  }

  refuse(endpoint: Endpoint, code: ErrorCode, data: Problem['data'] = {}): this {
    return this.on(endpoint, () => problemResponse(code, data));
  }

  asked(endpoint: Endpoint): Request[] {
    return this.requests.filter(({ method, url }) => method === endpoint.method && url.pathname === endpoint.path);
  }
}

/** As the server does: a page that sends what the contract does not name fails its test. */
function refuseUnknown({ query, body }: Endpoint, request: Request): void {
  const unknown = [
    ...(query
      ? unknownKeys(query, Object.fromEntries(request.url.searchParams))
      : [...request.url.searchParams.keys()]),
    ...(body && !('upload' in body) ? unknownKeys(body, request.body) : []),
  ];
  if (unknown.length > 0) throw new Error(`${request.method} ${request.url.pathname} sends ${unknown.join(', ')}`);
}

const responseOf = (value: unknown): Response => (value instanceof Response ? value : Response.json(value ?? null));

export function problemResponse(code: ErrorCode, data: Problem['data']): Response {
  const { status, sentence } = errorCatalog[code];
  const problem = Problem.parse({
    type: 'about:blank',
    title: sentence,
    status,
    code,
    data,
    trackingId: 'ph-7c41-e09b',
  });
  return new Response(JSON.stringify(problem), { status, headers: { 'content-type': 'application/problem+json' } });
}
