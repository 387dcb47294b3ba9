import type { PartnerId, PersonId, SessionId, TokenId } from '@hub/contract/ids';
import type { Permission, Role } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import type { Clock } from '../../platform/clock.ts';
import type { Directory } from '../../platform/directory/directory.ts';
import type { Log } from '../../platform/log.ts';
import type { Mail } from '../../platform/mail/index.ts';
import type { OutboundRules } from '../../platform/outbound/index.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { Vault } from '../../platform/vault/index.ts';

export interface PersonActor {
  kind: 'person';
  partnerId: PartnerId;
  personId: PersonId;
  role: Role;
  /** Null where they act through an access token. */
  sessionId: SessionId | null;
  tokenId?: TokenId;
  /** Of the access token: they narrow the role. */
  scopes?: readonly Permission[];
}

/** Who acts, always for one partner. */
export type CtxActor =
  | PersonActor
  /** The command line on the machine itself. */
  | { kind: 'operator'; partnerId: PartnerId }
  /** The hub's own jobs. */
  | { kind: 'system'; partnerId: PartnerId };

/** What every verb may use of the installation. */
export interface Installation {
  clock: Clock;
  log: Log;
  directory: Directory;
  /** The regions this installation serves, in the order of the selector. */
  stores: ReadonlyMap<RegionCode, RegionalStore>;
  mail: Mail;
  /** Data folder: spool files by region. */
  dataDir: string;
  /** Seals the credentials of other systems. */
  vault: Vault;
  /** Whom it may ask on behalf of people. */
  outbound: OutboundRules;
}

export interface Ctx extends Installation {
  actor: CtxActor;
  /** Names this request or job in the log, in problems and in the audit log. */
  trackingId: string;
}

/** Before anybody is signed in. */
export type PublicCtx = Omit<Ctx, 'actor'>;
