import { allEndpoints } from '@hub/contract/api';
import { errorCatalog } from '@hub/contract/errors';
import { expect, test } from 'vitest';
import { testHub } from '../../testing/test-hub.ts';
import { openApiDocument } from './index.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { description: string }>;
}

const operationsOf = (document: object): Operation[] =>
  Object.values((document as { paths: Record<string, Record<string, Operation>> }).paths).flatMap((methods) =>
    Object.values(methods),
  );

test('every endpoint of the contract stands in the document, each with its own errors', () => {
  const operations = operationsOf(openApiDocument('1.0.0'));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(allEndpoints).sort());
  for (const { operationId, responses } of operations) {
    for (const code of allEndpoints[operationId]?.errors ?? [])
      expect(responses[errorCatalog[code].status]?.description, `${operationId} ${code}`).toContain(`${code}: `);
  }
});

test('every reference in the document leads somewhere', () => {
  const document = openApiDocument('1.0.0');
  const { schemas } = document['components'] as { schemas: Record<string, unknown> };
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference = '']) => reference,
  );
  expect(references.length).toBeGreaterThan(0);
  const missing = references.filter((reference) => {
    const [root, name = ''] = reference.split('#/components/schemas/');
    return root !== '' || !(name in schemas);
  });
  expect(missing).toEqual([]);
});

test('a stranger reads document and pages; they run no script and load nothing from elsewhere', async () => {
  const hub = await testHub();
  const client = hub.stranger();
  const json = await client.raw({ method: 'GET', url: '/openapi.json' });
  expect([json.status, JSON.parse(json.text)]).toEqual([200, openApiDocument('0.1.0')]);
  for (const url of ['/docs', '/docs/errors']) {
    const page = await client.raw({ method: 'GET', url });
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<script|\son\w+=|style=|(?:src|href)="(?:https?:)?\/\//);
    expect(page.text).toContain('<html lang="en">');
  }
  const docs = (await client.raw({ method: 'GET', url: '/docs' })).text;
  for (const { path } of Object.values(allEndpoints)) expect(docs).toContain(path);
  const errors = (await client.raw({ method: 'GET', url: '/docs/errors' })).text;
  for (const code of Object.keys(errorCatalog)) expect(errors).toContain(`id="${code}"`);
});
