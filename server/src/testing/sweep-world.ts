import { createHash } from 'node:crypto';
import { assignCustomers, inviteAdministrator } from '@hub/contract/administrators';
import { startBulkJob } from '@hub/contract/bulk-jobs';
import { createConnector } from '@hub/contract/connectors';
import { createCustomerGroup, setGroupMembers } from '@hub/contract/customer-groups';
import { setCustomerTags } from '@hub/contract/customer-tags';
import { createCustomer } from '@hub/contract/customers';
import type { CustomerId, OrgUuid, PartnerId, PersonId } from '@hub/contract/ids';
import { beginUpload } from '@hub/contract/import-uploads';
import { getImport, uploadImport } from '@hub/contract/imports';
import { type Permission, permissionsOfRole, Role } from '@hub/contract/permissions';
import { createSavedView } from '@hub/contract/saved-views';
import { importRecords } from '@hub/contract/record-imports';
import { createSubscription } from '@hub/contract/subscriptions';
import { startTrial } from '@hub/contract/trials';
import { feeds, startImportRunner } from '../features/imports/index.ts';
import { callHistoryCsv, legRecord, madeUuid } from './leg-record.ts';
import { until } from './spawn-hub.ts';
import type { TestClient } from './test-client.ts';
import type { TestHub, TestPartner } from './test-hub.ts';

/** What a request can name. */
export interface Named {
  customerId: string;
  subscriptionId: string;
  trialId: string;
  importId: string;
  connectorId: string;
  orgUuid: string;
  heldOrgUuid: string;
  reportId: string;
  personId: string;
  invitationId: string;
  tokenId: string;
  partnerId: string;
  tagId: string;
  groupId: string;
  viewId: string;
  bulkJobId: string;
  uploadId: string;
  mappingId: string;
  /** An import whose file is kept because nobody knows its columns. */
  keptImportId: string;
  /** One that has ended. */
  deletionId: string;
}

/** What somebody in a scope sees, or does not see; with the texts that no answer to somebody else may hold. */
export interface Part {
  named: Named;
  secrets: string[];
  /** Seen by everybody of the partner, and by nobody else. */
  partnerSecrets: string[];
}

/** A partner with one of everything, half of it assigned to a partner administrator. */
export interface SweepWorld extends TestPartner {
  /** In the scope of `clientOf('partner_admin')`. */
  inside: Part;
  outside: Part;
  /** A person of each role who has not been signed out by an earlier request. */
  clientOf: (role: Role, options?: { isFresh?: boolean }) => Promise<TestClient>;
  personOf: (role: Role) => Promise<PersonId>;
  scriptOf: (role: Role, scopes?: readonly Permission[]) => Promise<TestClient>;
  /** Everything of the partner in the directory, and how many rows its stores hold. */
  state: () => Promise<unknown>;
}

export const secretDay = '2026-11-15';

/** `words`: what everything inside and outside the scope is called, so that it is found wherever it is told. */
export async function sweepWorld(hub: TestHub, words: { inside: string; outside: string }): Promise<SweepWorld> {
  const partner = await hub.partner({ name: 'Secret partner' });
  const people = new Map<Role, { client: TestClient; personId: PersonId }>();
  for (const role of Role.options) people.set(role, await hub.person(partner.partnerId, role));
  const personOf = async (role: Role): Promise<PersonId> => {
    const person = people.get(role);
    if (!person) throw new Error(`Nobody is ${role}.`);
    return person.personId;
  };
  const made = await partOf(hub, partner, words.inside, await personOf('help_desk_basic'));
  await partner.admin.call(assignCustomers, {
    params: { personId: await personOf('partner_admin') },
    body: { add: [made.named.customerId as CustomerId] },
  });
  await hub.asOwner('update import_batch set created_by = $1 where id = any($2)', [
    await personOf('partner_admin'),
    [made.named.importId, made.named.keptImportId],
  ]);
  const inScope = people.get('partner_admin')?.client ?? partner.admin;
  const inside = await withCollections(hub, made, partner, { word: words.inside, owner: inScope });
  const other = await partOf(hub, partner, words.outside, await personOf('help_desk_advanced'));
  const outside = await withCollections(hub, other, partner, { word: words.outside, owner: partner.admin });
  return {
    ...partner,
    inside,
    outside,
    personOf,
    async clientOf(role, { isFresh = false } = {}) {
      const known = people.get(role);
      if (known && !isFresh) return known.client;
      const { client } = await hub.person(partner.partnerId, role);
      return client;
    },
    async scriptOf(role, scopes = permissionsOfRole[role]) {
      const { secret } = await mintToken(hub, await personOf(role), partner.partnerId, { scopes });
      return hub.script(secret);
    },
    state: () => stateOf(hub, partner.partnerId),
  };
}

