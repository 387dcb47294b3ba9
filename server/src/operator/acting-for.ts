import type { PartnerId } from '@hub/contract/ids';
import type { Ctx } from '../features/access/index.ts';
import { listPartners } from '../features/sessions/index.ts';
import type { CommandContext } from './command.ts';
import { Refusal } from './refusal.ts';

/** The operator's context for the partner that was named, or the only one there is. Refuses with the choices where that is open. */
export async function actingFor({ hub, trackingId }: CommandContext, name: string | undefined): Promise<Ctx> {
  const partners = await listPartners({ ...hub.installation, trackingId });
  const [first, ...others] = partners;
  if (first === undefined) {
    throw new Refusal(
      'There is no partner yet: open the page and create the first administrator, or use "user add" with --partner-name and --region.',
    );
  }
  const contextOf = (partnerId: PartnerId): Ctx => ({
    ...hub.installation,
    actor: { kind: 'operator', partnerId },
    trackingId,
  });
  const choices = partners.map((partner) => `"${partner.name}"`).join(', ');
  if (name === undefined) {
    if (others.length > 0)
      throw new Refusal(`There is more than one partner; add --partner with one of: ${choices}.`, { isUsage: true });
    return contextOf(first.id);
  }
  const wanted = name.toLowerCase();
  const found = partners.filter((partner) => partner.name.toLowerCase() === wanted || partner.id === wanted);
  const [only, another] = found;
  if (only === undefined)
    throw new Refusal(`There is no partner "${name}"; the choices are: ${choices}.`, { isUsage: true });
  if (another !== undefined) {
    const ids = found.map((partner) => partner.id).join(', ');
    throw new Refusal(`More than one partner is called "${name}"; name one by its ID: ${ids}.`, { isUsage: true });
  }
  return contextOf(only.id);
}
