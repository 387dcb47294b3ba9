import type { Download, Endpoint, GivenOf, ReplyOf } from '@hub/contract/endpoint';
import { Problem } from '@hub/contract/errors';
import { tellServerTime } from './clock.ts';

/** A refusal with its problem, or without one: nothing answered, or something that is not the hub did. */
export class ApiError extends Error {
  readonly problem: Problem | null;
  readonly status: number;

  constructor(status: number, problem: Problem | null, options?: ErrorOptions) {
    super(problem?.code ?? `no problem document, status ${status}`, options);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

let csrfToken = '';

/** Every request that writes carries it; the session reply brings it. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

export function csrfHeader(): Record<string, string> {
  return csrfToken === '' ? {} : { 'x-hub-csrf': csrfToken };
}

const signedOut = new EventTarget();

/** Calls back when a request is refused because nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.addEventListener('signed-out', listener);
  return () => signedOut.removeEventListener('signed-out', listener);
}

const refused = new EventTarget();

/** Calls back when a request is refused for want of a right: the role may have changed since the session was asked. */
export function onRightMissing(listener: () => void): () => void {
  refused.addEventListener('right-missing', listener);
  return () => refused.removeEventListener('right-missing', listener);
}

/** What an endpoint wants given: parts that it does not have are left out. */
export type Given<E> = { [K in keyof GivenOf<E> as GivenOf<E>[K] extends undefined ? never : K]: GivenOf<E>[K] };

/** What an endpoint answers where it answers no file. */
export type ReplyBody<E> = Exclude<ReplyOf<E>, Download>;

interface Parts {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

/** The address of an endpoint, for links and downloads too. */
export function addressOf<E extends Endpoint>(endpoint: E, given: Omit<Given<E>, 'body'>): string {
  const { params, query }: Parts = given;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(textOf(params, name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

function textOf(params: unknown, name: string): unknown {
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : '';
}

/** Asks an endpoint and answers its typed reply. Throws ApiError. */
export async function call<E extends Endpoint>(
  endpoint: E,
  given: Given<E>,
  signal?: AbortSignal,
): Promise<ReplyBody<E>> {
  const { body }: Parts = given;
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, given), {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(endpoint.method === 'GET' ? {} : csrfHeader()),
      },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, null, { cause });
  }
  tellServerTime(response.headers.get('date'));
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text);
  return replyOf<E>(text);
}

/** The server builds its replies from the same contract, so their shape is taken at its word. */
export function replyOf<E extends Endpoint>(text: string): ReplyBody<E> {
  return (text === '' ? undefined : JSON.parse(text)) as ReplyBody<E>;
}

/** Reads a refusal, whoever sent it. */
export function refusal(status: number, text: string): ApiError {
  let problem: Problem | null = null;
  try {
    problem = Problem.parse(JSON.parse(text));
  } catch {
    problem = null; // a proxy's page
  }
  if (problem?.code === 'not_signed_in' || problem?.code === 'session_expired') {
    signedOut.dispatchEvent(new Event('signed-out'));
  }
  if (problem?.code === 'permission_denied') refused.dispatchEvent(new Event('right-missing'));
  return new ApiError(status, problem);
}
