import { callHistoryColumns } from '../features/imports/index.ts';

/** A call record as the feed writes it, by the columns that tests care for; the others are left empty in the file. */
export interface LegRecord {
  report_id: string;
  report_time: string;
  org_uuid: string;
  start_time: string;
  location: string;
  user_type: string;
  direction: string;
  correlation_id: string;
  user_uuid: string;
  call_id: string;
  client_type: string;
  sub_client_type: string;
  os_type: string;
  model: string;
  answered: string;
  duration: number;
  user: string;
  calling_number: string;
  called_number: string;
  call_outcome: string;
  local_call_id?: string;
  remote_call_id?: string;
  related_call_id?: string;
  transfer_related_call_id?: string;
  auto_attendant_key_pressed?: string;
  answered_elsewhere?: string;
  call_transfer_time?: string;
}

let made = 0;
/** A different one at every call, and the same ones in every run. */
export const madeUuid = (): string => `${(made += 1).toString(16).padStart(8, '0')}-1e90-4000-8000-00000000cafe`;

/** An answered leg of a minute that a person made with the desktop app. */
export function legRecord(change: Partial<LegRecord> & Pick<LegRecord, 'org_uuid'>): LegRecord {
  const report_id = change.report_id ?? madeUuid();
  return {
    report_id,
    report_time: '2026-11-30T23:00:00.000Z',
    start_time: '2026-11-02T09:30:00.000Z',
    location: 'Sofia',
    user_type: 'User',
    direction: 'ORIGINATING',
    correlation_id: report_id.replace('1e90', 'c0de'),
    user_uuid: '0000000a-5e50-4000-8000-00000000cafe',
    call_id: `SSE-${report_id}`,
    client_type: 'WXC_CLIENT',
    sub_client_type: '',
    os_type: 'Windows',
    model: '',
    answered: 'true',
    duration: 60,
    user: 'Ada Petrova',
    calling_number: '+35921234567',
    called_number: '+35929876543',
    call_outcome: 'Success',
    ...change,
  };
}

/** A file with all 83 columns of the report. */
export function callHistoryCsv(records: readonly LegRecord[]): string {
  const header = callHistoryColumns.map((column) => column.header);
  const rows = records.map((record) => {
    const values = new Map<string, string | number>(Object.entries(record));
    return callHistoryColumns.map((column) => String(values.get(column.name) ?? ''));
  });
  return [header, ...rows].map((row) => `${row.map(quotedWhereNeeded).join(',')}\r\n`).join('');
}

const quotedWhereNeeded = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
