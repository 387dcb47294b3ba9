/* oxlint-disable vitest/no-conditional-expect -- which answer is expected is generated from the contract */
import { allEndpoints } from '@hub/contract/api';
import type { Endpoint } from '@hub/contract/endpoint';
import type { ErrorCode, Problem } from '@hub/contract/errors';
import { Permission, permissionsOfRole, Role } from '@hub/contract/permissions';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mintToken, type Named, secretDay, type SweepWorld, sweepWorld } from './testing/sweep-world.ts';
import { type RawReply, type TestClient, urlOf } from './testing/test-client.ts';
import { type TestHub, testHub } from './testing/test-hub.ts';

// A value for every field that a request of the contract may name. A field that is required and missing here fails the sweep.
let asked = 0;
const valuesWith = ({ heldOrgUuid, ...named }: Named, { path }: Endpoint): Record<string, unknown> => ({
  ...named,
  ...(path.includes('held-organizations') ? { orgUuid: heldOrgUuid } : {}),
  ...(path === '/api/customers/:customerId'
    ? {
        kind: 'owned',
        version: 1,
      }
    : {}),
  ...(path.includes('/facets/') ? { field: 'status' } : {}),
  ...(path.endsWith('/last-sign-in') ? { on: secretDay } : {}),
  ...(path.endsWith('/merge') ? { otherCustomerId: named.customerId } : {}),
  externalId: 'E-1',
  domain: 'example.com',
  contact: {
    name: '',
    email: '',
    phone: '',
  },
  organizations: [
    {
      region: 'us',
      orgUuid: heldOrgUuid,
    },
  ],
  add: path.endsWith('/tags') ? [{ name: 'A new tag' }] : [named.customerId],
  remove: [],
  targetId: named.customerId,
  region: 'us',
  homeRegion: 'us',
  from: '2026-11-01',
  to: '2026-11-30',
  startDate: secretDay,
  fileName: 'calls.csv',
  bytes: 11,
  offset: 0,
  archiveId: named.importId,
  name: `A new name ${(asked += 1)}`,
  partnerName: 'A new partner',
  country: 'US',
  email: 'nobody@example.com',
  password: 'correct horse battery',
  currentPassword: 'correct horse battery',
  newPassword: 'staple in the stable',
  secret: 'of-no-invitation',
  role: 'help_desk_basic',
  scopes: ['customers.read'],
  days: 1,
  reference: 'Sub-of-nobody',
  startsOn: '2026-11-01',
  endsOn: '2026-12-31',
  termMonths: 12,
  autoRenews: false,
  paymentState: 'current',
  setupState: 'provisioned',
  setupNote: null,
  lines: [
    {
      product: 'calling',
      ordered: 1,
      assigned: null,
    },
  ],
  version: 1,
  timeZone: 'UTC',
  expiresSoonDays: 14,
  inactiveDays: 90,
  tags: [{ name: 'A new tag' }],
  intoTagId: named.tagId,
  groupIds: [named.groupId],
  color: 'red',
  description: 'A new description',
  filter: '',
  sort: sortOf(path),
  order: 'asc',
  isShared: false,
  isPinned: true,
  isDefault: false,
  selection: { customerIds: [named.customerId] },
  customerIds: [named.customerId],
  format: 'csv',
  act: {
    act: 'add_tags',
    tags: [{ name: 'A new tag' }],
  },
  baseUrl: 'https://connector.invalid/v1',
  callsUrl: 'https://connector.invalid/v1',
  otherDomains: [],
  everyMinutes: 15,
  backDays: 0,
  pullsUnlinked: false,
  addsIn: null,
  credential: {
    kind: 'token',
    accessToken: 'Secret-token',
  },
  isLeftOut: true,
  takesRecord: false,
  userUuid: 'dddddddd-0000-4000-8000-000000000009',
  confirm: 'somebody else',
  rows: [
    {
      row: 1,
      value: 'corrected',
    },
  ],
  metrics: 'callLegs,calls',
  by: 'customer',
  bucket: 'week',
  zone: 'UTC',
  user: '4711',
  endpointType: 'desk_phone',
  qualityPolicy: 'any_threshold',
  policy: 'any_threshold',
  bands: { regularFrom: 6, heavyFrom: 30 },
  rules: [{ region: 'us', feed: 'webex_media_quality', days: 500 }],
  ...(path.startsWith('/api/renewals')
    ? { stage: 'contacted', ownerId: null, note: 'Of nobody', noticeDays: 30, termEndsOn: '2026-12-31', version: 0 }
    : {}),
  urgency: 'high',
  owner: 'nobody',
  seatsPercent: -10,
  pricePercent: 5,
  product: 'calling',
  section: 'recently_added',
  findings: 'billed_more',
  kpi: 'totalCustomers',
  weeks: 8,
  use: 20,
  trend: 20,
  quality: 20,
  overage: 20,
  payment: 10,
  activity: 10,
  trendWeeks: 13,
  percentile: 20,
  belowPercent: 55,
  minimumAgeDays: 20,
  minimumPeers: 5,
  fallbackBelowPercent: 45,
  sizeBands: path.endsWith('-preview') ? '25,100' : [25, 100],
  feed: 'webex_call_history',
  head: 'Call date,Extension\n2026-11-20 09:00,101\n',
  hasHeader: true,
  skipRows: 0,
  fields: {
    start_time: { value: '2026-11-20T09:00:00Z' },
    duration: { value: '1' },
    answered: { value: 'true' },
    direction: { value: 'ORIGINATING' },
    user_type: { value: 'User' },
    user: { columns: ['#2'] },
  },
  mapping: {
    feed: 'webex_call_history',
    hasHeader: true,
    skipRows: 0,
    fields: {},
  },
});

