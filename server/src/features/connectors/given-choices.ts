import { type changeConnector, type Connector, SnapshotKind } from '@hub/contract/connectors';
import type { RequestOf } from '@hub/contract/endpoint';
import { nameKey } from '@hub/contract/given-names';
import { regionOfCountry } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import type { Choices } from './connector-queries.ts';
import { givenAddress } from './provider-address.ts';

type Given = Omit<RequestOf<typeof changeConnector>['body'], 'version' | 'credential' | 'snapshots'> &
  Pick<Connector, 'snapshots'>;

/** What a person chose, judged and in the form in which it is stored. Throws region_not_served, connector_address_*. */
export function givenChoices(ctx: Ctx, given: Given): Choices {
  const regions = [given.region, ...(given.addsIn === null ? [] : [regionOfCountry(given.addsIn)])];
  for (const region of regions) if (!ctx.stores.has(region)) throw new HubError('region_not_served', { region });
  return {
    name: given.name,
    nameKey: nameKey(given.name),
    baseUrl: givenAddress(ctx.outbound, given.baseUrl),
    callsUrl: givenAddress(ctx.outbound, given.callsUrl),
    otherDomains: [...new Set(given.otherDomains)].sort(),
    region: given.region,
    everyMinutes: given.everyMinutes,
    backDays: given.backDays,
    pullsUnlinked: given.pullsUnlinked,
    addsIn: given.addsIn,
    snapshots: SnapshotKind.options.filter((kind) => given.snapshots.includes(kind)),
  };
}
