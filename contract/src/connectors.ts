import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { GivenName } from './given-names.ts';
import { CalendarDate, ConnectorId, CustomerId, Instant, OrgUuid } from './ids.ts';
import { CountryCode, RegionCode } from './regions.ts';

export const connectorDefaults = {
  baseUrl: 'https://webexapis.com/v1',
  callsUrl: 'https://analytics-calling.webexapis.com/v1',
  everyMinutes: 15,
  backDays: 2,
} as const;

/** A partner has so many connectors at most. */
export const connectorLimit = 20;

/** What there is of an organization on a day, fetched once a day: each kind is a feed of its own; of people only their number is kept. */
export const SnapshotKind = z.enum(['licenses', 'locations', 'numbers', 'devices', 'people']);
export type SnapshotKind = z.infer<typeof SnapshotKind>;
/** People are counted page by page, which large customers cost many requests: only where somebody chooses it. */
export const usualSnapshots: readonly SnapshotKind[] = ['licenses', 'locations', 'numbers', 'devices'];

/** Why a run, or what it asked of one organization, failed. */
export const ConnectorFaultCode = z.enum([
  'token_refused', // the provider takes the token no more, and it could not be renewed
  'key_missing', // what the token was sealed with is not here
  'forbidden', // 403
  'rate_limited', // data.seconds
  'other_region', // data.host: 451 names a host that is not allowed
  'unreachable', // data.reason
  'timed_out',
  'server_failed', // data.status: 5xx
  'refused', // data.status: another 4xx
  'redirected', // data.status: 3xx
  'address_refused', // a private address, or plain HTTP
  'answer_broken', // no JSON, or not of the shape that was expected
  'answer_too_large', // data.limit
  'paging_endless',
  'region_not_served', // data.region
  'disk_full',
  'internal', // data.trackingId
]);
export type ConnectorFaultCode = z.infer<typeof ConnectorFaultCode>;

export const ConnectorFault = z.object({
  code: ConnectorFaultCode,
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  at: Instant,
});
export type ConnectorFault = z.infer<typeof ConnectorFault>;

const Count = z.int().min(0);
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'It is no domain, such as webex.com.',
  );
const Address = z.string().trim().min(1).max(500);

/** What a person chooses of a connector. */
const choices = {
  name: GivenName(60),
  baseUrl: Address,
  /** Where cdr_stream and cdr_feed are asked. */
  callsUrl: Address,
  /** Domains, with what lies below them, to which the provider may send us on beside those of the two addresses. */
  otherDomains: z.array(Domain).max(10),
  /** Where records of organizations go that have no customer yet; those of a customer go to the customer's region. */
  region: RegionCode,
  everyMinutes: z.int().min(5).max(1440),
  /** How far back the history of a new organization is fetched; its last hours come in any case. */
  backDays: z.int().min(0).max(30),
  /** Whether records of organizations without a customer are fetched too; they are held until there is one. */
  pullsUnlinked: z.boolean(),
  /** The country of customers that are made of new organizations by themselves; null: none are made. */
  addsIn: CountryCode.nullable(),
  /** What is fetched once a day beside call records. */
  snapshots: z.array(SnapshotKind).max(SnapshotKind.options.length),
};

/** As it goes into a header. */
const Secret = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, 'It may hold no spaces and no signs beyond ASCII.');
/** Taken and never told again. */
export const ConnectorCredential = z.union([
  z.object({ kind: z.literal('token'), accessToken: Secret }),
  z.object({ kind: z.literal('refresh'), clientId: Secret, clientSecret: Secret, refreshToken: Secret }),
]);
export type ConnectorCredential = z.infer<typeof ConnectorCredential>;