function sortOf(path: string): string {
  if (/\/(calling-usage|data-freshness)/.test(path)) return 'customerName';
  if (path.includes('/health-scores')) return 'score';
  return /\/((subscription-analytics|reconciliation)\/(rows|export)|renewals)/.test(path) ? 'customer' : 'name';
}

function fieldsOf(schema: unknown, values: Record<string, unknown>, which: 'all' | 'required'): Record<string, never> {
  if (!(schema instanceof z.ZodObject)) return {};
  const pairs = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const isRequired = !field.safeParse(undefined).success;
    if (name in values) return isRequired || which === 'all' ? [[name, values[name]]] : [];
    if (!isRequired) return [];
    throw new Error(`The sweep has no value for the required field "${name}": add one to valuesWith.`);
  });
  return Object.fromEntries(pairs) as Record<string, never>;
}

interface Asked {
  named?: Named;
  headers?: Record<string, string>;
  which?: 'all' | 'required';
}

function ask(
  client: TestClient,
  endpoint: Endpoint,
  { named = nothing, headers = {}, which = 'all' }: Asked = {},
): Promise<RawReply> {
  // Columns are mapped of a file that is kept, and never of one that is imported.
  const isOfKept = endpoint.path.includes('/mapping');
  const values = valuesWith(isOfKept ? { ...named, importId: named.keptImportId } : named, endpoint);
  const url = urlOf(endpoint, {
    params: fieldsOf(endpoint.params, values, which),
    query: fieldsOf(endpoint.query, values, which),
  });
  const request = { method: endpoint.method, url, headers };
  if (endpoint.body === undefined) return client.raw(request);
  if ('upload' in endpoint.body)
    return client.raw({ ...request, headers: { 'content-type': 'text/csv', ...headers }, body: 'Start time\n' });
  const body = JSON.stringify(fieldsOf(endpoint.body, values, which));
  return client.raw({ ...request, headers: { 'content-type': 'application/json', ...headers }, body });
}

const nobody = '01939ad0-0000-7000-8000-000000000001';
/** Nobody has any of it. */
const nothing: Named = {
  customerId: nobody,
  subscriptionId: nobody,
  trialId: nobody,
  importId: nobody,
  connectorId: nobody,
  orgUuid: 'dddddddd-0000-4000-8000-000000000000',
  heldOrgUuid: 'dddddddd-0000-4000-8000-000000000002',
  reportId: 'dddddddd-0000-4000-8000-000000000001',
  personId: nobody,
  invitationId: nobody,
  tokenId: nobody,
  partnerId: nobody,
  tagId: nobody,
  groupId: nobody,
  viewId: nobody,
  bulkJobId: nobody,
  uploadId: nobody,
  mappingId: nobody,
  keptImportId: nobody,
  deletionId: nobody,
};

