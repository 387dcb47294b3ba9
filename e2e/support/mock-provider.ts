import { mockWebex } from '../../server/src/testing/mock-webex.ts';
import { legRecord } from '../../server/src/testing/leg-record.ts';

// A provider of ours for the journeys: one organization with three calls of the last hours. It tells its address, and ends with its input.
const [instant = '', orgUuid = '', token = ''] = process.argv.slice(2);
const mock = await mockWebex({ now: () => new Date(instant) });
mock.tokens = new Set([token]);
mock.organizations.push({ orgUuid, name: 'Connected Works' });
for (const hours of [1, 2, 3]) {
  const at = new Date(Date.parse(instant) - hours * 3_600_000).toISOString();
  const report_id = `0000000${hours}-17e2-4000-8000-00000000cafe`;
  mock.records.push({
    leg: legRecord({ org_uuid: orgUuid, report_id, start_time: at, report_time: at }),
    insertedAt: at,
  });
}
process.stdout.write(`${mock.url}\n`);
process.stdin.resume();
process.stdin.once('end', () => void mock.close().then(() => process.exit(0)));
