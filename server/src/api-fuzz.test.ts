import { allEndpoints } from '@hub/contract/api';
import type { Endpoint } from '@hub/contract/endpoint';
import { Problem } from '@hub/contract/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from './features/api-docs/index.ts';
import type { RawReply } from './testing/test-client.ts';
import { testHub } from './testing/test-hub.ts';

// Requests made of the OpenAPI document, right ones and spoiled ones. Whatever comes, the answer is one that the document names.
// `npm run soak` asks for many more.
const runs = Number(process.env['HUB_FUZZ_RUNS'] ?? 12);
const isSoak = process.env['HUB_FUZZ_RUNS'] !== undefined; // then other ones each time

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

interface Operation {
  operationId: string;
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string }>;
}

const { paths } = openApiDocument('0.0.0') as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const nasty = [
  '',
  ' ',
  '\0',
  '\ud800',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{x:String}',
  '%00',
  '=1+1',
  '<script>',
  '‮abc',
  'null',
  'true',
  '-1',
  '1e999',
  '9007199254740993',
  '0x10',
  'я'.repeat(300),
  '00000000-0000-0000-0000-000000000000',
];
const junk = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }));
const spoiled: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: junk },
  fc.constantFrom(null, true, -1, 0, 1.5, Number.MAX_SAFE_INTEGER, [], {}, [[]], { a: 1 }),
);

function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valueOf));
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'array')
    return fc.array(valueOf(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1000, 1_000_000_000) });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.format === 'uuid' || schema.format === 'guid') return fc.uuid();
  if (schema.format === 'date') return fc.constantFrom('2026-11-01', '2026-11-30', '1970-01-01', '9999-12-31');
  if (schema.format === 'email') return fc.emailAddress();
  return fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 30, 60) });
}

/** Values that fit, but for one in a few that does not. */
function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [
      name,
      fc.oneof({ weight: 6, arbitrary: valueOf(field) }, { weight: 1, arbitrary: spoiled }),
    ]),
  );
  return fc.record(fields, { requiredKeys: required });
}

function requestOf(
  path: string,
  { parameters, requestBody }: Operation,
): fc.Arbitrary<{ url: string; body?: string; type?: string }> {
  const given = fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        fc.oneof({ weight: 6, arbitrary: valueOf(schema) }, { weight: 1, arbitrary: spoiled }).map(textOf),
      ]),
    ),
    { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
  );
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body =
    content === undefined
      ? fc.constant(undefined)
      : type === 'application/json'
        ? fc.oneof(
            { weight: 5, arbitrary: valueOf(content.schema).map((value) => JSON.stringify(value)) },
            {
              weight: 1,
              arbitrary: fc.oneof(
                spoiled.map((value) => JSON.stringify(value)),
                junk,
              ),
            },
          )
        : junk;
  return fc.tuple(given, body).map(([values, text]) => {
    const query = new URLSearchParams();
    let url = path;
    for (const { name, in: place } of parameters) {
      const value = (values as Record<string, string>)[name];
      if (value === undefined) continue;
      if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()) || 'x');
      else query.append(name, value);
    }
    const asked = query.size === 0 ? url : `${url}?${query.toString()}`;
    return text === undefined ? { url: asked } : { url: asked, body: text, type: type ?? 'text/csv' };
  });
}

const kinds = { taken: 0, refused: 0 };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The code of a refusal. Throws where the answer has not the shape that the contract gives it. */
function codeOf({ status, text }: RawReply, endpoint: Endpoint | undefined): string | undefined {
  if (status >= 400) return Problem.parse(JSON.parse(text)).code;
  if (endpoint?.reply !== undefined && !('download' in endpoint.reply)) endpoint.reply.parse(JSON.parse(text));
  return undefined;
}

describe.each(operations)('$method $path', ({ path, method, operation }) => {
  test('answers everything with what the document names', async () => {
    const hub = await testHub();
    const { admin } = await hub.partner();
    const endpoint = allEndpoints[operation.operationId];
    await fc.assert(
      fc.asyncProperty(requestOf(path, operation), async ({ url, body, type }) => {
        const reply = await admin.raw({
          method,
          url,
          ...(body === undefined ? {} : { body, headers: { 'content-type': type ?? 'application/json' } }),
        });
        const documented = operation.responses[reply.status]?.description;
        // A path whose parameter holds a slash or nothing is another path.
        if (reply.status === 404 && documented === undefined) return;
        expect(documented, `${reply.status} ${reply.text.slice(0, 300)}`).toBeDefined();
        expect(reply.status).not.toBe(500);
        kinds[reply.status < 400 ? 'taken' : 'refused']++;
        const code = codeOf(reply, endpoint);
        expect([code, code === undefined || `${documented}`.includes(`${code}: `)]).toEqual([code, true]);
      }),
      isSoak ? { numRuns: runs } : { numRuns: runs, seed: 20_261_122 },
    );
  });
});

test('many requests were right and many were not', () => {
  expect(kinds.taken).toBeGreaterThan(operations.length);
  expect(kinds.refused).toBeGreaterThan(operations.length);
});
