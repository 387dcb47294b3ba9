import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CalendarDate } from './ids.ts';
import { FeedCode } from './imports.ts';
import { RegionCode } from './regions.ts';

/** Fewer days than an import can be undone would take away what undoing brings back; ten years are the most. */
export const keptDaysMinimum = 30;
export const keptDaysMaximum = 3650;

/** Whole days; null: for ever. */
export const KeptDays = z.int().min(keptDaysMinimum).max(keptDaysMaximum).nullable();

/** For how many days a feed is kept where a partner has said nothing else (docs/adr/0020-retention-and-deletion.md gives the reasons). */
export const usualKeptDays: Record<FeedCode, number | null> = {
  webex_call_history: 400,
  webex_media_quality: 400,
  webex_call_queue_stats: 800,
  webex_call_queue_agent_stats: 400,
  webex_auto_attendant_stats: 800,
  webex_hunt_group_stats: 800,
  webex_phone_numbers: 400,
  webex_devices: 400,
  webex_locations: 800,
  license_snapshots: 1200,
};

const RetentionChange = z.object({ region: RegionCode, feed: FeedCode, days: KeptDays });
export type RetentionChange = z.infer<typeof RetentionChange>;

const RetentionRule = RetentionChange.extend({
  usualDays: KeptDays,
  /** The first UTC day that is kept today; null: all are. */
  firstDay: CalendarDate.nullable(),
});

/** Rules by region and feed; `beginsOn`: before that day nothing is removed; null: every night. */
export const Retention = z.object({ rules: z.array(RetentionRule), beginsOn: CalendarDate.nullable() });
export type Retention = z.infer<typeof Retention>;

const changes = z.object({
  rules: z
    .array(RetentionChange)
    .min(1)
    .max(FeedCode.options.length * RegionCode.options.length),
});

export const getRetention = endpoint({
  method: 'GET',
  path: '/api/retention',
  permission: 'customers.read',
  summary: 'For how many days the partner keeps each feed in each region.',
  reply: Retention,
  errors: [],
});

export const previewRetention = endpoint({
  method: 'POST',
  path: '/api/retention/preview',
  permission: 'partner.write',
  summary:
    'How many rows the next night would remove of each of these feeds and regions, were they kept for so many days. Changes nothing.',
  body: changes,
  reply: z.object({
    /** Only where there are any. Rows of imports, those that wait for a customer and rejected ones together; replaced versions too. */
    removes: z.array(z.object({ region: RegionCode, feed: FeedCode, rows: z.int().min(1), firstDay: CalendarDate })),
    /** Regions that did not answer: what would go there is not known. */
    unavailable: z.array(RegionCode),
  }),
  errors: ['region_not_served'],
});

export const changeRetention = endpoint({
  method: 'PUT',
  path: '/api/retention',
  permission: 'partner.write',
  summary:
    'Changes for how many days these feeds are kept in these regions; others stay as they are. What is older goes in the next night of the partner’s time zone, for good.',
  body: changes,
  reply: Retention,
  errors: ['region_not_served'],
});