const problemIn = (reply: RawReply): Problem => JSON.parse(reply.text) as Problem;
const codeOf = (reply: RawReply): ErrorCode | undefined => (reply.status < 400 ? undefined : problemIn(reply).code);
/** What an answer tells; of writes that succeed the status only, since they name what they have just made. */
const toldBy = ({ method }: Endpoint, reply: RawReply): unknown => {
  if (reply.status >= 400) return { ...problemIn(reply), trackingId: '' };
  return method === 'GET' ? reply.text : reply.status;
};
function found(secrets: readonly string[], { text, headers }: RawReply): string[] {
  const told = `${text} ${JSON.stringify(headers)}`.toLowerCase();
  return secrets.filter((secret) => told.includes(secret.toLowerCase()));
}

/** Codes by which a request is turned away before its verb has looked at anything. */
const atTheDoor = new Set<ErrorCode | undefined>([
  'not_signed_in',
  'session_expired',
  'session_needed',
  'token_invalid',
  'csrf_failed',
  'permission_denied',
  'token_scope_missing',
]);

const isPermission = (permission: Endpoint['permission']): permission is Permission =>
  Permission.options.some((known) => known === permission);

interface Door {
  role: Role;
  scopes?: readonly Permission[];
}

/** What the catalog says of a request: the code of its refusal, or undefined. */
function refusalOf({ permission }: Endpoint, { role, scopes }: Door): ErrorCode | undefined {
  if (permission === 'session' && scopes !== undefined) return 'session_needed';
  if (!isPermission(permission)) return undefined;
  if (!permissionsOfRole[role].includes(permission)) return 'permission_denied';
  return (scopes?.includes(permission) ?? true) ? undefined : 'token_scope_missing';
}

let hub: TestHub;
let world: SweepWorld;
let foreign: SweepWorld;

beforeAll(async () => {
  hub = await testHub();
  world = await sweepWorld(hub, { inside: 'Visible', outside: 'Hidden' });
  foreign = await sweepWorld(hub, { inside: 'Quokka', outside: 'Wombat' });
});

// Wrong passwords of the sweep itself must not make its later requests wait.
const forgetFailures = (): Promise<unknown> => hub.asOwner('delete from sign_in_failure');

// These may end the session that asks.
const clientFor = (endpoint: Endpoint, role: Role): Promise<TestClient> =>
  world.clientOf(role, { isFresh: endpoint.permission === 'session' && writes(endpoint) });

const swept = Object.entries(allEndpoints).filter(([, endpoint]) => endpoint.permission !== 'public');
const writes = ({ method }: Endpoint): boolean => method !== 'GET';

test('what the sweep looks for is there to be found', async () => {
  const { admin, outside } = world;
  const told: string[] = [];
  for (const [name, endpoint] of swept.filter(([, { method }]) => method === 'GET')) {
    const named = { ...outside.named, personId: await world.personOf('partner_admin') };
    const reply = await ask(admin, endpoint, { named, which: 'required' });
    if (found(outside.secrets, reply).length > 0) told.push(name);
  }
  expect(told.sort()).toEqual([
    'countSavedViews',
    'downloadReceipt',
    'exportAuditEvents',
    'exportCallingUsage',
    'exportCustomersCsv',
    'exportFreshness',
    'exportLedger',
    'exportReconciliationRows',
    'exportRejectedRows',
    'exportRenewals',
    'getBulkJob',
    'getCallLeg',
    'getCallPath',
    'getCallingUsage',
    'getCustomer',
    'getCustomerData',
    'getCustomerFreshness',
    'getImport',
    'getMappingDraft',
    'getSampleFile',
    'getUpload',
    'listAdministrators',
    'listAssignableCustomers',
    'listAuditEvents',
    'listBulkJobs',
    'listBulkResults',
    'listCallLegs',
    'listConnectorOrganizations',
    'listCountedCustomers',
    'listCustomers',
    'listDeletions',
    'listFreshness',
    'listHealthScores',
    'listHeldOrganizations',
    'listImports',
    'listInvoices',
    'listOrders',
    'listReconciliationRows',
    'listRejectedRows',
    'listRenewals',
    'listSavedViews',
    'listSubscriptions',
    'listTrials',
  ]);
});

