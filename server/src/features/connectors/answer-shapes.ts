import { OrgUuid } from '@hub/contract/ids';
import { z } from 'zod';

/** The uuid in an id of the provider: base64, usually without padding, of `ciscospark://…/ORGANIZATION/<uuid>`, or the bare uuid. */
export function uuidOf(id: string): string | undefined {
  const bare = OrgUuid.safeParse(id);
  if (bare.success) return bare.data;
  const last = Buffer.from(id, 'base64').toString('utf8').split('/').at(-1);
  return OrgUuid.safeParse(last).data;
}

const Text = z.string().nullish();

export const MeAnswer = z.object({
  displayName: Text,
  emails: z.array(z.string()).nullish(),
});

const OrganizationItem = z.object({ id: z.string(), displayName: Text });
export const OrganizationsAnswer = z.object({ items: z.array(OrganizationItem) });
export type OrganizationItem = z.infer<typeof OrganizationItem>;

/** A record is imported as it came; nothing but its being an object is asked here. */
export const CallsAnswer = z.object({ items: z.array(z.record(z.string(), z.unknown())) });
export type CallRecord = z.infer<typeof CallsAnswer>['items'][number];

/** RFC 6749, section 5.1. */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});