/** A token past the verb that makes one: expired ones, and those of any scopes. */
export async function mintToken(
  hub: TestHub,
  personId: string,
  partnerId: string,
  { scopes, isExpired = false }: { scopes: readonly Permission[]; isExpired?: boolean },
): Promise<{ id: string; secret: string }> {
  const id = hub.clock.id();
  const secret = `hub_${id}`;
  const now = hub.clock.now().getTime();
  await hub.asOwner(
    `insert into access_token (id, token_hash, prefix, name, scopes, person_id, partner_id, created_at, expires_at)
     values ($1, $2, 'hub_0000', 'Secret token', $3, $4, $5, $6, $7)`,
    [
      id,
      createHash('sha256').update(secret).digest(),
      scopes,
      personId,
      partnerId,
      new Date(now),
      new Date(now + (isExpired ? 0 : 60_000)),
    ],
  );
  return { id, secret };
}

type Collected = 'deletionId' | 'mappingId' | 'connectorId' | 'tagId' | 'groupId' | 'viewId' | 'bulkJobId' | 'uploadId';
type Begun = Pick<Part, 'secrets'> & { named: Omit<Named, Collected> };

/** A tag and a group, which are the whole partner's, and a view, a job and an unfinished upload of `owner`'s own. */
async function withCollections(
  hub: TestHub,
  { named, secrets }: Begun,
  { admin, partnerId }: TestPartner,
  { word, owner }: { word: string; owner: TestClient },
): Promise<Part> {
  const customerId = named.customerId as CustomerId;
  const { tags } = await owner.call(setCustomerTags, {
    params: { customerId },
    body: { tags: [{ name: `T ${customerId.slice(-12)}` }] },
  });
  const tagId = tags[0]?.id ?? '';
  const group = await admin.call(createCustomerGroup, { body: { name: `G ${customerId.slice(-12)}` } });
  await admin.call(setGroupMembers, { params: { groupId: group.id }, body: { add: [customerId], remove: [] } });
  const view = await owner.call(createSavedView, {
    body: { name: `${word} view`, filter: word, sort: 'name', order: 'asc', isShared: false },
  });
  const job = await owner.call(startBulkJob, {
    body: { selection: { customerIds: [customerId] }, act: { act: 'add_tags', tags: [{ name: 'Not yet' }] } },
  });
  const connectorId = await connectorOf(hub, admin, { partnerId, named, word });
  const upload = await owner.call(beginUpload, { body: { region: 'us', fileName: `${word}-part.csv`, bytes: 10 } });
  await hub.asOwner(`update bulk_item set outcome = 'changed' where job_id = $1`, [job.id]);
  const mappingId = await mappingOf(hub, partnerId);
  const deletionId = await deletionOf(hub, partnerId, named);
  const owned = { viewId: view.id, bulkJobId: job.id, uploadId: upload.id };
  return {
    named: { ...named, ...owned, partnerId, connectorId, mappingId, deletionId, tagId, groupId: group.id },
    secrets: [...secrets, ...Object.values(owned)],
    partnerSecrets: [connectorId, mappingId, deletionId, tagId, group.id],
  };
}

/** The whole partner's: only who sees all of it may read receipts. */
async function deletionOf(
  hub: TestHub,
  partnerId: PartnerId,
  { customerId, orgUuid }: Pick<Named, 'customerId' | 'orgUuid'>,
): Promise<string> {
  const id = madeUuid();
  await hub.asOwner(
    `insert into deletion (id, partner_id, customer_id, org_uuid, takes_record, asked_at, begun_at, ended_at, receipt, sha256)
     values ($1, $2, $3, $4, false, now(), now(), now(), $5, 'abc')`,
    [id, partnerId, customerId, orgUuid, JSON.stringify({ asked: { customerId, orgUuid } })],
  );
  return id;
}

/** The whole partner's. */
async function mappingOf(hub: TestHub, partnerId: PartnerId): Promise<string> {
  const id = madeUuid();
  const definition = { feed: 'webex_call_history', hasHeader: true, skipRows: 0, fields: {} };
  await hub.asOwner(
    `insert into import_mapping (id, partner_id, name, version, feed, signature, definition, created_at)
     values ($1, $2, $3, 1, 'webex_call_history', $3, $4, now())`,
    [id, partnerId, `M ${id}`, JSON.stringify(definition)],
  );
  return id;
}

/** The whole partner's, with an organization of the customer. It asks nobody: its address is none. */
async function connectorOf(
  hub: TestHub,
  admin: TestClient,
  { partnerId, named, word }: { partnerId: PartnerId; named: Begun['named']; word: string },
): Promise<string> {
  const { id } = await admin.call(createConnector, {
    body: {
      name: `C ${named.customerId.slice(-12)}`,
      region: 'us',
      baseUrl: 'https://connector.invalid/v1',
      callsUrl: 'https://connector.invalid/v1',
      credential: { kind: 'token', accessToken: 'Secret-token' },
    },
  });
  await hub.asOwner(
    'insert into connector_organization (connector_id, partner_id, org_uuid, name) values ($1, $2, $3, $4)',
    [id, partnerId, named.orgUuid, `${word} organization`],
  );
  return id;
}

