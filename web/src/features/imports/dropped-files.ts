// Of folders: what systems put beside people's files.
const bycatch = /^\.|^(Thumbs\.db|desktop\.ini)$/i;

/** The files of a drop, and those in its folders, however deep. Must be called while the drop is handled: afterwards the browser forgets it. */
export async function droppedFiles({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Promise<File[]> {
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const plain = [...files];
  if (entries.every((entry) => entry === null || entry.isFile)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry !== null) await collect(entry, found, true);
  return found;
}

/** The files of a folder that was chosen. */
export const filesOfFolder = (files: FileList | null): File[] =>
  [...(files ?? [])].filter(({ name }) => !bycatch.test(name));

async function collect(entry: FileSystemEntry, found: File[], isTop = false): Promise<void> {
  if (!isTop && bycatch.test(entry.name)) return;
  if (isFile(entry)) {
    found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
  } else if (isFolder(entry)) {
    for (const inner of await readAll(entry)) await collect(inner, found);
  }
}

async function readAll(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A hundred at a time, until none is left.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    all.push(...some);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
