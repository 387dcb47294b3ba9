import type { Installation } from '../access/index.ts';
import { type Chore, partnerChore } from '../imports/index.ts';
import { lookAtRegion } from './look-at-region.ts';

const lookMilliseconds = 3000;

/** A chore of the import queue: keeps what is told of the calling of customers right, soon after whatever changes it. */
export const watchesAnomalies = (installation: Installation, { looksEvery = lookMilliseconds } = {}): Chore =>
  partnerChore(installation, {
    looksEvery,
    fault: 'the calling of customers could not be judged',
    work: lookAtRegion,
  });
