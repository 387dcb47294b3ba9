import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionCode } from '@hub/contract/regions';
import type { OwnerConnection } from '../../platform/directory/ensure-database.ts';
import { variableOfRegion } from '../../platform/config.ts';
import { createDatabaseSql } from '../../platform/directory/database-faults.ts';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { directoryMigrations } from '../../platform/directory/migrate.ts';
import {
  engineFault,
  pendingRegional,
  readEngineVersion,
  type RegionalStore,
} from '../../platform/regional-store/index.ts';
import { spoolPath } from '../imports/index.ts';
import {
  countMisfits,
  type DirectoryFacts,
  listStageTables,
  readDirectoryFacts,
  readScopeKeys,
} from './doctor-queries.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export interface ExaminedStores {
  filesDir: string;
  owner: OwnerConnection;
  /** Whether PostgreSQL came with the product, or is a server of the operator. */
  isDirectoryEmbedded: boolean;
  regional: ReadonlyMap<RegionCode, RegionalStore>;
}

const settleMilliseconds = 3000;
const longHours = 6; // the bound of a single statement of an import (regional-store.ts)

/** What only the open stores can tell. Changes nothing. */
export async function checkStores(stores: ExaminedStores): Promise<Finding[]> {
  const findings: Finding[] = [];
  let facts: DirectoryFacts;
  try {
    facts = await readDirectoryFacts(stores.owner);
    findings.push(ok(`PostgreSQL ${facts.version} answers.`));
  } catch (error) {
    const { message } = error as Error;
    const whatToDo = mending(stores.isDirectoryEmbedded, 'DATABASE_URL');
    return [
      fail(
        isDirectoryAway(error)
          ? `PostgreSQL does not answer (${message}): ${whatToDo}.`
          : `PostgreSQL answers and refuses what Partner Hub asks of it (${message}): correct that, or DATABASE_URL.`,
      ),
    ];
  }
  if (facts.fault !== undefined) return [...findings, fail(`${facts.fault}.`)];
  findings.push(checkCollation(facts), ...checkLetters(facts));
  if (facts.migrations === undefined)
    return [...findings, warn('The directory is empty: Partner Hub has not been started on it yet.')];
  findings.push(await checkDirectorySchema(facts));
  for (const store of stores.regional.values()) findings.push(await checkRegion(store));
  findings.push(
    ...checkImports(facts, stores.regional),
    await checkLeftovers(stores),
    ...(await checkDimensions(stores)),
  );
  return findings;
}

function checkCollation({ collation: { database, collation, isLinguistic } }: DirectoryFacts): Finding {
  if (isLinguistic) return ok(`The database "${database}" sorts names by language.`);
  return warn(
    `The database "${database}" sorts names by the codes of their letters (collation ${collation}), "Zeta" before "abaco": restore a backup into one that was made with ${createDatabaseSql('…')}.`,
  );
}

function checkLetters({ collation: { database, ctype } }: DirectoryFacts): Finding[] {
  if (ctype !== 'C' && ctype !== 'POSIX') return [];
  return [
    warn(
      `The database "${database}" knows the letters of English only (LC_CTYPE ${ctype}): a search for a text in Cyrillic or Hangul finds it, but reads every customer. Restore a backup into one that was made with ${createDatabaseSql('…')}.`,
    ),
  ];
}

async function checkDirectorySchema({ migrations }: DirectoryFacts): Promise<Finding> {
  const known = (await directoryMigrations()).map(({ name }) => name);
  const newer = (migrations ?? []).filter((name) => !known.includes(name));
  if (newer.length > 0)
    return fail(
      `The directory was migrated by a newer release (${newer.join(', ')}): start that release, or restore a backup of this one.`,
    );
  const pending = known.filter((name) => !(migrations ?? []).includes(name));
  return pending.length === 0
    ? ok('The directory has the newest schema.')
    : warn(
        `The directory lacks ${pending.length} of this release’s migrations; the next start, or "migrate", runs them.`,
      );
}

async function checkRegion(store: RegionalStore): Promise<Finding> {
  const { region } = store;
  try {
    const version = await readEngineVersion(store);
    const tooOld = engineFault(version);
    if (tooOld !== undefined)
      return fail(`The store of region ${region} cannot be used: ${tooOld}. Its imports wait meanwhile.`);
    const isNewest = (await pendingRegional(store)) === 0;
    const sentence = `The store of region ${region} answers (ClickHouse ${version}) and ${isNewest ? 'has the newest tables' : 'gets its newest tables at the next start'}.`;
    return isNewest ? ok(sentence) : warn(sentence);
  } catch (error) {
    const { message } = error as Error;
    const fault = message.includes(`region ${region}`)
      ? message
      : `The store of region ${region} does not answer: ${message}`;
    return fail(
      `${fault}. What to do: ${mending(store.isEmbedded, variableOfRegion(region))}. Its imports wait meanwhile.`,
    );
  }
}

