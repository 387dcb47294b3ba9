import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import { countedWhere } from '../imports/index.ts';
import { type KnownQuestion, tableOf } from './known-queries.ts';
import { type AskedStore, questionSeconds, type SourceRow } from './source-queries.ts';

/** What is kept: by which source, and how its rows are told apart. */
export interface KeptKind {
  source: string;
  by: string;
}

/** Nobody's organization: in the row that says that a week was counted. */
const nobody = '00000000-0000-0000-0000-000000000000';
const rowsAtOnce = 2000;

type Value = Record<'org' | 'key' | 'name' | 'counts', string>;

/**
 * By the first day of each UTC week that has any of a feed within a range, what counts of it there: which imports, and how many records of
 * each. The same stamp is of the same records, as long as none was changed in its place.
 */
export async function findStamps(
  { store, scope, visible }: KnownQuestion,
  feed: 'call_history' | 'media_quality',
  { from, to }: { from: string; to: string },
): Promise<Map<string, string>> {
  const { sql, parameters } = countedWhere(scope, visible, feed === 'call_history' ? 'report_id' : 'record_id');
  const rows = await store.ask<{ week: string; stamp: string }>(
    `SELECT toString(of_week) AS week, toString(sum(cityHash64(batch, records))) AS stamp
    FROM (SELECT toStartOfWeek(day, 0) AS of_week, batch, count() AS records FROM @region.${tableOf[feed]}
      WHERE ${sql} AND day BETWEEN {from:Date} AND {to:Date} GROUP BY of_week, batch)
    GROUP BY of_week`,
    { parameters: { ...parameters, from, to }, seconds: questionSeconds },
  );
  return new Map(rows.map(({ week, stamp }) => [week, stamp]));
}

const ofPartner = 'partner_id = {partner:UUID}';

/** Of everything that is kept of these weeks under their marks: the kind and the week, as `nameOf` names them. */
export async function findKeptWeeks(
  store: AskedStore,
  { partnerId, marks }: { partnerId: string; marks: readonly string[] },
): Promise<Set<string>> {
  const rows = await store.ask<{ source: string; told_by: string; week: string; mark: string }>(
    `SELECT source, told_by, toString(week) AS week, mark FROM @region.metric_week
    WHERE ${ofPartner} AND mark IN {marks:Array(String)} AND org_uuid = toUUID('${nobody}')`,
    { parameters: { partner: partnerId, marks } },
  );
  return new Set(rows.map(({ source, told_by, week, mark }) => nameOf({ source, by: told_by }, week, mark)));
}

export const nameOf = ({ source, by }: KeptKind, week: string, mark: string): string =>
  [source, by, week, mark].join(' ');

export interface KeptRow {
  org: string;
  key: string;
  name: string;
  weeks: string[];
  /** Of each of these weeks, the parts in their order. */
  counts: number[][];
}

/** What was counted in these weeks under their marks, and of which weeks all of it is there. */
export async function findKeptRows(
  store: AskedStore,
  { source, by }: KeptKind,
  { partnerId, marks }: { partnerId: string; marks: ReadonlyMap<string, string> },
): Promise<{ weeks: ReadonlySet<string>; rows: KeptRow[] }> {
  const parameters: Parameters = {
    partner: partnerId,
    source,
    by,
    weeks: [...marks.keys()],
    marks: [...marks.values()],
  };
  const found = await store.ask<KeptRow>(
    `SELECT toString(org_uuid) AS org, row_key AS key, any(row_name) AS name, groupArray(toString(week)) AS weeks, groupArray(counts) AS counts
    FROM @region.metric_week
    WHERE ${ofPartner} AND source = {source:String} AND told_by = {by:String} AND week IN {weeks:Array(Date)}
      AND (week, mark) IN (SELECT tupleElement(m, 1), tupleElement(m, 2) FROM (SELECT arrayJoin(arrayZip({weeks:Array(Date)}, {marks:Array(String)})) AS m))
    GROUP BY org_uuid, row_key`,
    { parameters, seconds: questionSeconds },
  );
  const told = found.find(({ org }) => org === nobody);
  return { weeks: new Set(told?.weeks), rows: found.filter(({ org }) => org !== nobody) };
}

/** Keeps what was counted in a week: the row that says so last, so that what broke off is counted again. */
export async function keepWeek(
  store: RegionalStore,
  { source, by }: KeptKind,
  {
    partnerId,
    week,
    mark,
    rows,
    parts,
  }: { partnerId: string; week: string; mark: string; rows: readonly SourceRow[]; parts: readonly string[] },
): Promise<void> {
  const insert = (values: readonly Value[]): Promise<void> => {
    const column = (name: keyof Value): string[] => values.map((value) => value[name]);
    return store.run(
      `INSERT INTO @region.metric_week (partner_id, source, told_by, week, mark, org_uuid, row_key, row_name, counts)
       SELECT {partner:UUID}, {source:String}, {by:String}, {week:Date}, {mark:String}, tupleElement(r, 1), tupleElement(r, 2), tupleElement(r, 3),
         arrayMap(count -> toFloat64OrZero(count), splitByChar(' ', tupleElement(r, 4)))
       FROM (SELECT arrayJoin(arrayZip({orgs:Array(UUID)}, {keys:Array(String)}, {names:Array(String)}, {counts:Array(String)})) AS r)`,
      {
        parameters: {
          partner: partnerId,
          source,
          by,
          week,
          mark,
          orgs: column('org'),
          keys: column('key'),
          names: column('name'),
          counts: column('counts'),
        },
        isAside: true,
      },
    );
  };
  const values = rows.map(({ org, key, name, parts: own }): Value => {
    const counts = parts.map((part) => own[part]?.[0] ?? 0);
    return { org, key, name, counts: counts.join(' ') };
  });
  for (let at = 0; at < values.length; at += rowsAtOnce) await insert(values.slice(at, at + rowsAtOnce));
  await insert([{ org: nobody, key: '', name: '', counts: '' }]);
}

/** Weeks under marks that are theirs no more. */
export async function dropOtherWeeks(
  store: RegionalStore,
  { partnerId, marks }: { partnerId: string; marks: readonly string[] },
): Promise<void> {
  const others = `${ofPartner} AND mark NOT IN {marks:Array(String)}`;
  const parameters = { partner: partnerId, marks };
  const [found] = await store.ask<{ n: number }>(`SELECT count() AS n FROM @region.metric_week WHERE ${others}`, {
    parameters,
  });
  if (found && found.n > 0)
    await store.run(`DELETE FROM @region.metric_week WHERE ${others}`, { parameters, isAside: true });
}
