import { allEndpoints } from '@hub/contract/api';
import type { Endpoint } from '@hub/contract/endpoint';
import { errorCatalog } from '@hub/contract/errors';
import { openApiDocument } from './openapi-document.ts';

// Made of the same document that /openapi.json sends. No script: the page can be read, searched and printed as it is.

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: JsonSchema;
}

interface Operation {
  summary: string;
  description: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
}

interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: unknown;
  $ref?: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Partner Hub</title>
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<header><a href="/">Partner Hub</a> <nav aria-label="Documentation"><a href="/docs">API</a> <a href="/docs/errors">Errors</a> <a href="/openapi.json">openapi.json</a></nav></header>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** The readable page of the API: every endpoint with who may call it, what it takes and what it answers. */
export function apiPage(version: string): string {
  const document = openApiDocument(version) as {
    info: { description: string };
    paths: Record<string, Record<string, Operation>>;
  };
  const groups = Map.groupBy(Object.entries(allEndpoints), ([, { path }]) => path.split('/')[2] ?? '');
  const contents = [...groups].map(
    ([group, entries]) => `<li><a href="#${group}">${group}</a> <small>${entries.length}</small></li>`,
  );
  const sections = [...groups].map(
    ([group, entries]) =>
      `<section id="${group}"><h2>${group}</h2>\n${entries.map(([name, endpoint]) => endpointPart(name, endpoint, operationOf(document.paths, endpoint))).join('\n')}</section>`,
  );
  const example = `curl -H 'Authorization: Bearer hub_…' '${'https://hub.example'}/api/customers?limit=50'`;
  return page(
    'API',
    `<p>${escape(document.info.description)}</p>
<pre><code>${escape(example)}</code></pre>
<nav aria-label="Contents"><ul class="contents">${contents.join('')}</ul></nav>
${sections.join('\n')}`,
  );
}

function operationOf(paths: Record<string, Record<string, Operation>>, { path, method }: Endpoint): Operation {
  const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`The OpenAPI document lacks ${method} ${path}.`);
  return operation;
}

function endpointPart(name: string, { method, path }: Endpoint, operation: Operation): string {
  const [success] = Object.entries(operation.responses);
  const body = Object.entries(operation.requestBody?.content ?? {}).map(([media, { schema }]) =>
    schemaPart(`Body, ${media}`, schema),
  );
  const reply = Object.entries(success?.[1].content ?? {}).map(([media, { schema }]) =>
    schemaPart(`Answer ${success?.[0]}, ${media}`, schema),
  );
  const refusals = Object.entries(operation.responses)
    .slice(1)
    .map(([status, { description }]) => `<li>${status} ${codesIn(description)}</li>`);
  return `<article id="${name}">
<h3><code><b>${method}</b> ${escape(path)}</code></h3>
<p>${escape(operation.summary)}</p>
<p class="rights">${escape(operation.description)}</p>
${parameterTable(operation.parameters)}${body.join('')}${reply.join('') || `<p>Answer ${success?.[0]}, without a body.</p>`}
<details><summary>Refusals</summary><ul>${refusals.join('')}</ul></details>
</article>`;
}

const codesIn = (description: string): string =>
  description
    .split('\n\n')
    .map((line) => line.slice(0, line.indexOf(':')))
    .map((code) => `<a href="/docs/errors#${code}"><code>${code}</code></a>`)
    .join(', ');

function parameterTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><th scope="row"><code>${escape(name)}</code></th><td>${place}${required ? ', required' : ''}</td><td>${typeInWords(schema)}</td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Parameters"><table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Value</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>\n`;
}

const schemaPart = (title: string, schema: JsonSchema): string =>
  `<details><summary>${escape(title)}</summary><pre><code>${escape(shape(schema, 0))}</code></pre></details>\n`;

/** A JSON Schema as an example-like text that people read faster than the schema. */
function shape(schema: JsonSchema, depth: number): string {
  const inner = '  '.repeat(depth + 1);
  if (schema.properties !== undefined) {
    const required = new Set(schema.required ?? []);
    const lines = Object.entries(schema.properties).map(
      ([name, field]) => `${inner}${name}${required.has(name) ? '' : '?'}: ${shape(field, depth + 1)}`,
    );
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  if (schema.items !== undefined) return `[ ${shape(schema.items, depth)} ]`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => shape(choice, depth)).join(' | ');
  if (typeof schema.additionalProperties === 'object')
    return `{ [name]: ${shape(schema.additionalProperties, depth)} }`;
  return plainType(schema);
}

function plainType(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.$ref !== undefined) return 'any JSON';
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function typeInWords(schema: JsonSchema): string {
  const parts = [escape(shape(schema, 0))];
  if (schema.minimum !== undefined && schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER)
    parts.push(`${schema.minimum} to ${schema.maximum}`);
  if (schema.maxLength !== undefined) parts.push(`at most ${schema.maxLength} characters`);
  if (schema.default !== undefined) parts.push(`${escape(JSON.stringify(schema.default))} where absent`);
  return parts.join('; ');
}

/** Every code of the closed error list. `type` of a problem points here. */
export function errorsPage(): string {
  const rows = Object.entries(errorCatalog).map(
    ([code, { status, sentence, mayRetry }]) =>
      `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${escape(sentence)}</td><td>${mayRetry ? 'yes' : 'no'}</td></tr>`,
  );
  return page(
    'Errors',
    `<p>Every refusal is <code>application/problem+json</code>: <code>type</code>, <code>title</code>, <code>status</code>, <code>code</code>, <code>data</code> (fills the braces) and <code>trackingId</code>, which names the request in the log.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Errors"><table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Sentence</th><th scope="col">May work later</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  );
}
