import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CustomerId, GroupId, Instant, InvitationId, PartnerId, PersonId } from './ids.ts';
import { Role } from './permissions.ts';
import { RegionCode } from './regions.ts';
import { Email, Language, Password, PersonName, Session } from './sessions.ts';

const Count = z.int().min(0);

export const Administrator = z.object({
  personId: PersonId,
  name: z.string(),
  email: z.string(),
  role: Role,
  isYou: z.boolean(),
  /** How many customers are assigned; null for roles that see all of them. */
  customers: Count.nullable(),
  /** Groups whose customers are assigned for as long as they are in them, by name. */
  groups: z.array(z.object({ id: GroupId, name: z.string() })),
  addedAt: Instant,
  /** The latest use of a session or token for this partner; null: never signed in. */
  lastUsedAt: Instant.nullable(),
});
export type Administrator = z.infer<typeof Administrator>;

/** An open invitation. It names who may join by its single-use link; the link itself is shown once. */
export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: Role,
  invitedBy: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  isExpired: z.boolean(),
});
export type Invitation = z.infer<typeof Invitation>;

/** The secret part of the link `/join#<secret>`: behind the #, so that no server or proxy on the way ever logs it. */
const InvitationSecret = z.string().min(1).max(200);

const InvitationWithSecret = z.object({
  invitation: Invitation,
  /** Shown once; only its hash is kept. */
  secret: InvitationSecret,
  /** Whether it was also sent by e-mail: only where SMTP is set. */
  isSent: z.boolean(),
});

export const listAdministrators = endpoint({
  method: 'GET',
  path: '/api/administrators',
  permission: 'administrators.read',
  summary: 'The partner’s administrators by name, and the open invitations, latest first.',
  reply: z.object({ items: z.array(Administrator), invitations: z.array(Invitation) }),
  errors: [],
});

export const inviteAdministrator = endpoint({
  method: 'POST',
  path: '/api/administrators/invitations',
  permission: 'administrators.write',
  summary: 'Invites a person by e-mail address. The reply carries the secret of a single-use link, valid for 7 days.',
  body: z.object({ email: Email, role: Role }),
  reply: InvitationWithSecret,
  errors: ['administrator_exists'],
});

export const renewInvitation = endpoint({
  method: 'POST',
  path: '/api/administrators/invitations/:invitationId/renew',
  permission: 'administrators.write',
  summary: 'Makes a new link for an open invitation; the one before ends.',
  params: z.object({ invitationId: InvitationId }),
  reply: InvitationWithSecret,
  errors: ['invitation_not_found'],
});

export const withdrawInvitation = endpoint({
  method: 'DELETE',
  path: '/api/administrators/invitations/:invitationId',
  permission: 'administrators.write',
  summary: 'Ends an open invitation.',
  params: z.object({ invitationId: InvitationId }),
  errors: ['invitation_not_found'],
});

const administratorParams = z.object({ personId: PersonId });

export const changeAdministratorRole = endpoint({
  method: 'PATCH',
  path: '/api/administrators/:personId',
  permission: 'administrators.write',
  summary: 'Gives an administrator another role, from their next request on. Their assignments are kept.',
  params: administratorParams,
  body: z.object({ role: Role }),
  reply: Administrator,
  errors: ['administrator_not_found', 'last_full_administrator'],
});

export const removeAdministrator = endpoint({
  method: 'DELETE',
  path: '/api/administrators/:personId',
  permission: 'administrators.write',
  summary:
    'Takes all access to this partner away at once: sessions and tokens end, waiting imports of theirs are canceled.',
  params: administratorParams,
  errors: ['administrator_not_found', 'last_full_administrator'],
});

/** A customer with whether the administrator has it. */
export const AssignableCustomer = z.object({
  id: CustomerId,
  name: z.string(),
  region: RegionCode,
  /** By itself; a group may give it beside or instead. */
  isAssigned: z.boolean(),
  /** Names of the person's groups that it is in. */
  throughGroups: z.array(z.string()),
});
export type AssignableCustomer = z.infer<typeof AssignableCustomer>;

export const listAssignableCustomers = endpoint({
  method: 'GET',
  path: '/api/administrators/:personId/customers',
  permission: 'administrators.write',
  summary:
    'The partner’s customers with whether they are assigned to this administrator: assigned ones first, then by name.',
  params: administratorParams,
  query: z.object({
    q: z.string().max(200).optional(),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  /** total: customers that match; assigned: of all, however they match. */
  reply: z.object({ items: z.array(AssignableCustomer), total: Count, assigned: Count }),
  errors: ['administrator_not_found'],
});

export const assignCustomers = endpoint({
  method: 'PATCH',
  path: '/api/administrators/:personId/customers',
  permission: 'administrators.write',
  summary: 'Assigns customers to an administrator and takes others away, from their next request on.',
  params: administratorParams,
  body: z.object({
    add: z.array(CustomerId).max(1000).default([]),
    remove: z.array(CustomerId).max(1000).default([]),
  }),
  reply: Administrator,
  errors: ['administrator_not_found', 'customer_not_found'],
});

export const assignGroups = endpoint({
  method: 'PUT',
  path: '/api/administrators/:personId/groups',
  permission: 'administrators.write',
  summary:
    'Sets the customer groups of an administrator: customers are assigned while they are in one of them. Only groups without a filter, since nobody should gain sight of a customer by a tag.',
  params: administratorParams,
  body: z.object({ groupIds: z.array(GroupId).max(100) }),
  reply: Administrator,
  errors: ['administrator_not_found', 'group_not_found', 'group_by_filter'],
});

export const readInvitation = endpoint({
  method: 'POST',
  path: '/api/invitation/read',
  permission: 'public',
  summary: 'What an invitation’s secret opens. Whoever has an account accepts with their own password.',
  body: z.object({ secret: InvitationSecret }),
  reply: z.object({
    partnerName: z.string(),
    email: z.string(),
    role: Role,
    /** Whether this address has an account in the installation already. */
    hasAccount: z.boolean(),
  }),
  errors: ['invitation_invalid'],
});

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/api/invitation/accept',
  permission: 'public',
  summary: 'Accepts an invitation and signs in. A new person gives name and password, a known one their password.',
  body: z.object({
    secret: InvitationSecret,
    password: Password,
    name: PersonName.optional(),
    language: Language.optional(),
  }),
  reply: Session,
  errors: ['invitation_invalid', 'sign_in_failed', 'sign_in_throttled', 'password_too_weak', 'name_needed'],
});

export const switchPartner = endpoint({
  method: 'PUT',
  path: '/api/session/partner',
  permission: 'session',
  summary: 'Goes on for another partner that the signed-in person belongs to; the session gets a new cookie.',
  body: z.object({ partnerId: PartnerId }),
  reply: Session,
  errors: ['partner_not_found'],
});
