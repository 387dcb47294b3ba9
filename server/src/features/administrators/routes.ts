import * as api from '@hub/contract/administrators';
import type { Session } from '@hub/contract/sessions';
import type { Edge, Serve } from '../../platform/http/index.ts';
import type { Ctx, PublicCtx } from '../access/index.ts';
import { cookieSeconds, switchPartner } from '../sessions/index.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { assignCustomers } from './assign-customers.ts';
import { assignGroups } from './assign-groups.ts';
import { changeAdministratorRole } from './change-administrator-role.ts';
import { inviteAdministrator } from './invite-administrator.ts';
import { listAdministrators } from './list-administrators.ts';
import { listAssignableCustomers } from './list-assignable-customers.ts';
import { readInvitation } from './read-invitation.ts';
import { removeAdministrator } from './remove-administrator.ts';
import { renewInvitation } from './renew-invitation.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export function administratorRoutes(serve: Serve<Ctx>, servePublic: Serve<PublicCtx>): void {
  serve(api.listAdministrators, (ctx) => listAdministrators(ctx));
  serve(api.inviteAdministrator, (ctx, { body }) => inviteAdministrator(ctx, body));
  serve(api.renewInvitation, (ctx, { params }) => renewInvitation(ctx, params.invitationId));
  serve(api.withdrawInvitation, (ctx, { params }) => withdrawInvitation(ctx, params.invitationId));
  serve(api.changeAdministratorRole, (ctx, { params, body }) => changeAdministratorRole(ctx, { ...params, ...body }));
  serve(api.removeAdministrator, (ctx, { params }) => removeAdministrator(ctx, params.personId));
  serve(api.listAssignableCustomers, (ctx, { params, query }) => listAssignableCustomers(ctx, { ...params, ...query }));
  serve(api.assignCustomers, (ctx, { params, body }) => assignCustomers(ctx, { ...params, ...body }));
  serve(api.assignGroups, (ctx, { params, body }) => assignGroups(ctx, { ...params, ...body }));
  servePublic(api.readInvitation, (ctx, { body }) => readInvitation(ctx, body));
  servePublic(api.acceptInvitation, async (ctx, { body }, edge) =>
    withCookie(edge, await acceptInvitation(ctx, body, edge)),
  );
  serve(api.switchPartner, async (ctx, { body }, edge) => withCookie(edge, await switchPartner(ctx, body, edge)));
}

function withCookie(edge: Edge, { token, session }: { token: string; session: Session }): Session {
  edge.setSessionCookie(token, cookieSeconds);
  return session;
}
