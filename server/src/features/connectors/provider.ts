import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { type Answer, ask, OutboundFault, type OutboundRules } from '../../platform/outbound/index.ts';
import type { SnapshotKind } from '@hub/contract/connectors';
import {
  CallsAnswer,
  MeAnswer,
  organizationId,
  type OrganizationItem,
  OrganizationsAnswer,
  type PulledRecord,
  snapshotAnswers,
} from './answer-shapes.ts';
import type { Window } from './plan-windows.ts';
import { type Addresses, isAllowed } from './provider-address.ts';
import { nextLink, otherRegionOf, retryAfterSeconds } from './provider-headers.ts';
import { faultOf, isPassing, PullFault } from './pull-fault.ts';

/** How long to bear with a provider that does not answer as it should. */
export interface Patience {
  /** How often the same is asked again after a fault that may pass; pauses grow fourfold from the first. */
  retries: number;
  firstPauseMilliseconds: number;
  /** How often a request waits because it came too soon, and how long at most; longer ends the run. */
  waits: number;
  longestWaitSeconds: number;
  idleMilliseconds: number;
  totalMilliseconds: number;
}

export const usualPatience: Patience = {
  retries: 3,
  firstPauseMilliseconds: 1000,
  waits: 10,
  longestWaitSeconds: 300,
  idleMilliseconds: 60_000,
  totalMilliseconds: 300_000,
};

// The documented limit is one first request a minute, where an answer does not say when.
const waitWithoutWord = 60;
const pageRecords = 1000; // some 3 MB: parsed in one go, while others use the page
const pageBytes = 64_000_000;
const listBytes = 16_000_000;
const mostPages = 5000;
const faultTextBytes = 2000;

/** Where each kind is asked for, and how many records at once (licenses come in one piece); whether pages are also asked for by `start`. */
const snapshotPaths: Record<SnapshotKind, { path: string; most?: number; hasStart?: true }> = {
  licenses: { path: 'licenses' },
  locations: { path: 'locations', most: 1000 },
  numbers: { path: 'telephony/config/numbers', most: 2000, hasStart: true },
  devices: { path: 'devices', most: 1000, hasStart: true },
  people: { path: 'people', most: 1000 },
};

/** Gives the token, and another one where the provider refused it; undefined where there is none to be had. */
export interface TokenSource {
  token(): Promise<string>;
  renew(refused: string): Promise<string | undefined>;
}

export interface ProviderOptions {
  rules: OutboundRules;
  addresses: Addresses;
  tokens: TokenSource;
  clock: Clock;
  patience: Patience;
  /** Also asked before each request, whether it is still wanted: throws where it is not. */
  signal: AbortSignal;
}

export interface Provider {
  me(): Promise<z.infer<typeof MeAnswer>>;
  organizations(): Promise<OrganizationItem[]>;
  /**
   * Hands each page to `take`; answers from which host they came in the end, null where it is the connector's own. `origin`: where the
   * provider sent us on before. All faults are PullFaults, except those of `take`.
   */
  calls(
    what: { feed: 'cdr_stream' | 'cdr_feed'; orgUuid: string; window: Window; origin: string | null },
    take: (records: readonly PulledRecord[]) => Promise<void>,
  ): Promise<{ origin: string | null }>;
  /** What there is of an organization now, a page at a time. All faults are PullFaults, except those of `take`. */
  snapshot(
    what: { kind: SnapshotKind; orgUuid: string },
    take: (records: readonly PulledRecord[]) => Promise<void>,
  ): Promise<void>;
}

/** What is asked of a provider that speaks Webex's `/v1`: with its limits, its regions and its moods. */
export function openProvider(options: ProviderOptions): Provider {
  const { addresses } = options;
  const get = <Shape extends z.ZodType>(url: URL, shape: Shape, limitBytes: number) =>
    getJson(options, url, shape, limitBytes);
  return {
    async me() {
      return (await get(new URL(`${addresses.baseUrl}/people/me`), MeAnswer, listBytes)).value;
    },
    async organizations() {
      const found: OrganizationItem[] = [];
      const first = new URL(`${addresses.baseUrl}/organizations`);
      for await (const { value } of pages(options, first, (url) => get(url, OrganizationsAnswer, listBytes)))
        found.push(...value.items);
      return found;
    },
    async calls({ feed, orgUuid, window, origin }, take) {
      const own = new URL(`${addresses.callsUrl}/${feed}`);
      const known = origin === null ? null : URL.parse(origin);
      const first = known !== null && isAllowed(options.rules, addresses, known) ? new URL(own.pathname, known) : own;
      first.searchParams.set('startTime', window.from.toISOString());
      first.searchParams.set('endTime', window.to.toISOString());
      first.searchParams.set('max', String(pageRecords));
      first.searchParams.set('orgId', orgUuid);
      let last = first;
      for await (const { value, url } of pages(options, first, (next) => get(next, CallsAnswer, pageBytes))) {
        await take(value.items);
        last = url;
      }
      return { origin: last.origin === own.origin ? null : last.origin };
    },
    async snapshot({ kind, orgUuid }, take) {
      const { path, most, hasStart } = snapshotPaths[kind];
      const first = new URL(`${addresses.baseUrl}/${path}`);
      first.searchParams.set('orgId', organizationId(orgUuid));
      if (most !== undefined) first.searchParams.set('max', String(most));
      let begin = '';
      const page = async (url: URL) => {
        const got = await get(url, snapshotAnswers[kind], pageBytes);
        const isFull = hasStart === true && got.value.length >= (most ?? 0);
        const opening = JSON.stringify(got.value[0] ?? '');
        // Whoever does not know `start` would send the first page for ever.
        if (isFull && opening === begin) throw new PullFault('paging_endless');
        begin = opening;
        return isFull ? { ...got, following: afterStart(got.url, got.value.length) } : got;
      };
      for await (const { value } of pages(options, first, page)) await take(value);
    },
  };
}

