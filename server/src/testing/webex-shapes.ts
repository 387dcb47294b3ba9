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
