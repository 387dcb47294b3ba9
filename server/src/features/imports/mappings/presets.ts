import type { ColumnMapping, FieldSource } from '@hub/contract/import-mappings';
import { normalHeader } from '../call-history-columns.ts';

/** A kind of call record of another system whose columns are known. */
export interface Preset {
  name: string;
  mapping: ColumnMapping;
  /** It leaves nothing to ask, so its files need no mapping of their own. */
  isSure: boolean;
  fits: (header: readonly string[]) => boolean;
}

const from = (...columns: string[]): FieldSource => ({ columns });
const epoch = (column: string): FieldSource => ({
  columns: [column],
  conversion: { kind: 'time', form: 'epoch', zone: 'UTC' },
});

/** What both have in common: a row is a call of the one who calls, and that one is a person. */
const callOfCaller: Record<string, FieldSource> = { direction: { value: 'ORIGINATING' }, user_type: { value: 'User' } };

/** Cisco Unified Communications Manager: a header, a row of SQL types, seconds of UTC, and 0 where nobody answered. */
export const cucm: Preset = {
  name: 'Cisco Unified CM',
  isSure: true,
  fits: (header) => {
    const heads = new Set(header.map(normalHeader));
    return ['globalcallid_callid', 'datetimeorigination', 'datetimeconnect', 'callingpartynumber', 'duration'].every(
      (name) => heads.has(name),
    );
  },
  mapping: {
    feed: 'webex_call_history',
    hasHeader: true,
    skipRows: 1,
    fields: {
      ...callOfCaller,
      start_time: epoch('dateTimeOrigination'),
      answer_time: epoch('dateTimeConnect'),
      release_time: epoch('dateTimeDisconnect'),
      duration: from('duration'),
      answered: { columns: ['dateTimeConnect'], conversion: { kind: 'flag', words: ['0', ''], meaning: 'no' } },
      calling_number: from('callingPartyNumber'),
      user_number: from('callingPartyNumber'),
      dialed_digits: from('originalCalledPartyNumber'),
      called_number: from('finalCalledPartyNumber'),
      device_mac: from('origDeviceName'),
      call_id: from('globalCallID_callManagerId', 'globalCallID_callId'),
      local_call_id: from('origLegCallIdentifier'),
      remote_call_id: from('destLegCallIdentifier'),
      call_outcome_reason: from('destCause_value'),
    },
  },
};

const asteriskTime = (column: string): FieldSource => ({
  columns: [column],
  conversion: { kind: 'time', form: 'iso', zone: 'UTC' },
});
const dispositions = ['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION'];
const asteriskColumns = { start: 9, disposition: 14 }; // of 16; a unique id and a field of the site's own may follow

/** Asterisk's Master.csv: no header, and times of the machine's own zone, which no file tells. */
export const asterisk: Preset = {
  name: 'Asterisk',
  isSure: false,
  fits: (first) =>
    first.length >= 16 &&
    first.length <= 18 &&
    dispositions.includes(first[asteriskColumns.disposition]?.toUpperCase() ?? '') &&
    /^\d{4}-\d\d-\d\d /.test(first[asteriskColumns.start] ?? ''),
  mapping: {
    feed: 'webex_call_history',
    hasHeader: false,
    skipRows: 0,
    fields: {
      ...callOfCaller,
      start_time: asteriskTime('#10'),
      answer_time: asteriskTime('#11'),
      release_time: asteriskTime('#12'),
      duration: from('#14'),
      answered: { columns: ['#15'], conversion: { kind: 'flag', words: ['ANSWERED'], meaning: 'yes' } },
      calling_number: from('#2'),
      user_number: from('#2'),
      called_number: from('#3'),
      calling_line_id: from('#5'),
      call_outcome: {
        columns: ['#15'],
        conversion: {
          kind: 'words',
          words: [
            { theirs: 'ANSWERED', ours: 'Success' },
            { theirs: 'NO ANSWER', ours: 'Refusal' },
            { theirs: 'BUSY', ours: 'Refusal' },
            { theirs: 'FAILED', ours: 'Failure' },
            { theirs: 'CONGESTION', ours: 'Failure' },
          ],
        },
      },
      call_outcome_reason: from('#15'),
    },
  },
};

/** With the unique id that later Asterisks write, a record is known by it. */
function withUniqueId(mapping: ColumnMapping, count: number): ColumnMapping {
  if (count < 17) return mapping;
  return { ...mapping, fields: { ...mapping.fields, report_id: from('#17'), call_id: from('#17') } };
}

/** The preset that a file's first record fits, made to its columns. */
export function presetFor(first: readonly string[]): Preset | undefined {
  if (cucm.fits(first)) return cucm;
  return asterisk.fits(first) ? { ...asterisk, mapping: withUniqueId(asterisk.mapping, first.length) } : undefined;
}
