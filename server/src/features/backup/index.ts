export { writeBackup } from './write-backup.ts';
export { checkBackup, refuseUnfinishedRestore, restoreBackup, restoreMarker } from './restore-backup.ts';
