import type { ImportId } from '@hub/contract/ids';

/** Imports that this page brought and nobody has been told the end of: a small one has ended before the list is asked again. */
const awaited = new Set<ImportId>();

export const awaitImport = (id: ImportId): void => void awaited.add(id);

/** Whether it was awaited; from here on it is not. */
export const takeAwaited = (id: ImportId): boolean => awaited.delete(id);
