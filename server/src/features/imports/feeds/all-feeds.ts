import type { FeedCode } from '@hub/contract/imports';
import { callHistory } from './call-history.ts';
import type { Feed } from './feed.ts';
import { devices, locations, phoneNumbers } from './inventory.ts';
import { licenseSnapshots } from './licenses.ts';
import { mediaQuality } from './media-quality.ts';
import { autoAttendantStats, callQueueAgentStats, callQueueStats, huntGroupStats } from './statistics.ts';

/** Every kind of file that is imported. A new one needs its tables in a regional migration, its code in the contract and its words. */
export const feeds: readonly Feed[] = [
  callHistory,
  mediaQuality,
  callQueueStats,
  callQueueAgentStats,
  autoAttendantStats,
  huntGroupStats,
  phoneNumbers,
  devices,
  locations,
  licenseSnapshots,
];

export function feedOf(code: FeedCode): Feed {
  const feed = feeds.find((entry) => entry.code === code);
  if (!feed) throw new Error(`There is no feed ${code}.`);
  return feed;
}