export const Connector = z.object({
  id: ConnectorId,
  ...choices,
  name: z.string(),
  otherDomains: z.array(z.string()),
  addsIn: z.string().nullable(),
  snapshots: z.array(SnapshotKind),
  /** Of each kind that is chosen, over the fetched organizations that the caller sees. */
  snapshotStates: z.array(
    z.object({
      kind: SnapshotKind,
      /** Organizations of which it has been fetched, on whichever day; which failed when it was last asked for. */
      taken: Count,
      failing: Count,
      lastSuccessAt: Instant.nullable(),
      /** Of the organization whose newest one is oldest; null before any was fetched. */
      lagMinutes: Count.nullable(),
      /** Of the kind people: how many there are in those of which it has been fetched; null otherwise. */
      people: Count.nullable(),
      /** The latest one. */
      fault: ConnectorFault.nullable(),
    }),
  ),
  /** What is known of the credential; `isReadable`: the key that it was sealed with is here. */
  credential: z.object({
    kind: z.enum(['token', 'refresh']),
    setAt: Instant,
    expiresAt: Instant.nullable(),
    isReadable: z.boolean(),
  }),
  state: z.enum(['enabled', 'paused']),
  /** Why the hub paused it by itself; null where a person did. */
  pausedBecause: ConnectorFaultCode.nullable(),
  runningSince: Instant.nullable(),
  lastRunAt: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  /** null while it is paused. */
  nextRunAt: Instant.nullable(),
  /** Of the last run, where it failed as a whole. */
  fault: ConnectorFault.nullable(),
  /** Of those that the caller sees: listed by the provider, fetched, without a customer, failing. */
  organizations: z.object({ listed: Count, pulled: Count, unlinked: Count, failing: Count }),
  /** Of the fetched organization that is furthest behind; null before anything was fetched. */
  lagMinutes: Count.nullable(),
  version: z.int(),
  createdAt: Instant,
});
export type Connector = z.infer<typeof Connector>;

export const ConnectorOrganization = z.object({
  orgUuid: OrgUuid,
  name: z.string(),
  customer: z.object({ id: CustomerId, name: z.string(), region: RegionCode }).nullable(),
  /** A customer without an organization and of the same name; for organizations without a customer. */
  suggestion: z.object({ id: CustomerId, name: z.string(), region: RegionCode }).nullable(),
  isListed: z.boolean(),
  isLeftOut: z.boolean(),
  /** Whether its call records are fetched: listed, not left out, and with a customer or fetched without one. */
  isPulled: z.boolean(),
  pulledTo: Instant.nullable(),
  lagMinutes: Count.nullable(),
  /** History that is still to be fetched. */
  back: z.object({ from: Instant, to: Instant }).nullable(),
  /** The provider gives nothing older than this. */
  backFloor: Instant.nullable(),
  lastSuccessAt: Instant.nullable(),
  fault: ConnectorFault.nullable(),
  /** Of each kind that is chosen and was asked for; `takenOn`: the day of the newest one. */
  snapshots: z.array(
    z.object({
      kind: SnapshotKind,
      takenOn: CalendarDate.nullable(),
      /** Of the kind people: how many there were that day; null otherwise. */
      people: Count.nullable(),
      lastSuccessAt: Instant.nullable(),
      fault: ConnectorFault.nullable(),
      nextTryAt: Instant.nullable(),
    }),
  ),
  nextTryAt: Instant.nullable(),
});
export type ConnectorOrganization = z.infer<typeof ConnectorOrganization>;

/** What a token may see, asked at this moment. */
export const ConnectorTrial = z.object({
  person: z.object({ name: z.string(), email: z.string().nullable() }).nullable(),
  /** `names`: the first few. */
  organizations: z.object({ count: Count, names: z.array(z.string()) }).nullable(),
  /** Whether it may read call records of the first organization; null where that was not asked. */
  readsCalls: z.boolean().nullable(),
  /** The first thing that failed. */
  fault: ConnectorFault.nullable(),
});
export type ConnectorTrial = z.infer<typeof ConnectorTrial>;

const params = z.object({ connectorId: ConnectorId });
const addressErrors = [
  'connector_address_invalid',
  'connector_address_not_https',
  'connector_address_private',
] as const;

export const listConnectors = endpoint({
  method: 'GET',
  path: '/api/connectors',
  permission: 'imports.read',
  summary:
    'The connectors that fetch feeds by themselves, by name, with what they did last. Their credentials are never told.',
  reply: z.object({ items: z.array(Connector) }),
  errors: [],
});

