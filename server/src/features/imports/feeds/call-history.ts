import { callHistoryColumns, neededColumns } from '../call-history-columns.ts';
import { featureRollup } from '../rollups/feature-rollup.ts';
import { legRollup, legWeekRollup } from '../rollups/leg-rollup.ts';
import type { Feed } from './feed.ts';

/** Webex Calling Detailed Call History: a leg a row, known by its Report ID. */
export const callHistory: Feed = {
  code: 'webex_call_history',
  table: 'call_leg',
  held: 'held_call_leg',
  columns: callHistoryColumns,
  needed: neededColumns.map((name) => [name]),
  key: 'report_id',
  laterBy: 'report_time',
  time: 'start_time',
  rollups: [legRollup, legWeekRollup, featureRollup],
};
