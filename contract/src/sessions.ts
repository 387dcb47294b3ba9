import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CalendarDate, Instant, PartnerId, PersonId, SessionId } from './ids.ts';
import { Permission, Role } from './permissions.ts';
import { RegionCode } from './regions.ts';

export const Language = z.enum(['en', 'bg', 'ko']);
export type Language = z.infer<typeof Language>;

export const passwordMinimum = 12;
export const Email = z.email().max(254).trim().toLowerCase();
export const PartnerName = z.string().trim().min(1).max(200);
export const Password = z.string().min(1).max(1024);
export const PersonName = z.string().trim().min(1).max(200);

/** Who is signed in, for which partner, and what they may do. The page asks this first. */
export const Session = z.object({
  person: z.object({ id: PersonId, name: z.string(), email: z.string(), language: Language.nullable() }),
  partner: z.object({ id: PartnerId, name: z.string(), homeRegion: RegionCode }),
  /** More than one where a person belongs to several partners. */
  partners: z.array(z.object({ id: PartnerId, name: z.string() })),
  role: Role,
  permissions: z.array(Permission),
  /** The regions this installation serves, in the order of the selector. */
  regions: z.array(RegionCode),
  /** The UTC date of the server's clock: presets such as "last 31 days" count from it. */
  today: CalendarDate,
  /** Whether any call leg has been stored: decides the landing page. */
  hasCallLegs: z.boolean(),
  demo: z.enum(['none', 'loading', 'loaded', 'removing']),
  /** To be sent as x-hub-csrf with every request that writes. */
  csrfToken: z.string(),
});
export type Session = z.infer<typeof Session>;

export const getSetup = endpoint({
  method: 'GET',
  path: '/api/setup',
  permission: 'public',
  summary: 'Whether the installation waits for its first partner full administrator.',
  reply: z.object({
    isNeeded: z.boolean(),
    regions: z.array(RegionCode),
    /** Whether the request brought a session, live or not. */
    hasSession: z.boolean(),
  }),
  errors: [],
});

export const setUp = endpoint({
  method: 'POST',
  path: '/api/setup',
  permission: 'public',
  summary: 'Creates the first partner and its full administrator, and signs them in. Works once.',
  body: z.object({
    partnerName: PartnerName,
    homeRegion: RegionCode,
    name: PersonName,
    email: Email,
    password: Password,
    language: Language.optional(),
  }),
  reply: Session,
  errors: ['setup_done', 'password_too_weak', 'region_not_served'],
});

export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  permission: 'public',
  summary: 'Signs in with e-mail and password.',
  body: z.object({ email: Email, password: Password }),
  reply: Session,
  errors: ['sign_in_failed', 'sign_in_throttled'],
});

export const getSession = endpoint({
  method: 'GET',
  path: '/api/session',
  permission: 'signed_in',
  summary: 'The signed-in person, their partner and rights.',
  reply: Session,
  errors: [],
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/session',
  permission: 'session',
  summary: 'Ends this session.',
  errors: [],
});

export const SessionEntry = z.object({
  id: SessionId,
  isThis: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  address: z.string(),
  userAgent: z.string(),
});
export type SessionEntry = z.infer<typeof SessionEntry>;

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/sessions',
  permission: 'session',
  summary: 'The open sessions of the signed-in person.',
  reply: z.object({ items: z.array(SessionEntry) }),
  errors: [],
});

export const signOutEverywhere = endpoint({
  method: 'DELETE',
  path: '/api/sessions',
  permission: 'session',
  summary: 'Ends every session and every access token of the signed-in person, this session too.',
  errors: [],
});

export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/password',
  permission: 'session',
  summary: 'Changes the own password and ends all other sessions.',
  body: z.object({ currentPassword: Password, newPassword: Password }),
  errors: ['sign_in_failed', 'sign_in_throttled', 'password_too_weak'],
});

export const changeProfile = endpoint({
  method: 'PATCH',
  path: '/api/profile',
  permission: 'session',
  summary: 'Changes the own name or language.',
  body: z.object({ name: PersonName.optional(), language: Language.optional() }),
  errors: [],
});

export const changePartner = endpoint({
  method: 'PATCH',
  path: '/api/partner',
  permission: 'partner.write',
  summary: 'Renames the partner, and its own organization where that still has the same name.',
  body: z.object({ name: PartnerName }),
  errors: [],
});
