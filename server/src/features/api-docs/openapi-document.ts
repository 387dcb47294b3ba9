import { allEndpoints } from '@hub/contract/api';
import type { Endpoint } from '@hub/contract/endpoint';
import { type ErrorCode, errorCatalog, Problem } from '@hub/contract/errors';
import { permissionsOfRole, Role } from '@hub/contract/permissions';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** What any endpoint may answer before its verb is reached, by what it asks for. */
function commonErrors({ permission, method }: Endpoint): ErrorCode[] {
  const codes: ErrorCode[] = ['invalid_request', 'rate_limited', 'directory_unavailable', 'internal'];
  if (method !== 'GET') codes.push('csrf_failed');
  if (permission !== 'public') codes.push('not_signed_in', 'session_expired');
  if (permission === 'session') codes.push('session_needed');
  else if (permission !== 'public') codes.push('token_invalid');
  if (!['public', 'signed_in', 'session'].includes(permission)) codes.push('permission_denied', 'token_scope_missing');
  return codes;
}

/** The contract as OpenAPI 3.1. Every endpoint stands in it, because it is made of the list that the server serves. */
export function openApiDocument(version: string): Json {
  const schemas: Json = {};
  const schemaOf = schemaWriter(schemas);
  schemas['Problem'] = schemaOf(Problem, 'output', 'Problem');
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(allEndpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][endpoint.method.toLowerCase()] = operation(name, endpoint, schemaOf);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Partner Hub API',
      version,
      description:
        'Everything that the page of Partner Hub does. Send a personal access token as a bearer token; make one in Settings. ' +
        'Instants are UTC, ISO 8601 with milliseconds; days are UTC days. Refusals are application/problem+json with a code of the closed list at /docs/errors.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A personal access token, hub_…; its scopes and the role of its person both decide.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'hub_session',
          description: 'The page’s session. Requests that write also send x-hub-csrf.',
        },
      },
      schemas,
    },
  };
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output', name: string) => Json;

/** Schemas that refer to themselves go to the components, where the whole document finds them. */
function schemaWriter(components: Json): SchemaOf {
  return (schema, io, name) => {
    const {
      $schema: _,
      $defs,
      ...written
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & {
      $defs?: Json;
    };
    if ($defs === undefined) return written;
    const renamed = (value: unknown): Json =>
      JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`)) as Json;
    for (const [part, definition] of Object.entries($defs)) components[`${name}.${part}`] = renamed(definition);
    return renamed(written);
  };
}

function operation(name: string, endpoint: Endpoint, schemaOf: SchemaOf): Json {
  const { permission, summary, params, query, body } = endpoint;
  const isOpen = permission === 'public';
  return {
    operationId: name,
    tags: [endpoint.path.split('/')[2]],
    summary,
    description: rightsInWords(permission),
    ...(isOpen
      ? { security: [] }
      : { security: permission === 'session' ? [{ session: [] }] : [{ token: [] }, { session: [] }] }),
    parameters: [
      ...parametersOf('path', params, schemaOf),
      ...parametersOf('query', query, schemaOf),
      ...(endpoint.takesKey ? [keyParameter] : []),
    ],
    ...(body === undefined ? {} : { requestBody: { required: true, content: bodyContent(name, body, schemaOf) } }),
    responses: { ...successOf(name, endpoint, schemaOf), ...refusalsOf(endpoint) },
  };
}

const keyParameter: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'One for each file; asked again with the same key within 30 days, the answer is the same import.',
  schema: { type: 'string', maxLength: 255 },
};

function rightsInWords(permission: Endpoint['permission']): string {
  if (permission === 'public') return 'Open to everybody.';
  if (permission === 'session') return 'For the signed-in page only; access tokens are refused.';
  if (permission === 'signed_in') return 'For everybody who is signed in, and for every token.';
  const roles = Role.options.filter((role) => permissionsOfRole[role].includes(permission));
  return `Needs ${permission}: ${roles.join(', ')}.`;
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined, schemaOf: SchemaOf): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !field.safeParse(undefined).success,
    schema: schemaOf(field, 'output', name),
  }));
}

function bodyContent(name: string, body: NonNullable<Endpoint['body']>, schemaOf: SchemaOf): Json {
  const file = { type: 'string', format: 'binary' };
  if ('upload' in body)
    return {
      'application/octet-stream': { schema: file },
      ...(body.mayBeForm ? { 'multipart/form-data': { schema: { type: 'object', properties: { file } } } } : {}),
    };
  return { 'application/json': { schema: schemaOf(body, 'input', `${name}Body`) } };
}

function successOf(name: string, { reply, body, method }: Endpoint, schemaOf: SchemaOf): Json {
  if (reply === undefined) return { 204: { description: 'Done.' } };
  if ('download' in reply)
    return {
      200: {
        description: 'The file.',
        content: { [reply.download]: { schema: { type: 'string' } } },
      },
    };
  const isUpload = method === 'POST' && body !== undefined && 'upload' in body;
  return {
    [isUpload ? 201 : 200]: {
      description: isUpload ? 'Taken.' : 'The answer.',
      content: { 'application/json': { schema: schemaOf(reply, 'output', `${name}Reply`) } },
    },
  };
}

/** One response a status, naming its codes. */
function refusalsOf(endpoint: Endpoint): Json {
  const codes = [...new Set([...commonErrors(endpoint), ...endpoint.errors])];
  const byStatus = Map.groupBy(codes, (code) => errorCatalog[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${code}: ${errorCatalog[code].sentence}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
