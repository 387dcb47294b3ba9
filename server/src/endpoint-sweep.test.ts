import { allEndpoints } from '@hub/contract/api';
import { createCustomer } from '@hub/contract/customers';
import type { Endpoint } from '@hub/contract/endpoint';
import type { Problem } from '@hub/contract/errors';
import { permissionsOfRole } from '@hub/contract/permissions';
import { getSession } from '@hub/contract/sessions';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestHub, type TestPartner, testHub } from './testing/test-hub.ts';
import type { RawReply, TestClient } from './testing/test-client.ts';
import { urlOf } from './testing/test-client.ts';

// A value for every field that a request of the contract may name. A field that is required and missing here fails the sweep.
interface Foreign {
  customerId: string;
  importId: string;
  orgUuid: string;
  reportId: string;
}

const valuesWith = (foreign: Foreign): Record<string, unknown> => ({
  ...foreign,
  region: 'us',
  from: '2026-11-01',
  to: '2026-11-30',
  startDate: '2026-11-15',
  fileName: 'calls.csv',
  name: 'A new name',
  country: 'US',
  currentPassword: 'correct horse battery',
  newPassword: 'staple in the stable',
});

function fieldsOf(schema: unknown, values: Record<string, unknown>): Record<string, never> {
  if (!(schema instanceof z.ZodObject)) return {};
  const pairs = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    if (name in values) return [[name, values[name]]];
    if (field.safeParse(undefined).success) return [];
    throw new Error(`The sweep has no value for the required field "${name}": add one to valuesWith.`);
  });
  return Object.fromEntries(pairs) as Record<string, never>;
}

function ask(
  client: TestClient,
  endpoint: Endpoint,
  foreign: Foreign,
  headers: Record<string, string> = {},
): Promise<RawReply> {
  const values = valuesWith(foreign);
  const url = urlOf(endpoint, { params: fieldsOf(endpoint.params, values), query: fieldsOf(endpoint.query, values) });
  const request = { method: endpoint.method, url, headers };
  if (endpoint.body === undefined) return client.raw(request);
  if ('upload' in endpoint.body)
    return client.raw({ ...request, headers: { 'content-type': 'text/csv', ...headers }, body: 'Start time\n' });
  const body = JSON.stringify(fieldsOf(endpoint.body, values));
  return client.raw({ ...request, headers: { 'content-type': 'application/json', ...headers }, body });
}

const problemIn = (reply: RawReply): Problem => JSON.parse(reply.text) as Problem;

let organizations = 0;

/** A partner with one of everything that an ID can name. */
async function partnerWithSecrets(hub: TestHub): Promise<TestPartner & { foreign: Foreign; secrets: string[] }> {
  const partner = await hub.partner({ name: 'Secret partner' });
  organizations += 1;
  const orgUuid = `bbbbbbbb-0000-4000-8000-${String(organizations).padStart(12, '0')}`;
  const customer = await partner.admin.call(createCustomer, {
    body: { name: 'Secret customer', country: 'US', orgUuid },
  });
  const importId = hub.clock.id();
  await hub.asOwner(
    `insert into import_batch (id, partner_id, region, source, file_name, file_bytes, state, read_rows, new_rows, duplicate_rows, replaced_rows, rejected_rows, held_rows, created_at)
     values ($1, $2, 'us', 'upload', 'secret-file.csv', 10, 'committed', 1, 1, 0, 0, 0, 0, $3)`,
    [importId, partner.partnerId, hub.clock.now()],
  );
  const foreign = { customerId: customer.id, importId, orgUuid, reportId: 'cccccccc-0000-4000-8000-000000000000' };
  return {
    ...partner,
    foreign,
    secrets: ['Secret', 'secret-file', customer.id, importId, partner.partnerId, partner.adminId],
  };
}

const swept = Object.entries(allEndpoints).filter(([, endpoint]) => endpoint.permission !== 'public');
const nothing: Foreign = {
  customerId: '01939ad0-0000-7000-8000-000000000001',
  importId: '01939ad0-0000-7000-8000-000000000002',
  orgUuid: 'dddddddd-0000-4000-8000-000000000000',
  reportId: 'dddddddd-0000-4000-8000-000000000001',
};

describe.each(swept)('%s', (_name, endpoint) => {
  test('asks for a session', async () => {
    const hub = await testHub();
    const reply = await ask(hub.stranger(), endpoint, nothing);
    expect([reply.status, problemIn(reply).code]).toEqual([401, 'not_signed_in']);
  });

  test('asks for one that has not ended', async () => {
    const hub = await testHub();
    const { admin } = await hub.partner();
    hub.clock.advance(8 * 24 * 3_600_000);
    const reply = await ask(admin, endpoint, nothing);
    expect([reply.status, problemIn(reply).code]).toEqual([401, 'session_expired']);
  });

  if (endpoint.method !== 'GET')
    test('asks for the token of the page', async () => {
      const hub = await testHub();
      const { admin } = await hub.partner();
      const reply = await ask(admin, endpoint, nothing, { 'x-hub-csrf': 'guessed' });
      expect([reply.status, problemIn(reply).code]).toEqual([403, 'csrf_failed']);
    });

  test('does for a read-only person what the catalog says, and no more', async () => {
    const hub = await testHub();
    const { readOnly } = await hub.partner();
    const reply = await ask(readOnly, endpoint, nothing);
    const { permission } = endpoint;
    const isAllowed =
      permission === 'signed_in' || permissionsOfRole.partner_read_only.some((granted) => granted === permission);
    const denied = reply.status === 403 ? problemIn(reply) : undefined;
    expect([denied?.code, denied?.data]).toEqual(
      isAllowed ? [undefined, undefined] : ['permission_denied', { permission }],
    );
  });

  test('says nothing of another partner to whoever knows its IDs, and changes nothing there', async () => {
    const hub = await testHub();
    const other = await partnerWithSecrets(hub);
    const before = await rowsOf(hub, other.partnerId);
    const { admin } = await hub.partner();
    const reply = await ask(admin, endpoint, other.foreign);
    expect(reply.status).toBeLessThan(500);
    expect(other.secrets.filter((secret) => reply.text.includes(secret))).toEqual([]);
    expect(await rowsOf(hub, other.partnerId)).toEqual(before);
    await other.admin.call(getSession);
  });

  test('answers an ID of another partner as it answers one that nobody has', async () => {
    const hub = await testHub();
    const other = await partnerWithSecrets(hub);
    const { admin } = await hub.partner();
    const { admin: alike } = await hub.partner();
    const { customerId, importId, reportId } = other.foreign;
    const [foreign, unknown] = [
      await ask(admin, endpoint, { ...nothing, customerId, importId, reportId }),
      await ask(alike, endpoint, nothing),
    ];
    const told = (reply: RawReply) => [
      reply.status,
      reply.status < 400 ? undefined : { ...problemIn(reply), trackingId: '' },
    ];
    expect(told(foreign)).toEqual(told(unknown));
  });
});

async function rowsOf(hub: TestHub, partnerId: string): Promise<unknown[]> {
  const customers = await hub.asOwner('select * from customer where partner_id = $1 order by id', [partnerId]);
  const imports = await hub.asOwner('select * from import_batch where partner_id = $1 order by id', [partnerId]);
  const events = await hub.asOwner('select id from audit_event where partner_id = $1 order by id', [partnerId]);
  return [...customers, ...imports, ...events];
}
