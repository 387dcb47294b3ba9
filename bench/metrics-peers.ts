// The same answers from the same rows by PostgreSQL and DuckDB, with the memory and the cores that the engine has. They get the rows as they
// are, in the order of partner and day, and what the questions read of them and nothing else; keys of users are hashed already.
import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { qualityLimits, qualityPolicies, type QualityPolicy } from '@hub/contract/calling-policy';
import { userKey } from '../server/src/features/imports/index.ts';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { runSql } from './directory-sql.ts';
import { copyInto, withPostgres } from './peer-postgres.ts';
import { secondsOf } from './timing.ts';

export interface PeerQuestion {
  partnerId: string;
  /** A Sunday. */
  from: string;
  to: string;
  /** First day of the last week. */
  lastWeek: string;
}

/** Rows of numbers, ordered, so that answers are equal when their text is. */
export type PeerAnswer = readonly (readonly (number | string)[])[];
export const peerQuestions = ['trend', 'table', 'quality'] as const;
export type PeerQuestionName = (typeof peerQuestions)[number];

interface Peer {
  name: string;
  version: string;
  loadSeconds: number;
  answers: Record<PeerQuestionName, { answer: PeerAnswer; runs: number[] }>;
}

const rounds = 3;

const files = {
  leg: {
    table: `create table leg (partner_id uuid not null, org_uuid uuid not null, day date not null, user_key bigint not null,
      is_person boolean not null, answered boolean not null, duration integer not null)`,
    select: `SELECT partner_id, org_uuid, day, reinterpretAsInt64(${userKey}), is_person, ifNull(answered, false), duration
      FROM @region.call_leg WHERE day BETWEEN {from:Date} AND {to:Date} ORDER BY partner_id, day`,
  },
  media: {
    table: `create table media (partner_id uuid not null, day date not null, has_video boolean not null,
      audio_jitter double precision, audio_latency double precision, audio_packet_loss double precision,
      video_jitter double precision, video_latency double precision, video_packet_loss double precision)`,
    select: `SELECT partner_id, day, ifNull(video_duration, 0) > 0, audio_jitter, audio_latency, audio_packet_loss, video_jitter, video_latency, video_packet_loss
      FROM @region.media_quality WHERE day BETWEEN {from:Date} AND {to:Date} ORDER BY partner_id, day`,
  },
};

const sql: Record<PeerQuestionName, (question: PeerQuestion) => string> = {
  trend: ({ partnerId, from, to }) => `select week, users, legs, seconds from (
    select week, cast(count(*) as integer) as users, cast(sum(legs) as integer) as legs, cast(sum(seconds) as double precision) as seconds
    from (select cast(floor((day - date '${from}') / 7.0) as integer) as week, org_uuid, user_key, count(*) as legs,
        sum(case when answered then duration else 0 end) as seconds
      from leg where partner_id = '${partnerId}' and day between date '${from}' and date '${to}' and is_person
      group by week, org_uuid, user_key) as used group by week) as weeks order by week`,
  table: ({
    partnerId,
    lastWeek,
    to,
  }) => `select cast(org_uuid as varchar) as org, cast(count(*) as integer) as users, cast(sum(legs) as integer) as legs,
      cast(sum(seconds) as double precision) as seconds
    from (select org_uuid, user_key, count(*) as legs, sum(case when answered then duration else 0 end) as seconds
      from leg where partner_id = '${partnerId}' and day between date '${lastWeek}' and date '${to}' and is_person
      group by org_uuid, user_key) as used group by org_uuid`,
  quality: ({ partnerId, lastWeek, to }) => `select ${qualityPolicies
    .flatMap((policy) => [
      `cast(count(*) filter (where ${policy} <> 0) as integer) as ${policy}_known`,
      `cast(count(*) filter (where ${policy} < 0) as integer) as ${policy}_poor`,
    ])
    .join(', ')}
    from (select ${qualityPolicies.map((policy) => `${judged(policy)} as ${policy}`).join(', ')}
      from media where partner_id = '${partnerId}' and day between date '${lastWeek}' and date '${to}') as legs`,
};

const { jitter, latency, packetLoss } = qualityLimits;

