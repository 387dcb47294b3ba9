export { DataFolderHeld, type DataFolder, openDataFolder } from './open-data-folder.ts';
export { type Holder, lockFileName, readHolder } from './holder.ts';
export { operatorSocketPath } from './operator-socket-path.ts';
export {
  accountName,
  dataFolderAt,
  filesFolderAt,
  findForeignFiles,
  type OwnedFolder,
  requireOwnFolder,
} from './owner.ts';
export { freeBytes } from './free-bytes.ts';
export { accountHere, foreignFolder, isNotAllowed, ownerOf } from './foreign-folder.ts';