export const createConnector = endpoint({
  method: 'POST',
  path: '/api/connectors',
  permission: 'connectors.write',
  summary: 'Makes a connector and begins to fetch.',
  body: z.object({
    ...choices,
    baseUrl: Address.default(connectorDefaults.baseUrl),
    callsUrl: Address.default(connectorDefaults.callsUrl),
    otherDomains: choices.otherDomains.default([]),
    everyMinutes: choices.everyMinutes.default(connectorDefaults.everyMinutes),
    backDays: choices.backDays.default(connectorDefaults.backDays),
    pullsUnlinked: z.boolean().default(false),
    addsIn: CountryCode.nullable().default(null),
    snapshots: choices.snapshots.default([...usualSnapshots]),
    credential: ConnectorCredential,
  }),
  reply: Connector,
  errors: ['connector_name_taken', 'connector_limit', 'region_not_served', ...addressErrors],
});

export const changeConnector = endpoint({
  method: 'PUT',
  path: '/api/connectors/:connectorId',
  permission: 'connectors.write',
  summary:
    'Changes a connector, unless somebody else has changed it since. Without a credential the one that is there stays; another address needs it anew.',
  params,
  body: z.object({
    ...choices,
    /** Absent: those that are chosen stay. */
    snapshots: choices.snapshots.optional(),
    credential: ConnectorCredential.optional(),
    version: z.int(),
  }),
  reply: Connector,
  errors: [
    'connector_not_found',
    'connector_name_taken',
    'connector_credential_needed',
    'changed_meanwhile',
    'region_not_served',
    ...addressErrors,
  ],
});

export const removeConnector = endpoint({
  method: 'DELETE',
  path: '/api/connectors/:connectorId',
  permission: 'connectors.write',
  summary: 'Removes a connector and its credential. What it has fetched stays.',
  params,
  errors: ['connector_not_found'],
});

export const pauseConnector = endpoint({
  method: 'POST',
  path: '/api/connectors/:connectorId/pause',
  permission: 'connectors.write',
  summary: 'Stops fetching after the request in hand, until it is resumed.',
  params,
  reply: Connector,
  errors: ['connector_not_found'],
});

export const resumeConnector = endpoint({
  method: 'POST',
  path: '/api/connectors/:connectorId/resume',
  permission: 'connectors.write',
  summary: 'Goes on fetching, where it was left.',
  params,
  reply: Connector,
  errors: ['connector_not_found'],
});

export const runConnector = endpoint({
  method: 'POST',
  path: '/api/connectors/:connectorId/run',
  permission: 'connectors.write',
  summary: 'Begins a run as soon as a worker is free, organizations that failed included.',
  params,
  reply: Connector,
  errors: ['connector_not_found', 'connector_paused'],
});

export const testConnector = endpoint({
  method: 'POST',
  path: '/api/connectors/:connectorId/test',
  permission: 'connectors.write',
  summary: 'Asks the provider who the token belongs to and which organizations it may see. Fetches nothing.',
  params,
  reply: ConnectorTrial,
  errors: ['connector_not_found'],
});

export const listConnectorOrganizations = endpoint({
  method: 'GET',
  path: '/api/connectors/:connectorId/organizations',
  permission: 'imports.read',
  summary: 'The organizations that the provider lists, by name, with how far each has been fetched.',
  params,
  query: z.object({
    q: z.string().max(200).optional(),
    which: z.enum(['all', 'failing', 'unlinked']).default('all'),
    after: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(ConnectorOrganization), next: z.string().nullable(), total: Count }),
  errors: ['connector_not_found', 'cursor_invalid'],
});

export const changeConnectorOrganization = endpoint({
  method: 'PUT',
  path: '/api/connectors/:connectorId/organizations/:orgUuid',
  permission: 'connectors.write',
  summary: 'Leaves an organization out, or takes it in again.',
  params: z.object({ connectorId: ConnectorId, orgUuid: OrgUuid }),
  body: z.object({ isLeftOut: z.boolean() }),
  reply: ConnectorOrganization,
  errors: ['connector_not_found', 'connector_organization_not_found'],
});