async function partOf(hub: TestHub, partner: TestPartner, word: string, personId: PersonId): Promise<Begun> {
  const [orgUuid, heldOrgUuid] = [madeUuid() as OrgUuid, madeUuid() as OrgUuid];
  const as = partner.admin;
  const name = `${word} customer`;
  const customer = await as.call(createCustomer, { body: { name, country: 'US', orgUuid, externalId: `${word} id` } });
  const params = { customerId: customer.id };
  const lines = [{ product: 'calling' as const, ordered: 10, assigned: 12 }];
  const startsOn = secretDay;
  const subscription = await as.call(createSubscription, {
    params,
    body: {
      reference: `${word}-Sub`,
      startsOn,
      endsOn: '2026-12-31',
      termMonths: null,
      autoRenews: false,
      paymentState: 'past_due',
      setupState: 'error',
      setupNote: `${word} note`,
      lines,
    },
  });
  const trial = await as.call(startTrial, {
    params,
    body: { reference: `${word}-Trial`, startsOn, endsOn: '2027-03-31', lines },
  });
  for (const body of [
    `Order ID,Subscription ID,Product,Quantity,Kind,State,Ordered on\n${word}-Order,${word}-Sub,calling,1,new,open,${secretDay}\n`,
    `Invoice ID,Subscription ID,Product,Quantity,Period from,Period to,Amount,Currency,State\n${word}-Invoice,${word}-Sub,calling,1,${secretDay},${secretDay},9.50,EUR,open\n`,
  ])
    await as.upload(importRecords, { query: { fileName: 'records.csv' }, body });
  const told = { location: `${word}ville`, user: `${word} Person`, calling_number: `+1555${word}` };
  const start_time = `${secretDay}T09:30:00.000Z`;
  const leg = legRecord({ org_uuid: orgUuid, start_time, ...told });
  const held = legRecord({ org_uuid: heldOrgUuid, start_time, ...told });
  const { id: importId } = await as.upload(uploadImport, {
    query: { region: 'us', fileName: `${word}-file.csv` },
    body: callHistoryCsv([leg, held, legRecord({ org_uuid: orgUuid, ...told, start_time: `${word} time` })]),
  });
  const { id: keptImportId } = await as.upload(uploadImport, {
    query: { region: 'us', fileName: `${word}-kept.csv` },
    body: `when,${word} column\n2026-11-20,${word} value\n`,
  });
  const runner = await startImportRunner(hub.installation);
  const stateNow = async (id: typeof importId) => (await as.call(getImport, { params: { importId: id } })).state;
  try {
    await until(async () => (await stateNow(importId)) === 'committed' && (await stateNow(keptImportId)) === 'failed');
  } finally {
    await runner.stop();
  }
  const { invitation } = await as.call(inviteAdministrator, {
    body: { email: `${word.toLowerCase()}-${madeUuid()}@example.com`, role: 'partner_admin' },
  });
  const { id: tokenId } = await mintToken(hub, personId, partner.partnerId, { scopes: ['customers.read'] });
  const named = {
    customerId: customer.id,
    subscriptionId: subscription.id,
    trialId: trial.id,
    importId,
    keptImportId,
    orgUuid,
    heldOrgUuid,
    reportId: leg.report_id,
    personId,
    invitationId: invitation.id,
    tokenId,
    partnerId: partner.partnerId,
  };
  return {
    named,
    secrets: [
      word,
      customer.id,
      subscription.id,
      trial.id,
      importId,
      keptImportId,
      orgUuid,
      heldOrgUuid,
      leg.report_id,
    ],
  };
}

async function stateOf(hub: TestHub, partnerId: PartnerId): Promise<unknown> {
  const tables = [
    'customer',
    'subscription',
    'trial',
    'license_line',
    'order_line',
    'invoice_line',
    'contract_reference',
    'customer_status',
    'customer_status_history',
    'import_batch',
    'import_key',
    'import_overlap',
    'import_upload',
    'import_mapping',
    'audit_event',
    'assignment',
    'invitation',
    'access_token',
    'membership',
    'tag',
    'customer_tag',
    'removed_tag',
    'removed_tag_holder',
    'customer_group',
    'customer_group_member',
    'saved_view',
    'saved_view_choice',
    'bulk_job',
    'bulk_item',
    'connector',
    'connector_secret',
    'connector_organization',
    'connector_snapshot',
    'retention_rule',
    'retention_night',
    'region_removal',
    'removal',
    'deletion',
    'deletion_region',
    'deletion_task',
    'forgotten_identifier',
  ];
  const state: unknown[] = [];
  for (const table of tables) {
    // When somebody was last here is no change of theirs.
    state.push(
      await hub.asOwner(
        `select to_jsonb(t) - 'last_used_at' as row from ${table} t where partner_id = $1 order by to_jsonb(t)::text`,
        [partnerId],
      ),
    );
  }
  for (const table of [...feeds.flatMap(({ table, held }) => [table, held]), 'rejected_row']) {
    state.push(
      await hub.installation.stores
        .get('us')
        ?.ask(`SELECT count() AS n FROM @region.${table} WHERE partner_id = {partner:UUID}`, {
          parameters: { partner: partnerId },
        }),
    );
  }
  return state;
}
