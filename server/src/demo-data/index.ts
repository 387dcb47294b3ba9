export { type CallHistoryRange, callHistoryDays } from './call-history-days.ts';
export type { DemoScenario } from './demo-scenario.ts';
export { demoScenario } from './make-scenario.ts';
export { sampleReport } from './sample-reports.ts';
export { callHistoryRecords, writeCallHistoryCsv } from './write-call-history.ts';
export { demoGroups, demoTags, demoViews } from './demo-collections.ts';
export { demoCurrencies, demoLedger } from './demo-ledger.ts';
export { licenseSnapshots, writeLicenseSnapshotsCsv } from './license-snapshots.ts';
export { demoRecords, type DemoRecords } from './demo-records.ts';