/** The page behind one of so many records. */
function afterStart(url: URL, records: number): URL {
  const next = new URL(url);
  next.searchParams.set('start', String(Number(url.searchParams.get('start') ?? 0) + records));
  return next;
}

/** One page after another along the links, each of which is judged before the token goes there; `following`: where there is no link. */
async function* pages<Page extends { url: URL; answer: Answer; following?: URL }>(
  { rules, addresses }: ProviderOptions,
  first: URL,
  get: (url: URL) => Promise<Page>,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let next: URL | undefined = first;
  while (next !== undefined) {
    if (seen.has(next.href) || seen.size >= mostPages) throw new PullFault('paging_endless');
    seen.add(next.href);
    const page: Page = await get(next);
    yield page;
    const link = nextLink(page.answer.headers.link) ?? page.following?.href;
    if (link === undefined) return;
    next = URL.parse(link, page.url.href) ?? undefined;
    if (next === undefined || !isAllowed(rules, addresses, next))
      throw new PullFault('other_region', { host: next?.host ?? link.slice(0, 100) });
  }
}

interface Tries {
  retries: number;
  waits: number;
  isRenewed: boolean;
  isSentOn: boolean;
}

async function getJson<Shape extends z.ZodType>(
  options: ProviderOptions,
  asked: URL,
  shape: Shape,
  limitBytes: number,
): Promise<{ value: z.output<Shape>; url: URL; answer: Answer }> {
  const tries: Tries = { retries: 0, waits: 0, isRenewed: false, isSentOn: false };
  let url = asked;
  let token = await options.tokens.token();
  for (;;) {
    try {
      const answer = await askOnce(options, url, token, limitBytes);
      if (answer.status === 200) return { value: read(answer, shape), url, answer };
      const next = await afterRefusal(options, { answer, url, token, tries });
      ({ url, token } = next);
    } catch (error) {
      options.signal.throwIfAborted();
      const fault = error instanceof OutboundFault ? faultOf(error, '') : error;
      if (!(fault instanceof PullFault) || !isPassing(fault.code) || tries.retries >= options.patience.retries)
        throw fault;
      await pause(options, options.patience.firstPauseMilliseconds * 4 ** tries.retries);
      tries.retries += 1;
    }
  }
}

const askOnce = ({ rules, patience, signal }: ProviderOptions, url: URL, token: string, limitBytes: number) =>
  ask(rules, {
    url,
    headers: { authorization: `Bearer ${token}` },
    limitBytes,
    idleMilliseconds: patience.idleMilliseconds,
    totalMilliseconds: patience.totalMilliseconds,
    signal,
  });

function read<Shape extends z.ZodType>({ body }: Answer, shape: Shape): z.output<Shape> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new PullFault('answer_broken', {}, { cause });
  }
  const parsed = shape.safeParse(json);
  // What the values were stays out of the log.
  if (!parsed.success) throw new PullFault('answer_broken');
  return parsed.data;
}

/** What to ask next, of whom and with which token, after an answer that is not the one that was wanted. Throws where nothing helps. */
async function afterRefusal(
  options: ProviderOptions,
  { answer, url, token, tries }: { answer: Answer; url: URL; token: string; tries: Tries },
): Promise<{ url: URL; token: string }> {
  const { status, headers } = answer;
  if (status === 429 || status === 423) {
    const seconds = Math.max(1, retryAfterSeconds(headers['retry-after'], options.clock.now()) ?? waitWithoutWord);
    if (tries.waits >= options.patience.waits || seconds > options.patience.longestWaitSeconds)
      throw new PullFault('rate_limited', { seconds });
    tries.waits += 1;
    await pause(options, seconds * 1000);
    return { url, token };
  }
  if (status === 401) {
    const renewed = tries.isRenewed ? undefined : await options.tokens.renew(token);
    if (renewed === undefined) throw new PullFault('token_refused');
    tries.isRenewed = true;
    return { url, token: renewed };
  }
  if (status === 451) return { url: sentOn(options, { answer, url, tries }), token };
  if (status === 403) throw new PullFault('forbidden');
  if (status >= 500) {
    const seconds = retryAfterSeconds(headers['retry-after'], options.clock.now());
    if (seconds !== undefined && seconds > options.patience.longestWaitSeconds)
      throw new PullFault('rate_limited', { seconds });
    if (seconds !== undefined && tries.retries < options.patience.retries) await pause(options, seconds * 1000);
    throw new PullFault('server_failed', { status });
  }
  if (status >= 300 && status < 400) throw new PullFault('redirected', { status });
  throw new PullFault('refused', { status });
}

/** The same request at the host that holds the data, where the token may go there. */
function sentOn(
  { rules, addresses }: ProviderOptions,
  { answer, url, tries }: { answer: Answer; url: URL; tries: Tries },
): URL {
  const { headers, body } = answer;
  const other = otherRegionOf(headers.location, body.subarray(0, faultTextBytes).toString('utf8'));
  if (other === undefined || tries.isSentOn || !isAllowed(rules, addresses, other))
    throw new PullFault('other_region', { host: other?.host ?? '' });
  tries.isSentOn = true;
  return new URL(url.pathname + url.search, other.origin);
}

const pause = ({ signal }: ProviderOptions, milliseconds: number): Promise<void> =>
  sleep(milliseconds, undefined, { signal });
