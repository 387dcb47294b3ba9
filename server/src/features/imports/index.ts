export { setCanceled } from './cancel-import.ts';
export { cancelImportsOf } from './cancel-imports-of.ts';
export { callHistoryColumns, lenientColumns } from './call-history-columns.ts';
export { countedWhere } from './counted-where.ts';
export { feedOf, feeds } from './feeds/all-feeds.ts';
export { type Feed, isPeriodic, keyColumn } from './feeds/feed.ts';
export { licenseRows, ownSite, withoutOwn } from './license-rows.ts';
export { listHeldOrganizations } from './held-organizations.ts';
export { splitJsonRecords } from './json-records.ts';
export { findImportByNumber, findReadOnlyRegions, readVisibility, type Visibility } from './import-queries.ts';
export { locationName } from './staging-queries.ts';
export { findDeletedOrganizations } from './deleted-queries.ts';
export { delimiterOf } from './csv-header.ts';
export { refuseBinary } from './recognize-file.ts';
export { encodingOf } from './text-form.ts';
export { buildsRollups } from './rollups/build-rollups.ts';
export { featureLegs, type FeaturePart, featureParts, featureRollup, hasFeature } from './rollups/feature-rollup.ts';
export { legRollup, legWeekRollup, userKey } from './rollups/leg-rollup.ts';
export {
  hasAudio,
  hasVideo,
  mediaEndpointType,
  mediaRollup,
  mediaUser,
  mediaWeekRollup,
  poorRollup,
  qualityOf,
} from './rollups/media-rollup.ts';
export { checkRollups } from './rollups/check-rollups.ts';
export {
  areRollupsBuilt,
  changingFacts,
  rebuildRollups,
  removeRolledUpBefore,
  rollupWhere,
} from './rollups/rollup-queries.ts';
export { releaseLinked } from './release-linked.ts';
export { type Chore, type ImportRunner, startImportRunner } from './import-runner.ts';
export { partnerChore } from './partner-chore.ts';
export { firstKept, readLimit } from './kept-days.ts';
export { readKeptDays } from './kept-days-queries.ts';
export { recognizingHere } from './people/forget-people.ts';
export { fileNamesPerson } from './people/file-names-person.ts';
export { deleteRejected, findRejectedNaming } from './people/forgotten-queries.ts';
export { namesPeople, personColumnsOf } from './people/person-columns.ts';
export { comparedText, type KnownBy, knownBy } from './people/person-hash.ts';
export { isOwn, personRows, valuesWithin, withValues } from './people/person-sql.ts';
export { getImport, listImports, listPartsOf } from './read-imports.ts';
export { queueOwn } from './queue-own.ts';
export { queuePulled } from './queue-pulled.ts';
export { receiveWatched, spoolFile } from './receive-upload.ts';
export { dropSpoolFile, spoolPath } from './spool.ts';
export { releaseAssigned, releaseToGroup } from './release-assigned.ts';
export { findRemovals, noteRemoval } from './removal-queries.ts';
export { requestRelease } from './request-release.ts';
export { importRoutes } from './routes.ts';
export { getImportUndo, undoImport } from './undo-import.ts';
export { findWaiting } from './waiting-queries.ts';