/** 1 good, -1 poor, 0 unknown, as docs/metrics.md says it. */
function judged(policy: QualityPolicy): string {
  const stream = (kind: 'audio' | 'video'): string => {
    const limits = [
      [`${kind}_jitter`, jitter],
      [`${kind}_latency`, latency],
      [`${kind}_packet_loss`, packetLoss],
    ] as const;
    const isMissing = limits.map(([column]) => `${column} is null`).join(' or ');
    const any = (sign: string): string => limits.map(([column, limit]) => `${column} ${sign} ${limit}`).join(' or ');
    return policy === 'documented'
      ? `case when ${any('<=')} then 1 when ${isMissing} then 0 else -1 end`
      : `case when ${any('>=')} then -1 when ${isMissing} then 0 else 1 end`;
  };
  const worst = policy === 'documented' ? 'greatest' : 'least';
  return `case when has_video then ${worst}(${stream('audio')}, ${stream('video')}) else ${stream('audio')} end`;
}

/** Whole minutes, half up, once from all seconds. */
const minutesOf = (seconds: number): number => Math.floor((seconds + 30) / 60);
const ofUse = (key: string, row: Record<string, unknown>) =>
  [String(row[key]), Number(row['users']), Number(row['legs']), minutesOf(Number(row['seconds']))] as const;

const answerOf: Record<PeerQuestionName, (rows: readonly Record<string, unknown>[]) => PeerAnswer> = {
  trend: (rows) => rows.map((row) => ofUse('week', row)),
  table: (rows) => inOrder(rows.map((row) => ofUse('org', row))),
  quality: ([row]) =>
    qualityPolicies.map((policy) => [policy, Number(row?.[`${policy}_known`]), Number(row?.[`${policy}_poor`])]),
};

export const inOrder = (rows: PeerAnswer): PeerAnswer =>
  rows.toSorted(([a = ''], [b = '']) => (String(a) < String(b) ? -1 : 1));

/** Writes the rows out, and lets one peer after the other load and answer. */
export async function askPeers(store: RegionalStore, folder: string, question: PeerQuestion): Promise<Peer[]> {
  const { from, to } = question;
  const paths = { leg: `${folder}-leg.csv`, media: `${folder}-media.csv` };
  for (const name of ['leg', 'media'] as const)
    await store.unload({
      select: files[name].select,
      file: { path: paths[name], format: 'CSV' },
      parameters: { from, to },
    });
  try {
    return [
      await askPostgres(`${folder}-postgres`, paths, question),
      await askDuck(`${folder}-duck.db`, paths, question),
    ];
  } finally {
    for (const path of Object.values(paths)) await rm(path);
  }
}

type Paths = Record<keyof typeof files, string>;

async function askPostgres(folder: string, paths: Paths, question: PeerQuestion): Promise<Peer> {
  return withPostgres(folder, async (postgres) => {
    const loadSeconds = await secondsOf(async () => {
      for (const name of ['leg', 'media'] as const) {
        await runSql(postgres, files[name].table);
        await copyInto(postgres, name, paths[name]);
        await runSql(postgres, `create index on ${name} (partner_id, day)`);
        await runSql(postgres, `vacuum analyze ${name}`);
      }
    });
    const [told] = await runSql<{ version: string }>(postgres, "select current_setting('server_version') as version");
    return {
      name: 'PostgreSQL',
      version: told?.version ?? '',
      loadSeconds,
      answers: await answersOf((text) => runSql(postgres, text), question),
    };
  });
}

async function askDuck(path: string, paths: Paths, question: PeerQuestion): Promise<Peer> {
  const instance = await DuckDBInstance.create(path, { threads: '2' });
  const connection = await instance.connect();
  try {
    const loadSeconds = await secondsOf(async () => {
      for (const name of ['leg', 'media'] as const) {
        await connection.run(files[name].table);
        await connection.run(`copy ${name} from '${paths[name]}' (format csv, header false, nullstr '\\N')`);
      }
      await connection.run('checkpoint');
    });
    const ask = async (text: string) => (await connection.runAndReadAll(text)).getRowObjectsJson();
    const [told] = await ask('select version() as version');
    return {
      name: 'DuckDB',
      version: JSON.stringify(told?.['version']),
      loadSeconds,
      answers: await answersOf(ask, question),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path);
  }
}

async function answersOf(
  ask: (text: string) => Promise<Record<string, unknown>[]>,
  question: PeerQuestion,
): Promise<Peer['answers']> {
  const answered = async (name: PeerQuestionName) => {
    const text = sql[name](question);
    const answer = answerOf[name](await ask(text)); // fills the caches
    const runs: number[] = [];
    for (let round = 0; round < rounds; round++) runs.push(await secondsOf(() => ask(text)));
    return { answer, runs };
  };
  return { trend: await answered('trend'), table: await answered('table'), quality: await answered('quality') };
}