const mending = (isEmbedded: boolean, variable: string): string =>
  isEmbedded ? 'restart Partner Hub and look at its log' : `start its server, or correct ${variable}`;

function checkImports({ openImports }: DirectoryFacts, regional: ReadonlyMap<RegionCode, RegionalStore>): Finding[] {
  const served = new Set<string>(regional.keys());
  const stranded = openImports.filter((entry) => !served.has(entry.region));
  const slow = openImports.filter(
    (entry) => served.has(entry.region) && entry.state === 'running' && entry.hours > longHours,
  );
  const refused = openImports.filter((entry) => entry.waitsFor === 'read_only');
  const stumbling = openImports.filter((entry) => served.has(entry.region) && entry.waitsFor === 'fault');
  const name = ({ number }: { number: number }): string => `B-${number}`;
  const findings = [
    ...refused.map((entry) =>
      warn(
        `Import ${name(entry)} waits because the store of region ${entry.region} takes no writes: make it writable; the import goes on by itself.`,
      ),
    ),
    ...[...new Set(stumbling.map((entry) => entry.region))].map((region) =>
      fail(
        `The imports of region ${region} stand still (${stumbling.filter((entry) => entry.region === region).length} wait): their queue fails again and again. The log tells why at "the import queue of a region stumbled"; files of another account in the data folder are a usual reason, and are named above.`,
      ),
    ),
    ...stranded.map((entry) =>
      warn(
        `Import ${name(entry)} waits for the region ${entry.region}, which HUB_REGIONS leaves out: add the region, or cancel the import.`,
      ),
    ),
    ...slow.map((entry) =>
      warn(
        `Import ${name(entry)} has been running for ${Math.round(entry.hours)} hours: restart Partner Hub to begin it anew, or cancel it.`,
      ),
    ),
  ];
  if (findings.length > 0) return findings;
  return [ok(openImports.length === 0 ? 'No import waits.' : `${openImports.length} imports wait or run.`)];
}

/** What lies in the regions beside the facts and does not fit them; "doctor --repair" mends it. */
async function checkDimensions(stores: ExaminedStores): Promise<Finding[]> {
  const keys = await readScopeKeys(stores.owner);
  const findings: Finding[] = [];
  for (const [region, store] of stores.regional) {
    const found = await countMisfits(store, keys).catch(() => undefined); // a store that does not answer is told of already
    if (found === undefined) continue;
    if (found.places > 0)
      findings.push(
        warn(
          `Region ${region}: ${found.places} places with call legs are named nowhere, so their rows are missing from the usage table: "doctor --repair" names them.`,
        ),
      );
    if (found.scopes > 0)
      findings.push(
        ok(
          `Region ${region}: ${found.scopes} lists of assigned organizations are no longer anybody’s, which harms nothing; "doctor --repair" deletes them.`,
        ),
      );
  }
  return findings.length > 0 ? findings : [ok('Places and lists of assigned organizations fit what is stored.')];
}

/** Tables and files of imports that have ended. One that ends at this moment still has some, so what is found is looked at again. */
async function checkLeftovers(stores: ExaminedStores): Promise<Finding> {
  const found = await settledLeftovers(stores);
  if (found.length === 0) return ok('Nothing is left over from imports that have ended.');
  const names = found.map(({ region, kind, name }) => `${region}: ${kind} ${name}`);
  const some = `${names.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}`;
  return warn(
    `Imports that have ended left ${found.length} tables or files behind (${some}): the next start removes them, or "doctor --repair".`,
  );
}

export interface Leftover {
  region: RegionCode;
  kind: 'table' | 'file';
  name: string;
}

export async function settledLeftovers(stores: ExaminedStores): Promise<Leftover[]> {
  const found = await findLeftovers(stores);
  if (found.length === 0) return found;
  await sleep(settleMilliseconds);
  const again = new Set((await findLeftovers(stores)).map((entry) => JSON.stringify(entry)));
  return found.filter((entry) => again.has(JSON.stringify(entry)));
}

async function findLeftovers({ owner, filesDir, regional }: ExaminedStores): Promise<Leftover[]> {
  const { openImports, spoolNames } = await readDirectoryFacts(owner);
  const open = new Set(openImports.map((entry) => entry.number));
  const found: Leftover[] = [];
  for (const [region, store] of regional) {
    const tables = await listStageTables(store).catch(() => []); // a store that does not answer is told of already
    for (const { table, number } of tables) if (!open.has(number)) found.push({ region, kind: 'table', name: table });
    const names = await readdir(dirname(spoolPath(filesDir, region, 'any'))).catch(() => []);
    // What follows the first dot was derived from the file; .part is on its way in.
    const orphans = names.filter((name) => !name.endsWith('.part') && !spoolNames.has(name.split('.')[0] ?? name));
    for (const name of orphans) found.push({ region, kind: 'file', name });
  }
  return found;
}
