export { type FolderWatch, startFolderWatch } from './start-folder-watch.ts';
export { requireWatchFolder } from './require-watch-folder.ts';
