export { writeBackup } from './write-backup.ts';
export {
  checkBackup,
  refuseUnfinishedRestore,
  requireEmptyStores,
  restoreBackup,
  restoreMarker,
} from './restore-backup.ts';
