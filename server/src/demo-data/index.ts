export { type CallHistoryDay, callHistoryDays, type CallHistoryRange } from './call-history-days.ts';
export type {
  DemoAdministrator,
  DemoCustomer,
  DemoLocation,
  DemoOrganization,
  DemoScenario,
  ScenarioName,
} from './demo-scenario.ts';
export { demoScenario, type ScenarioOptions } from './make-scenario.ts';
export { sampleCallHistoryCsv } from './sample-call-history.ts';
export { callHistoryRecords, writeCallHistoryCsv } from './write-call-history.ts';
