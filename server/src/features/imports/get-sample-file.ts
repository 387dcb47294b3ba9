import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { sampleReport } from '../../demo-data/index.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findLinkedCustomer } from '../customers/index.ts';

const inventedOrg = '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03';

/** A small valid file of a feed for one of the partner's customers in the region, or for an invented organization whose rows will be held. */
export async function getSampleFile(ctx: Ctx, input: { region: RegionCode; feed: FeedCode }): Promise<FileReply> {
  requirePermission(ctx, 'imports.read');
  if (!ctx.stores.has(input.region)) throw new HubError('region_not_served', { region: input.region });
  const customer = await inTenant(ctx, (tx) => findLinkedCustomer(tx, input.region));
  const yesterday = new Date(ctx.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
  const { name, csv } = sampleReport(input.feed, {
    orgUuid: customer?.orgUuid ?? inventedOrg,
    customerName: customer?.name ?? 'Sample customer',
    day: yesterday,
  });
  return { fileName: `webex-calling-${name}-sample.csv`, mediaType: 'text/csv', body: csv };
}
