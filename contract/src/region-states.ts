import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { RegionCode } from './regions.ts';

export const listRegions = endpoint({
  method: 'GET',
  path: '/api/regions',
  permission: 'signed_in',
  summary: 'The regions that this installation serves, and those whose store does not answer at this moment.',
  reply: z.object({ regions: z.array(RegionCode), regionsUnavailable: z.array(RegionCode) }),
  errors: [],
});