describe.each(swept)('%s', (_name, endpoint) => {
  test('asks for a session or a token that is alive, and for the token of the page', async () => {
    const refusal = async (client: TestClient, headers: Record<string, string> = {}) => {
      const reply = await ask(client, endpoint, { named: world.inside.named, headers });
      expect(found([...world.inside.secrets, 'Secret'], reply)).toEqual([]);
      return [reply.status, codeOf(reply)];
    };
    expect(await refusal(hub.stranger())).toEqual([401, 'not_signed_in']);
    expect(await refusal(hub.stranger(), { cookie: 'hub_session=guessed' })).toEqual([401, 'session_expired']);

    const mint = () => hub.person(world.partnerId, 'partner_full');
    const expired = await mint();
    await hub.asOwner('update session set expires_at = created_at where person_id = $1', [expired.personId]);
    expect(await refusal(expired.client)).toEqual([401, 'session_expired']);
    const removed = await mint();
    const tokens = {
      removed: await mintToken(hub, removed.personId, world.partnerId, { scopes: Permission.options }),
      revoked: await mintToken(hub, expired.personId, world.partnerId, { scopes: Permission.options }),
      expired: await mintToken(hub, expired.personId, world.partnerId, { scopes: Permission.options, isExpired: true }),
    };
    await hub.asOwner('delete from membership where person_id = $1', [removed.personId]);
    await hub.asOwner('delete from access_token where id = $1', [tokens.revoked.id]);
    expect(await refusal(removed.client)).toEqual([401, 'session_expired']);
    for (const { secret } of [...Object.values(tokens), { secret: 'hub_guessed' }])
      expect(await refusal(hub.script(secret))).toEqual([401, 'token_invalid']);

    if (!writes(endpoint)) return;
    const { client } = await mint();
    const other = await mint();
    for (const guess of ['guessed', '', String(other.client.credentials.csrfToken)])
      expect(await refusal(client, { 'x-hub-csrf': guess })).toEqual([403, 'csrf_failed']);
    expect(await refusal(client, { origin: 'https://elsewhere.example' })).toEqual([403, 'csrf_failed']);
    expect(await refusal(client, { 'sec-fetch-site': 'cross-site' })).toEqual([403, 'csrf_failed']);
  });

  test.each(Role.options)('does for %s what the catalog says, and no more', async (role) => {
    const { permission } = endpoint;
    const doors: (Door & { client: TestClient })[] = [{ role, client: await clientFor(endpoint, role) }];
    for (const scopes of [permissionsOfRole[role], Permission.options.filter((scope) => scope !== permission)])
      doors.push({ role, scopes, client: await world.scriptOf(role, scopes) });
    for (const { client, ...door } of doors) {
      await forgetFailures();
      const reply = await ask(client, endpoint);
      const expected = refusalOf(endpoint, door);
      if (expected === undefined) {
        expect(atTheDoor).not.toContain(codeOf(reply));
        expect(reply.status).toBeLessThan(500);
      } else {
        expect([reply.status, codeOf(reply)]).toEqual([403, expected]);
        expect(problemIn(reply).data).toEqual(expected === 'session_needed' ? {} : { permission });
      }
    }
  });

  test.each(Role.options)(
    'tells %s nothing of another partner, and answers its IDs as those that nobody has',
    async (role) => {
      const before = writes(endpoint) ? await foreign.state() : undefined;
      const { named } = foreign.outside;
      const secrets = [...foreign.outside.secrets, ...foreign.outside.partnerSecrets];
      // The organization may be the customer of both: that answer is looked at for secrets only.
      const alike = { ...named, orgUuid: nothing.orgUuid };
      await forgetFailures();
      const real = await ask(await clientFor(endpoint, role), endpoint, { named: alike });
      await forgetFailures();
      const never = await ask(await clientFor(endpoint, role), endpoint, { named: nothing });
      if (endpoint.path !== '/api/customers' || !writes(endpoint))
        expect(toldBy(endpoint, real)).toEqual(toldBy(endpoint, never));
      await forgetFailures();
      const told = await ask(await clientFor(endpoint, role), endpoint, { named });
      expect(told.status).toBeLessThan(500);
      // Not those that they named themselves: an organization of both is told to both.
      const hidden = [...secrets.filter((secret) => secret !== named.orgUuid), named.invitationId, foreign.partnerId];
      for (const reply of [real, told]) expect(found(hidden, reply)).toEqual([]);
      await hub.asOwner('update customer set org_uuid = null where partner_id = $1 and org_uuid = any($2)', [
        world.partnerId,
        [named.orgUuid, nothing.orgUuid],
      ]);
      if (writes(endpoint)) expect(await foreign.state()).toEqual(before);
    },
  );

  test('keeps who has assigned customers within their scope', async () => {
    const role = 'partner_admin';
    const { outside, inside } = world;
    const client = await world.clientOf(role);
    const script = await world.scriptOf(role);
    const before = writes(endpoint) ? await world.state() : undefined;
    const isOwnSession = endpoint.permission === 'session';
    const isUpload = endpoint.path === '/api/imports' && writes(endpoint);
    for (const as of isOwnSession ? [] : [client, script]) {
      for (const which of ['all', 'required'] as const) {
        // People, tags, groups and connectors are the whole partner's.
        const named = {
          ...outside.named,
          personId: nobody,
          partnerId: nobody,
          tagId: nobody,
          groupId: nobody,
          connectorId: nobody,
          mappingId: nobody,
          deletionId: nobody,
        };
        const alike = { ...named, orgUuid: nothing.orgUuid };
        const real = await ask(as, endpoint, { named, which });
        // An upload tells back the organization that its uploader gave.
        const hidden = outside.secrets.filter((secret) => !isUpload || secret !== named.orgUuid);
        expect(found([...hidden, outside.named.invitationId], real)).toEqual([]);
        const creates = endpoint.path === '/api/customers' && writes(endpoint);
        if (creates) continue;
        const never = await ask(as, endpoint, { named: { ...nothing, partnerId: nobody }, which });
        expect(toldBy(endpoint, await ask(as, endpoint, { named: alike, which }))).toEqual(toldBy(endpoint, never));
      }
    }
    if (isUpload)
      await hub.asOwner('update import_batch set org_uuid = null where org_uuid = $1', [outside.named.orgUuid]);
    if (isOwnSession || refusalOf(endpoint, { role })) {
      if (before !== undefined) expect(await world.state()).toEqual(before);
      return;
    }
    // Writes of their own may have come on top; what is outside is as it was.
    if (before !== undefined) expect(outsideOf(await world.state())).toEqual(outsideOf(before));
    if (writes(endpoint)) return;
    const seen = await ask(client, endpoint, { named: { ...inside.named, personId: await world.personOf(role) } });
    expect(seen.status).toBe(200);
  });

  /** The rows that name what is outside the scope. */
  function outsideOf(state: unknown): string[] {
    const { customerId, importId } = world.outside.named;
    return (state as unknown[][])
      .flat()
      .map((row) => JSON.stringify(row))
      .filter((row) => row.includes(customerId) || row.includes(importId))
      .sort();
  }
});

