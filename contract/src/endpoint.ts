import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

type Schema = z.ZodType;

/** A reply that is a file: sent with Content-Disposition, never parsed. */
export interface Download {
  download: string; // media type
}

/** A body that is the file itself, streamed. */
export interface Upload {
  upload: true;
  /** May also come as the one file of a multipart form. */
  mayBeForm?: true;
}

export interface Endpoint<
  Params extends Schema | undefined = Schema | undefined,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | Upload | undefined = Schema | Upload | undefined,
  Reply extends Schema | Download | undefined = Schema | Download | undefined,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** `public`: nobody needs to be signed in. `signed_in`: any session or token. `session`: any session; about the session or its person itself, so no token. */
  permission: Permission | 'public' | 'signed_in' | 'session';
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Takes the header Idempotency-Key: who asks again with the same key gets the same answer, and nothing is done twice. */
  takesKey?: true;
  /** Absent: 204 without a body. */
  reply?: Reply;
  errors: readonly ErrorCode[];
}

/** An endpoint is a value: server, client, OpenAPI and the permission tests all read it. */
export function endpoint<
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | Upload | undefined = undefined,
  Reply extends Schema | Download | undefined = undefined,
>(value: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return value;
}

export const upload: Upload = { upload: true };
export const uploadOrForm: Upload = { upload: true, mayBeForm: true };
export const download = (mediaType: string): Download => ({ download: mediaType });

type Parsed<S> = S extends Schema ? z.output<S> : undefined;
type Given<S> = S extends Schema ? z.input<S> : undefined;

// biome-ignore format: one line per part reads best
export type RequestOf<E> = E extends Endpoint<infer P, infer Q, infer B, infer _R> ? { params: Parsed<P>; query: Parsed<Q>; body: Parsed<B> } : never;
// biome-ignore format: one line per part reads best
export type GivenOf<E> = E extends Endpoint<infer P, infer Q, infer B, infer _R> ? { params: Given<P>; query: Given<Q>; body: Given<B> } : never;
// biome-ignore format: one line per part reads best
export type ReplyOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? (R extends Schema ? z.output<R> : undefined) : never;
