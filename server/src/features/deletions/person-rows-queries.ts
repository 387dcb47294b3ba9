import type { FeedCode } from '@hub/contract/imports';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import {
  type Feed,
  feeds,
  isOwn,
  keyColumn,
  namesPeople,
  personColumnsOf,
  personRows,
  valuesWithin,
  withValues,
} from '../imports/index.ts';
import { applyDeletions, countRowsOf } from './organization-rows-queries.ts';

const seconds = 600;

/** One person among the rows of an organization. */
export interface PersonOf {
  partnerId: string;
  orgUuid: string;
  /** As recognizing gives it. */
  who: readonly Parameters[];
}

const tables = feeds.filter(namesPeople).flatMap((feed) => [
  { feed, table: feed.table, kind: 'stored' as const },
  { feed, table: feed.held, kind: 'held' as const },
]);
const ofOrg = 'partner_id = {partner:UUID} AND org_uuid = {org:UUID}';
const parametersOf = ({ partnerId, orgUuid }: PersonOf) => ({ partner: partnerId, org: orgUuid });

/** Those in which the organization has anything: most of them are empty. */
async function tablesWithRows(store: RegionalStore, { partnerId, orgUuid }: PersonOf): Promise<typeof tables> {
  const found = await countRowsOf(store, { partnerId, orgUuid, given: [] });
  return tables.filter(({ feed, kind }) => found.some((entry) => entry.code === feed.code && entry.kind === kind));
}

export interface PersonTableRows {
  code: FeedCode;
  kind: 'stored' | 'held';
  rows: number;
  named: number;
  first_day: string;
  last_day: string;
}

/** By table, where there are any: whatever counts. The days are those of the person's own rows. */
export async function countPersonRows(store: RegionalStore, of: PersonOf): Promise<PersonTableRows[]> {
  const counted: PersonTableRows[] = [];
  for (const { feed, table, kind } of await tablesWithRows(store, of))
    for (const who of of.who) {
      const [found] = await store.ask<Omit<PersonTableRows, 'code' | 'kind'>>(
        `SELECT countIf(is_own) AS rows, countIf(NOT is_own) AS named, toString(minIf(first_day, is_own)) AS first_day, toString(maxIf(last_day, is_own)) AS last_day
         FROM ${personRows(feed, `@region.${table} WHERE ${ofOrg}`)}`,
        { parameters: { ...who, ...parametersOf(of) }, seconds },
      );
      if (found && found.rows + found.named > 0) counted.push({ code: feed.code, kind, ...found });
    }
  return counted;
}

const mine = 'partner_id = {partner:UUID} AND deletion = {deletion:UUID}';

/**
 * Deletes the person's rows and empties what names them in others, from the disk; also what earlier statements had only taken out of
 * sight. Which rows these are is written down first, so that no statement says whom it looks for. Doing it again changes nothing.
 */
export async function deletePersonRows(store: RegionalStore, of: PersonOf, deletionId: string): Promise<void> {
  const parameters = { ...parametersOf(of), deletion: deletionId };
  for (const { feed, table } of await tablesWithRows(store, of)) {
    for (const who of of.who)
      await store.run(
        `INSERT INTO @region.person_row (partner_id, deletion, of_table, field, record_key, batch)
         SELECT {partner:UUID}, {deletion:UUID}, '${table}', arrayJoin(if(is_own, [''], fields)), record_key, batch
         FROM ${personRows(feed, `@region.${table} WHERE ${ofOrg}`)}`,
        { parameters: { ...who, ...parameters } },
      );
    await changeNoted(store, feed, { table, parameters });
  }
  for (const { table } of [...tables, { table: 'rejected_row' }]) await applyDeletions(store, table);
  const noted = `SELECT count() AS n FROM @region.person_row WHERE ${mine}`;
  const [left] = await store.ask<{ n: number }>(noted, { parameters, seconds });
  if (left && left.n > 0)
    await store.run(`ALTER TABLE @region.person_row DELETE WHERE ${mine} SETTINGS mutations_sync = 2`, { parameters });
}

async function changeNoted(
  store: RegionalStore,
  feed: Feed,
  { table, parameters }: { table: string; parameters: Parameters },
): Promise<void> {
  const noted = await store.ask<{ field: string }>(
    `SELECT DISTINCT field FROM @region.person_row WHERE ${mine} AND of_table = '${table}' ORDER BY field`,
    { parameters, seconds },
  );
  const isNoted = (field: string): string =>
    `${ofOrg} AND (${keyColumn(feed)}, batch) IN (
       SELECT record_key, batch FROM @region.person_row WHERE ${mine} AND of_table = '${table}' AND field = '${field}')`;
  const fields = personColumnsOf(feed).named.filter((name) => noted.some(({ field }) => field === name));
  if (fields.length > 0)
    await store.run(
      `ALTER TABLE @region.${table} ${fields.map((name) => `UPDATE ${name} = '' WHERE ${isNoted(name)}`).join(', ')} SETTINGS mutations_sync = 2`,
      { parameters },
    );
  if (noted.some(({ field }) => field === ''))
    await store.run(`ALTER TABLE @region.${table} DELETE WHERE ${isNoted('')} SETTINGS mutations_sync = 2`, {
      parameters,
    });
}

const mostKnown = 20;
type Kind = 'userUuids' | 'emails' | 'numbers' | 'names';
const told: Partial<Record<FeedCode, Partial<Record<string, Kind>>>> = {
  webex_call_history: { user_uuid: 'userUuids', user: 'names', user_number: 'numbers' },
  webex_media_quality: { user_uuid: 'userUuids', user: 'names', email: 'emails' },
  webex_phone_numbers: { user_uuid: 'userUuids', email: 'emails', phone_number: 'numbers', extension: 'numbers' },
  webex_devices: { user_uuid: 'userUuids', email: 'emails', phone_number: 'numbers', extension: 'numbers' },
};

/** By what else the person's own rows know them; at most 20 of a column. */
export async function findAlsoKnown(store: RegionalStore, of: PersonOf): Promise<{ kind: Kind; text: string }[]> {
  const found: { kind: Kind; text: string }[] = [];
  for (const { feed, table } of await tablesWithRows(store, of)) {
    const columns = Object.entries(told[feed.code] ?? {});
    if (columns.length === 0) continue;
    const from = `@region.${table} WHERE ${ofOrg}`;
    const names = columns.map(([name]) => `groupUniqArray(${mostKnown})(toString(${name})) AS k_${name}`);
    for (const who of of.who) {
      const [row] = await store.ask<Record<string, string[]>>(
        `${withValues(feed, from)} SELECT ${names.join(', ')} FROM ${from} AND ${isOwn(feed, valuesWithin)}`,
        { parameters: { ...who, ...parametersOf(of) }, seconds },
      );
      for (const [name, kind] of columns)
        for (const text of row?.[`k_${name}`] ?? [])
          if (kind !== undefined) found.push({ kind: kind === 'names' && text.includes('@') ? 'emails' : kind, text });
    }
  }
  return found;
}
