import type { Endpoint, GivenOf, ReplyOf } from '@hub/contract/endpoint';
import { signIn } from '@hub/contract/sessions';
import { urlOf } from '../server/src/testing/test-client.ts';

/** The one that fillPartner makes. */
export const administrator = { email: 'bench@halyard.example', password: 'seven-grey-herons-wade' };

interface Answer {
  text: string;
  seconds: number;
}

/** A browser on loopback, signed in, that takes gzip. */
export interface HubClient {
  call<E extends Endpoint>(endpoint: E, given: Given): Promise<ReplyOf<E>>;
  /** Until the last byte is there, unpacked. */
  timed(endpoint: Endpoint, given: Given): Promise<Answer>;
  /** `key`: asked again with it, the same file is not taken twice. A Blob of over 4 GB arrives cut off; a stream does not. */
  upload<E extends Endpoint>(endpoint: E, query: GivenOf<E>['query'], body: Body, key?: string): Promise<ReplyOf<E>>;
}

type Body = Blob | ReadableStream<Uint8Array>;

interface Given {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
}

/** The reply as the contract's type: the server has checked it already. */
const replyOf = <E extends Endpoint>(text: string): ReplyOf<E> => JSON.parse(text) as ReplyOf<E>;

export async function signedIn(address: string): Promise<HubClient> {
  const { email, password } = administrator;
  const entered = await fetch(address + signIn.path, {
    method: signIn.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { csrfToken } = replyOf<typeof signIn>(await textOf(entered));
  const headers = {
    cookie: entered.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; '),
    'x-hub-csrf': csrfToken,
    'accept-encoding': 'gzip',
  };

  async function timed(endpoint: Endpoint, given: Given): Promise<Answer> {
    const began = performance.now();
    const text = await textOf(await fetch(address + urlOf(endpoint, given), { method: endpoint.method, headers }));
    return { text, seconds: (performance.now() - began) / 1000 };
  }

  return {
    timed,
    call: async <E extends Endpoint>(endpoint: E, given: Given) => replyOf<E>((await timed(endpoint, given)).text),
    async upload<E extends Endpoint>(endpoint: E, query: GivenOf<E>['query'], body: Body, key?: string) {
      const url = address + urlOf(endpoint, { query: query as NonNullable<Given['query']> });
      return replyOf<E>(
        await textOf(
          await fetch(url, {
            method: endpoint.method,
            headers: {
              ...headers,
              'content-type': 'application/octet-stream',
              ...(key === undefined ? {} : { 'idempotency-key': key }),
            },
            body,
            duplex: 'half',
          }),
        ),
      );
    },
  };
}

/** The server answered, and not with what was asked for. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function textOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok)
    throw new Refused(response.status, `${response.url} answered ${response.status}: ${text.slice(0, 500)}`);
  return text;
}
