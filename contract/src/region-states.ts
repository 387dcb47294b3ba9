import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { RegionCode } from './regions.ts';

export const listRegions = endpoint({
  method: 'GET',
  path: '/api/regions',
  permission: 'signed_in',
  summary:
    'The regions that this installation serves, those whose store does not answer at this moment, and those for which imports wait because it takes no writes.',
  reply: z.object({
    regions: z.array(RegionCode),
    regionsUnavailable: z.array(RegionCode),
    regionsReadOnly: z.array(RegionCode),
  }),
  errors: [],
});
