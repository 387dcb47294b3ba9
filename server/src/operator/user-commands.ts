import { Role } from '@hub/contract/permissions';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { createPerson, listPartners, type NewPerson, setPassword } from '../features/sessions/index.ts';
import { HubError } from '../platform/hub-error.ts';
import { actingFor } from './acting-for.ts';
import { command, type CommandContext } from './command.ts';
import { Refusal } from './refusal.ts';

const Email = z.email().max(254).trim().toLowerCase();
const Password = z.string().min(1).max(1024);

export const userAddCommand = command({
  args: z.object({
    email: Email,
    name: z.string().trim().min(1).max(200),
    role: Role,
    password: Password,
    partner: z.string().optional(),
    partnerName: z.string().trim().min(1).max(200).optional(),
    region: RegionCode.optional(),
  }),
  runsImports: false,
  async run(context, { partner: partnerToActFor, partnerName, region, ...person }) {
    const { hub, tell, trackingId } = context;
    const partner =
      partnerName === undefined
        ? { id: (await actingFor(context, partnerToActFor)).actor.partnerId }
        : await newPartner(context, partnerName, region);
    const { outcome } = await createPerson({ ...hub.installation, trackingId }, { ...person, partner });
    if (outcome === 'member_already') {
      throw new Refusal(
        `${person.email} is an administrator of this partner already; use "user password" to set a new password.`,
      );
    }
    tell.line(
      outcome === 'created'
        ? `${person.email} was added as ${person.role}.`
        : `${person.email} has an account already and now belongs to this partner too, as ${person.role}. Its password is now the one you gave, and its sessions and access tokens ended: tell them.`,
    );
    return 'fine';
  },
});

async function newPartner(
  { hub, trackingId }: CommandContext,
  name: string,
  region: RegionCode | undefined,
): Promise<NewPerson['partner']> {
  if (region === undefined)
    throw new Refusal('--partner-name needs --region, the home region of the new partner.', { isUsage: true });
  const partners = await listPartners({ ...hub.installation, trackingId });
  const taken = partners.find((partner) => partner.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined)
    throw new Refusal(`--partner-name creates a partner, and there is "${taken.name}" already; use --partner for it.`, {
      isUsage: true,
    });
  return { name, homeRegion: region };
}

export const userPasswordCommand = command({
  args: z.object({ email: Email, password: Password }),
  runsImports: false,
  async run({ hub, tell, trackingId }, { email, password }) {
    try {
      const { endedSessions } = await setPassword({ ...hub.installation, trackingId }, { email, password });
      tell.line(
        `The password of ${email} was set, and ${endedSessions === 1 ? '1 session' : `${endedSessions} sessions`} ended.`,
      );
      return 'fine';
    } catch (error) {
      if (error instanceof HubError && error.code === 'not_found') throw new Refusal(`Nobody has the e-mail ${email}.`);
      throw error;
    }
  },
});
