import { rm } from 'node:fs/promises';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { runSql } from './directory-sql.ts';
import { copyInto, withPostgres } from './peer-postgres.ts';

const rounds = 3;

// What the question reads and nothing else; keys of calls are hashed already, so that PostgreSQL compares eight bytes.
const select = `SELECT org_uuid, toString(location) AS place, formatDateTime(start_time, '%F %T+00') AS at, toString(direction) AS way, toString(user_type) AS kind,
  toString(endpoint_type) AS endpoint, is_person, ifNull(answered, false) AS is_answered, duration,
  reinterpretAsInt64(cityHash64(if(correlation_id = toUUID('00000000-0000-0000-0000-000000000000'), report_id, correlation_id), user_uuid)) AS session_key,
  reinterpretAsInt64(cityHash64(if(call_id IN ('', 'NA', 'na'), toString(report_id), call_id))) AS call_key
  FROM @region.call_leg WHERE start_time >= {from:Date} AND start_time < addDays({to:Date}, 1) ORDER BY start_time`;

const table = `create table leg (org_uuid uuid not null, location text not null, start_time timestamptz not null, direction text not null,
  user_type text not null, endpoint_type text not null, is_person boolean not null, answered boolean not null, duration integer not null,
  session_key bigint not null, call_key bigint not null)`;

const question = (from: string, to: string): string => `select org_uuid, location,
  count(distinct session_key) filter (where is_person and direction = 'ORIGINATING') as calls,
  count(*) filter (where is_person) as call_legs,
  (coalesce(sum(duration) filter (where is_person and answered), 0) + 30) / 60 as call_minutes,
  count(*) filter (where is_person and endpoint_type = 'desk_phone') as desk_phone_legs,
  count(*) filter (where is_person and endpoint_type = 'room_device') as room_device_legs,
  count(*) filter (where is_person and endpoint_type = 'third_party') as other_device_legs,
  count(distinct call_key) filter (where direction = 'TERMINATING' and user_type = 'HuntGroup') as hunt_group_calls,
  count(distinct call_key) filter (where direction = 'TERMINATING' and user_type in ('AutomatedAttendant', 'AutomatedAttendantVideo')) as auto_attendant_calls,
  count(distinct call_key) filter (where direction = 'TERMINATING' and starts_with(user_type, 'CallCenter')) as queue_calls
  from leg where start_time >= '${from} 00:00+00' and start_time < '${to} 00:00+00'::timestamptz + interval '1 day'
  group by org_uuid, location`;

/** Gives an empty PostgreSQL the legs and asks it the same question. */
export async function askPostgres(
  store: RegionalStore,
  folder: string,
  { from, to }: { from: string; to: string },
): Promise<{ runs: number[]; loadSeconds: number; rows: number }> {
  const file = `${folder}.csv`;
  await store.unload({ select, file: { path: file, format: 'CSV' }, parameters: { from, to } });
  return withPostgres(folder, async (postgres) => {
    await runSql(postgres, table);
    const began = performance.now();
    await copyInto(postgres, 'leg', file);
    await runSql(postgres, 'create index on leg using brin (start_time)');
    await runSql(postgres, 'vacuum analyze leg');
    const loadSeconds = (performance.now() - began) / 1000;
    await rm(file);
    const runs: number[] = [];
    let rows = 0;
    for (let round = 0; round <= rounds; round++) {
      const asked = performance.now();
      rows = (await runSql(postgres, question(from, to))).length;
      if (round > 0) runs.push((performance.now() - asked) / 1000); // the first one fills the caches
    }
    return { runs, loadSeconds, rows };
  });
}
