import {
  changeConnector,
  changeConnectorOrganization,
  type Connector,
  connectorLimit,
  createConnector,
  listConnectorOrganizations,
  listConnectors,
  pauseConnector,
  removeConnector,
  resumeConnector,
  runConnector,
} from '@hub/contract/connectors';
import type { ConnectorId, OrgUuid } from '@hub/contract/ids';
import { expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { type TestHub, testHub, type TestPartner } from '../../testing/test-hub.ts';

const secrets = ['of-the-client', 'very-secret', 'to-refresh', 'an-access-token'];
const refresh = {
  kind: 'refresh',
  clientId: 'of-the-client',
  clientSecret: 'very-secret',
  refreshToken: 'to-refresh',
} as const;
const token = { kind: 'token', accessToken: 'an-access-token' } as const;
const body = { name: 'Webex', region: 'us', credential: token } as const;

const choicesOf = (connector: Connector) => {
  const { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn, version } =
    connector;
  return { name, baseUrl, callsUrl, otherDomains, region, everyMinutes, backDays, pullsUnlinked, addsIn, version };
};

async function world(): Promise<{ hub: TestHub; partner: TestPartner; connector: Connector }> {
  const hub = await testHub();
  const partner = await hub.partner();
  return { hub, partner, connector: await partner.admin.call(createConnector, { body }) };
}

test('a connector begins at once, with what is usual', async () => {
  const { hub, connector, partner } = await world();
  expect(connector).toMatchObject({
    name: 'Webex',
    baseUrl: 'https://webexapis.com/v1',
    callsUrl: 'https://analytics-calling.webexapis.com/v1',
    everyMinutes: 15,
    backDays: 2,
    pullsUnlinked: false,
    addsIn: null,
    credential: { kind: 'token', expiresAt: null, isReadable: true },
    state: 'enabled',
    nextRunAt: hub.clock.now().toISOString(),
    lastRunAt: null,
    organizations: { listed: 0, pulled: 0, unlinked: 0, failing: 0 },
    lagMinutes: null,
    version: 1,
  });
  expect((await partner.readOnly.call(listConnectors)).items).toEqual([connector]);
});

test('a credential is told to nobody: no answer, no audit log, no table', async () => {
  const hub = await testHub();
  const { admin, readOnly } = await hub.partner();
  const connector = await admin.call(createConnector, { body: { ...body, credential: refresh } });
  const params = { connectorId: connector.id };
  const changed = await admin.call(changeConnector, { params, body: { ...choicesOf(connector), credential: token } });
  const told: unknown[] = [
    connector,
    changed,
    await readOnly.call(listConnectors),
    await hub.auditOf(connector.id),
    hub.logged,
  ];
  for (const table of ['connector', 'connector_secret', 'connector_organization', 'audit_event', 'connector_task'])
    told.push(await hub.asOwner(`select t::text, encode(convert_to(t::text, 'UTF8'), 'escape') from ${table} t`));
  const [sealed] = await hub.asOwner<{ sealed: Buffer }>(
    'select sealed from connector_secret where connector_id = $1',
    [connector.id],
  );
  const text = `${JSON.stringify(told)} ${sealed?.sealed.toString('latin1')}`;
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(await hub.auditOf(connector.id)).toMatchObject([
    { action: 'connectors.create', after: { name: 'Webex', credential: 'refresh' } },
    { action: 'connectors.change', after: { credential: 'token' } },
  ]);
});

test('what is sealed for one connector opens for no other', async () => {
  const { hub, partner, connector } = await world();
  const other = await partner.admin.call(createConnector, { body: { ...body, name: 'Another', credential: refresh } });
  const rows = await hub.asOwner<{ connector_id: string; key_id: string; sealed: Buffer }>(
    'select connector_id, key_id, sealed from connector_secret where partner_id = $1',
    [partner.partnerId],
  );
  const { vault } = hub.installation;
  for (const { connector_id, key_id, sealed } of rows) {
    const box = { keyId: key_id, sealed };
    expect(vault.open(box, [partner.partnerId, connector_id])).toMatch(/^\{"kind":/);
    const wrong = connector_id === other.id ? connector.id : other.id;
    expect(() => vault.open(box, [partner.partnerId, wrong])).toThrow('sealed for something else');
  }
});

test('the token goes to no other address than it was given for', async () => {
  const { partner, connector } = await world();
  const params = { connectorId: connector.id };
  const put = (change: object) => ({ params, body: { ...choicesOf(connector), ...change } });
  for (const change of [
    { baseUrl: 'https://elsewhere.example/v1' },
    { callsUrl: 'https://elsewhere.example/v1' },
    { otherDomains: ['elsewhere.example'] },
  ]) {
    expect(await partner.admin.refusal(changeConnector, put(change))).toMatchObject({
      code: 'connector_credential_needed',
    });
    const changed = await partner.admin.call(changeConnector, put({ ...change, credential: token }));
    expect(changed).toMatchObject(change);
    const back = await partner.admin.call(changeConnector, {
      params,
      body: { ...choicesOf(connector), version: changed.version, credential: token },
    });
    connector.version = back.version;
  }
});

test.each([
  ['nonsense', 'connector_address_invalid'],
  ['ftp://webexapis.com/v1', 'connector_address_invalid'],
  ['https://user:password@webexapis.com/v1', 'connector_address_invalid'],
  ['https://webexapis.com/v1?x=1', 'connector_address_invalid'],
  ['http://webexapis.com/v1', 'connector_address_not_https'],
  ['http://10.0.0.1/v1', 'connector_address_not_https'],
  ['https://10.0.0.1/v1', 'connector_address_private'],
  ['https://127.0.0.1/v1', 'connector_address_private'],
  ['https://2130706433/v1', 'connector_address_private'],
  ['https://169.254.169.254/latest', 'connector_address_private'],
  ['https://[::1]/v1', 'connector_address_private'],
  ['https://[::ffff:10.0.0.1]/v1', 'connector_address_private'],
  ['https://[fd00::1]/v1', 'connector_address_private'],
  ['https://localhost/v1', 'connector_address_private'],
  ['https://intranet/v1', 'connector_address_private'],
])('the address %s is refused', async (baseUrl, code) => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  expect(await admin.refusal(createConnector, { body: { ...body, baseUrl } })).toMatchObject({ code });
  expect((await admin.call(listConnectors)).items).toEqual([]);
});

test('names are there once, and there is a limit', async () => {
  const { partner } = await world();
  expect(await partner.admin.refusal(createConnector, { body: { ...body, name: ' WEBEX ' } })).toMatchObject({
    code: 'connector_name_taken',
    data: { name: 'Webex' },
  });
  for (let made = 1; made < connectorLimit; made += 1)
    await partner.admin.call(createConnector, { body: { ...body, name: `C${made}` } });
  expect(await partner.admin.refusal(createConnector, { body: { ...body, name: 'One more' } })).toMatchObject({
    code: 'connector_limit',
    data: { limit: connectorLimit },
  });
});

test('two who change it at once do not overwrite each other', async () => {
  const { partner, connector } = await world();
  const params = { connectorId: connector.id };
  const changed = await partner.admin.call(changeConnector, {
    params,
    body: { ...choicesOf(connector), everyMinutes: 60 },
  });
  expect(changed).toMatchObject({ everyMinutes: 60, version: 2 });
  expect(
    await partner.admin.refusal(changeConnector, { params, body: { ...choicesOf(connector), everyMinutes: 30 } }),
  ).toMatchObject({ code: 'changed_meanwhile' });
});

test('a region that is not served is refused, for new customers too', async () => {
  const hub = await testHub({ regions: ['us'] });
  const { admin } = await hub.partner();
  for (const change of [{ region: 'eu' as const }, { addsIn: 'DE' }])
    expect(await admin.refusal(createConnector, { body: { ...body, ...change } })).toMatchObject({
      code: 'region_not_served',
      data: { region: 'eu' },
    });
});

test('paused it has no next run; resumed it is due at once; run now makes it due', async () => {
  const { hub, partner, connector } = await world();
  const params = { connectorId: connector.id };
  const { admin } = partner;
  for (let twice = 0; twice < 2; twice += 1)
    expect(await admin.call(pauseConnector, { params })).toMatchObject({
      state: 'paused',
      pausedBecause: null,
      nextRunAt: null,
    });
  expect(await admin.refusal(runConnector, { params })).toMatchObject({ code: 'connector_paused' });
  hub.clock.advance(1000);
  for (let twice = 0; twice < 2; twice += 1)
    expect(await admin.call(resumeConnector, { params })).toMatchObject({
      state: 'enabled',
      nextRunAt: hub.clock.now().toISOString(),
    });
  hub.clock.advance(1000);
  expect(await admin.call(runConnector, { params })).toMatchObject({ nextRunAt: hub.clock.now().toISOString() });
  expect((await hub.auditOf(connector.id)).map(({ action }) => action)).toEqual([
    'connectors.create',
    'connectors.pause',
    'connectors.resume',
    'connectors.run',
  ]);
});

test('removed it is gone with its credential', async () => {
  const { hub, partner, connector } = await world();
  const params = { connectorId: connector.id };
  await partner.admin.call(removeConnector, { params });
  expect((await partner.admin.call(listConnectors)).items).toEqual([]);
  for (const table of ['connector_secret', 'connector_task'])
    expect(await hub.asOwner(`select 1 from ${table} where connector_id = $1`, [connector.id])).toEqual([]);
  for (const endpoint of [removeConnector, pauseConnector, runConnector])
    expect(await partner.admin.refusal(endpoint, { params })).toMatchObject({ code: 'connector_not_found' });
});

test('organizations are listed by name, a page at a time, and found by name and id', async () => {
  const { hub, partner, connector } = await world();
  const ids = Array.from({ length: 5 }, () => madeUuid() as OrgUuid);
  for (const [index, orgUuid] of ids.entries())
    await hub.asOwner(
      'insert into connector_organization (connector_id, partner_id, org_uuid, name) values ($1, $2, $3, $4)',
      [connector.id, partner.partnerId, orgUuid, index === 4 ? 'Zeta' : 'Same name'],
    );
  const params = { connectorId: connector.id };
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await partner.admin.call(listConnectorOrganizations, {
      params,
      query: { limit: 2, ...(after === undefined ? {} : { after }) },
    });
    expect(page.total).toBe(5);
    seen.push(...page.items.map(({ orgUuid }) => orgUuid));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(ids);
  const found = async (q: string) =>
    (await partner.admin.call(listConnectorOrganizations, { params, query: { q } })).items.map(
      ({ orgUuid }) => orgUuid,
    );
  expect(await found('zET')).toEqual([ids[4]]);
  expect(await found((ids[1] ?? '').toUpperCase())).toEqual([ids[1]]);
  expect(await found('%')).toEqual([]);
  expect(
    await partner.admin.refusal(listConnectorOrganizations, { params, query: { after: 'guessed' } }),
  ).toMatchObject({ code: 'cursor_invalid' });
  const nobody = { connectorId: hub.clock.id() as ConnectorId, orgUuid: ids[0] as OrgUuid };
  expect(
    await partner.admin.refusal(changeConnectorOrganization, { params: nobody, body: { isLeftOut: true } }),
  ).toMatchObject({ code: 'connector_not_found' });
  expect(
    await partner.admin.refusal(changeConnectorOrganization, {
      params: { ...params, orgUuid: madeUuid() },
      body: { isLeftOut: true },
    }),
  ).toMatchObject({ code: 'connector_organization_not_found' });
});
