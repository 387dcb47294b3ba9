import { can } from '@hub/contract/permissions';
import type { CtxActor } from './ctx.ts';

/**
 * Help desk roles see names, statuses and the audit log (DOMAIN, decisions: Rights), and an access token what its scopes name: without
 * subscriptions.read nobody is told IDs of subscriptions and trials, numbers of licenses, or what a provider says of an order.
 */
export const seesContracts = (actor: CtxActor): boolean =>
  can(actor, 'subscriptions.read', { partnerId: actor.partnerId });

/** As above: without calling_usage.read nobody is told what stands out in the calling of a customer. */
export const seesCalling = (actor: CtxActor): boolean =>
  can(actor, 'calling_usage.read', { partnerId: actor.partnerId });
