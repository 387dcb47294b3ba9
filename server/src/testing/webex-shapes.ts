import { z } from 'zod';

// What the provider's public specification says of its answers, as facts: which properties there are and of what kind. Strict: the mock
// (mock-webex.ts) may not answer anything that the real one would not.
const text = z.string().optional();
const texts = z.array(z.string()).optional();

const Organization = z.strictObject({ id: text, displayName: text, created: text });

export const organizationsShape = z.strictObject({ items: z.array(Organization).optional() });

const Valued = <Kind extends string>(kinds: readonly [Kind, ...Kind[]]) =>
  z.array(z.strictObject({ type: z.enum(kinds).optional(), value: text, primary: z.boolean().optional() })).optional();

export const personShape = z.strictObject({
  id: text,
  emails: texts,
  phoneNumbers: Valued(['work', 'work_extension', 'mobile', 'fax']),
  extension: text,
  locationId: text,
  displayName: text,
  nickName: text,
  firstName: text,
  lastName: text,
  avatar: text,
  orgId: text,
  roles: texts,
  licenses: texts,
  department: text,
  manager: text,
  managerId: text,
  title: text,
  addresses: z
    .array(
      z.strictObject({
        type: text,
        country: text,
        locality: text,
        region: text,
        streetAddress: text,
        postalCode: text,
      }),
    )
    .optional(),
  created: text,
  lastModified: text,
  timezone: text,
  lastActivity: text,
  siteUrls: texts,
  sipAddresses: Valued(['personal-room', 'enterprise', 'cloud-calling']),
  xmppFederationJid: text,
  status: z
    .enum(['active', 'call', 'DoNotDisturb', 'inactive', 'meeting', 'OutOfOffice', 'pending', 'presenting', 'unknown'])
    .optional(),
  invitePending: z.enum(['true', 'false']).optional(),
  loginEnabled: z.enum(['true', 'false']).optional(),
  type: z.enum(['person', 'bot', 'appuser']).optional(),
});

export const peopleShape = z.strictObject({ items: z.array(personShape).optional() });

const count = z.number().optional();

export const licensesShape = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: text,
        name: text,
        totalUnits: count,
        consumedUnits: count,
        consumedByUsers: count,
        consumedByWorkspaces: count,
        subscriptionId: text,
        siteUrl: text,
        siteType: z.enum(['Control Hub managed site', 'Linked site', 'Site Admin managed site']).optional(),
      }),
    )
    .optional(),
});

// The specification at hand has none of these three: what the provider's documentation names of their answers.
export const locationsShape = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      orgId: text,
      timeZone: text,
      preferredLanguage: text,
      address: z
        .strictObject({ address1: text, address2: text, city: text, state: text, postalCode: text, country: text })
        .optional(),
    }),
  ),
});

export const numbersShape = z.strictObject({
  phoneNumbers: z.array(
    z.strictObject({
      phoneNumber: text,
      extension: text,
      routingPrefix: text,
      esn: text,
      state: z.enum(['ACTIVE', 'INACTIVE']).optional(),
      phoneNumberType: z.enum(['PRIMARY', 'ALTERNATE', 'FAX', 'DNIS']).optional(),
      mainNumber: z.boolean().optional(),
      tollFreeNumber: z.boolean().optional(),
      isServiceNumber: z.boolean().optional(),
      location: z.strictObject({ id: text, name: text }).optional(),
      owner: z.strictObject({ id: text, type: text, firstName: text, lastName: text }).optional(),
    }),
  ),
});

export const devicesShape = z.strictObject({
  items: z.array(
    z.strictObject({
      id: text,
      displayName: text,
      workspaceId: text,
      personId: text,
      orgId: text,
      connectionStatus: z
        .enum([
          'connected',
          'disconnected',
          'connected_with_issues',
          'offline_expired',
          'activating',
          'unknown',
          'offline_deep_sleep',
        ])
        .optional(),
      product: text,
      type: text,
      tags: texts,
      ip: text,
      mac: text,
      serial: text,
      software: text,
      upgradeChannel: text,
      created: text,
      locationId: text,
      errorCodes: texts,
      firstSeen: text,
      lastSeen: text,
      managedBy: z.enum(['CISCO', 'CUSTOMER', 'PARTNER']).optional(),
      devicePlatform: text,
    }),
  ),
});
