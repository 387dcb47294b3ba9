import { Permission } from '@hub/contract/permissions';
import { tokenMaximumDays } from '@hub/contract/tokens';
import { z } from 'zod';
import { createTokenFor } from '../features/tokens/index.ts';
import { HubError } from '../platform/hub-error.ts';
import { actingFor } from './acting-for.ts';
import { command } from './command.ts';
import { Refusal } from './refusal.ts';

export const tokenCreateCommand = command({
  args: z.object({
    email: z.email().max(254).trim().toLowerCase(),
    name: z.string().trim().min(1).max(100),
    scopes: z.array(Permission).min(1),
    days: z.int().min(1).max(tokenMaximumDays),
    partner: z.string().optional(),
  }),
  runsImports: false,
  async run(context, { partner, ...input }) {
    const { hub, tell, trackingId } = context;
    const { partnerId } = (await actingFor(context, partner)).actor;
    try {
      const { token, secret } = await createTokenFor({ ...hub.installation, trackingId }, { ...input, partnerId });
      tell.line(`The access token "${token.name}" is valid until ${token.expiresAt}. It is shown only now:`);
      tell.line(secret);
      return 'fine';
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (error.code === 'not_found') throw new Refusal(`${input.email} does not belong to this partner.`);
      if (error.code === 'permission_denied')
        throw new Refusal(`The role of ${input.email} does not include ${String(error.data['permission'])}.`);
      throw error;
    }
  },
});
