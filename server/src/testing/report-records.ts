/** The columns of a file of license snapshots. */
export const snapshotColumns = [
  'Date',
  'Org UUID',
  'Subscription ID',
  'Product',
  'Site URL',
  'Ordered',
  'Assigned',
  'Used 7d',
  'Used 90d',
];

/** A row of media quality. Null: not measured. Limits are those of the quality policies. */
export interface MediaRecord {
  org_uuid: string;
  location: string;
  call_id: string;
  correlation_id: string;
  user_uuid: string;
  start_time: string;
  jitter: number | null;
  latency: number | null;
  loss: number | null;
  videoSeconds: number;
  videoJitter: number | null;
}

/** Statistics of a queue on a day, or in the days that the report was given with. */
export interface QueueRecord {
  org_uuid: string;
  location: string;
  queue: string;
  from: string;
  to: string;
  timedOut: number;
  overflowed: number;
  transferred: number;
  abandoned: number;
}

const text = (value: number | null): string => (value === null ? '' : String(value));

const mediaColumns: Readonly<Record<string, (row: MediaRecord) => string>> = {
  'Start time': (row) => row.start_time,
  'Org UUID': (row) => row.org_uuid,
  'User UUID': (row) => row.user_uuid,
  Location: (row) => row.location,
  'Call ID': (row) => row.call_id,
  'Correlation ID': (row) => row.correlation_id,
  'Video duration': (row) => String(row.videoSeconds),
  'Audio jitter': (row) => text(row.jitter),
  'Audio latency': (row) => text(row.latency),
  'Audio packet loss': (row) => text(row.loss),
  'Video jitter': (row) => text(row.videoJitter),
  'Video latency': () => '',
  'Video packet loss': () => '',
};

const queueColumns: Readonly<Record<string, (row: QueueRecord) => string>> = {
  'Call Queue': (row) => row.queue,
  'Org UUID': (row) => row.org_uuid,
  Location: (row) => row.location,
  'Total Calls': (row) => String(row.timedOut + row.overflowed + row.transferred + row.abandoned),
  'Calls Timed Out': (row) => String(row.timedOut),
  'Calls Overflowed': (row) => String(row.overflowed),
  'Calls Transferred': (row) => String(row.transferred),
  'Abandoned Calls': (row) => String(row.abandoned),
};

export const mediaCsv = (rows: readonly MediaRecord[]): string => csvOf(rows, mediaColumns);
/** Of one period, which the import is given. */
export const queueCsv = (rows: readonly QueueRecord[]): string => csvOf(rows, queueColumns);

function csvOf<Row>(rows: readonly Row[], columns: Readonly<Record<string, (row: Row) => string>>): string {
  const lines = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((value) => value(row)))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
