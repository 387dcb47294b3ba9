/** What a person reads of a failure: which path, or its own sentence and the reason below it where that says more. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined)
    return `${path}: ${systemFaults[code] ?? `the system refused it (${code})`}.`;
  if (code === 'ENOSPC')
    return 'The disk is full: free some space where HUB_DATA_DIR (and HUB_FILES) lie, or choose other folders.';
  const { message, cause } = error;
  return cause instanceof Error && !message.includes(cause.message) ? `${message} (${cause.message})` : message;
}

const systemFaults: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'the account that runs Partner Hub may not use it',
  EPERM: 'the account that runs Partner Hub may not use it',
  ENOSPC: 'the disk is full',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EROFS: 'the file system is read-only',
};
