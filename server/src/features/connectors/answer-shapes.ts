import type { SnapshotKind } from '@hub/contract/connectors';
import { OrgUuid } from '@hub/contract/ids';
import { z } from 'zod';

/** The uuid in an id of the provider: base64, usually without padding, of `ciscospark://…/ORGANIZATION/<uuid>`, or the bare uuid. */
export function uuidOf(id: string): string | undefined {
  const bare = OrgUuid.safeParse(id);
  if (bare.success) return bare.data;
  const last = Buffer.from(id, 'base64').toString('utf8').split('/').at(-1);
  return OrgUuid.safeParse(last).data;
}

/** An id as the provider writes those of organizations, wherever their data lie. */
export const organizationId = (orgUuid: string): string =>
  Buffer.from(`ciscospark://us/ORGANIZATION/${orgUuid}`).toString('base64').replace(/=+$/, '');

const Text = z.string().nullish();

export const MeAnswer = z.object({
  displayName: Text,
  emails: z.array(z.string()).nullish(),
});

const OrganizationItem = z.object({ id: z.string(), displayName: Text });
export const OrganizationsAnswer = z.object({ items: z.array(OrganizationItem) });
export type OrganizationItem = z.infer<typeof OrganizationItem>;

const PulledRecord = z.record(z.string(), z.unknown());
export type PulledRecord = z.infer<typeof PulledRecord>;

/** A record is imported as it came; nothing but its being an object is asked here. */
export const CallsAnswer = z.object({ items: z.array(PulledRecord) });

const having = (...keys: readonly string[]) =>
  PulledRecord.refine((record) => keys.some((key) => record[key] !== undefined && record[key] !== null));
const listed = (record: typeof PulledRecord) => z.object({ items: z.array(record) }).transform(({ items }) => items);

/** Of a person only that there is one: what names them goes no further. */
const PersonItem = z.object({ id: z.string(), type: Text });
const isPerson = ({ type }: z.infer<typeof PersonItem>): boolean => (type ?? 'person') === 'person';

/** The records of an answer, each with what the import tells its kind by (json-forms.ts). */
export const snapshotAnswers = {
  licenses: listed(having('totalUnits', 'consumedUnits').refine(({ name }) => typeof name === 'string')),
  locations: listed(having('timeZone', 'address').refine(({ name }) => typeof name === 'string')),
  numbers: z
    .object({ phoneNumbers: z.array(having('phoneNumber', 'extension')) })
    .transform(({ phoneNumbers }) => phoneNumbers),
  devices: listed(having('product', 'type')),
  people: z.object({ items: z.array(PersonItem) }).transform(({ items }) => items.filter(isPerson)),
} satisfies Record<SnapshotKind, z.ZodType<PulledRecord[]>>;

/** RFC 6749, section 5.1. */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});
