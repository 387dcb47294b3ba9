import type { FeedCode } from '@hub/contract/imports';
import { deviceReport, locationReport, phoneNumberReport } from './inventory-reports.ts';
import { licenseReport } from './license-snapshots.ts';
import { mediaQualityReport } from './media-quality.ts';
import { callHistoryReport, type ReportOf } from './report-lines.ts';
import { autoAttendantReport, callQueueReport, huntGroupReport, queueAgentReport } from './service-stats.ts';

export interface DemoReport {
  feed: FeedCode;
  /** What its files are called by. */
  name: string;
  /** In how large pieces it comes, and whether of every day or of one. */
  pieces: 'weeks' | 'whole' | 'day';
  report: ReportOf;
}

/** What an invented partner brings, in the order in which it is wanted. Call history had its name before the others came. */
export const demoReports: readonly DemoReport[] = [
  { feed: 'webex_call_history', name: 'demo', pieces: 'weeks', report: callHistoryReport },
  { feed: 'license_snapshots', name: 'license-snapshots', pieces: 'whole', report: licenseReport },
  { feed: 'webex_media_quality', name: 'media-quality', pieces: 'weeks', report: mediaQualityReport },
  { feed: 'webex_call_queue_stats', name: 'call-queue-stats', pieces: 'whole', report: callQueueReport },
  { feed: 'webex_call_queue_agent_stats', name: 'call-queue-agent-stats', pieces: 'whole', report: queueAgentReport },
  { feed: 'webex_auto_attendant_stats', name: 'auto-attendant-stats', pieces: 'whole', report: autoAttendantReport },
  { feed: 'webex_hunt_group_stats', name: 'hunt-group-stats', pieces: 'whole', report: huntGroupReport },
  { feed: 'webex_phone_numbers', name: 'phone-numbers', pieces: 'day', report: phoneNumberReport },
  { feed: 'webex_devices', name: 'devices', pieces: 'day', report: deviceReport },
  { feed: 'webex_locations', name: 'locations', pieces: 'day', report: locationReport },
];
