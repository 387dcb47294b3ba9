import * as api from '@hub/contract/sessions';
import type { Edge, Serve } from '../../platform/http/index.ts';
import type { Ctx, PublicCtx } from '../access/index.ts';
import { changePartner } from './change-partner.ts';
import { changePassword } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { describeSession } from './describe-session.ts';
import { getSetup } from './get-setup.ts';
import { listSessions } from './list-sessions.ts';
import { cookieSeconds } from './open-session.ts';
import { setUp } from './set-up.ts';
import { signIn } from './sign-in.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';
import { signOut } from './sign-out.ts';

export function sessionRoutes(serve: Serve<Ctx>, servePublic: Serve<PublicCtx>): void {
  servePublic(api.getSetup, (ctx, _request, edge) => getSetup(ctx, edge));
  servePublic(api.setUp, async (ctx, { body }, edge) => withCookie(edge, await setUp(ctx, body, edge)));
  servePublic(api.signIn, async (ctx, { body }, edge) => withCookie(edge, await signIn(ctx, body, edge)));
  serve(api.getSession, (ctx) => describeSession(ctx));
  serve(api.signOut, async (ctx, _request, edge) => {
    await signOut(ctx);
    edge.clearSessionCookie();
  });
  serve(api.listSessions, async (ctx) => ({ items: await listSessions(ctx) }));
  serve(api.signOutEverywhere, async (ctx, _request, edge) => {
    await signOutEverywhere(ctx);
    edge.clearSessionCookie();
  });
  serve(api.changePassword, (ctx, { body }, { address }) => changePassword(ctx, { ...body, address }));
  serve(api.changeProfile, (ctx, { body }) => changeProfile(ctx, body));
  serve(api.changePartner, (ctx, { body }) => changePartner(ctx, body));
}

function withCookie(edge: Edge, { token, session }: { token: string; session: api.Session }): api.Session {
  edge.setSessionCookie(token, cookieSeconds);
  return session;
}