const open = Object.entries(allEndpoints).filter(([, endpoint]) => endpoint.permission === 'public');

test.each(open)('%s, which is open to everybody, tells nothing of what is there', async (_name, endpoint) => {
  const before = await world.state();
  for (const named of [world.inside.named, nothing]) {
    await forgetFailures();
    const reply = await ask(hub.stranger(), endpoint, { named });
    expect(reply.status).toBeLessThan(500);
    expect(found(['Secret', ...world.inside.secrets, ...world.outside.secrets, world.partnerId], reply)).toEqual([]);
  }
  if (writes(endpoint)) {
    const headers = { origin: 'https://elsewhere.example' };
    expect(codeOf(await ask(hub.stranger(), endpoint, { headers }))).toBe('csrf_failed');
  }
  expect(await world.state()).toEqual(before);
});

const namesRegion = ({ params, query }: Endpoint): boolean =>
  [params, query].some((schema) => schema instanceof z.ZodObject && 'region' in schema.shape);
let narrow: Promise<TestClient> | undefined;
const adminOfOneRegion = async (): Promise<TestClient> =>
  (await (await testHub({ regions: ['us'] })).partner({ homeRegion: 'us' })).admin;

test.each(swept.filter(([, endpoint]) => namesRegion(endpoint)))(
  '%s refuses a region that is not served, or has nothing of it',
  async (_name, endpoint) => {
    const values = { ...valuesWith(nothing, endpoint), region: 'eu' };
    const admin = await (narrow ??= adminOfOneRegion());
    const reply = await admin.raw({
      method: endpoint.method,
      url: urlOf(endpoint, {
        params: fieldsOf(endpoint.params, values, 'all'),
        query: fieldsOf(endpoint.query, values, 'all'),
      }),
      ...(endpoint.body === undefined ? {} : { headers: { 'content-type': 'text/csv' }, body: 'Start time\n' }),
    });
    expect([200, 400]).toContain(reply.status);
    if (reply.status === 400)
      expect(problemIn(reply)).toMatchObject({ code: 'region_not_served', data: { region: 'eu' } });
  },
);
