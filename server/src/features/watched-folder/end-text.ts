import { sentenceOf } from '@hub/contract/errors';
import type { ImportBatch } from '@hub/contract/imports';

/** What became of a file, for the text beside it. `parts`: the files of a ZIP, each with an import of its own. */
export function endText(batch: ImportBatch, parts: readonly ImportBatch[]): { isDone: boolean; text: string } {
  const all = [batch, ...parts];
  // What was undone already had come in all the same.
  const isDone = all.every(({ state }) => state === 'committed' || state === 'undone');
  return { isDone, text: all.map(lineOf).join('\n') };
}

function lineOf({ number, fileName, state, failure, counts, format, endedAt, notes, emptied }: ImportBatch): string {
  const head = `B-${number} ${fileName}`;
  const at = endedAt === null ? '' : ` (${endedAt})`;
  if (failure !== null) return `${head}: failed${at}. ${sentenceOf(failure.code, failure.data)}`;
  if (state === 'canceled' || counts === null) return `${head}: ${state}${at}. Nothing of it was stored.`;
  if (format === 'zip') {
    const files = notes.find(({ code }) => code === 'unpacked')?.data['files'] ?? 0;
    return `${head}: unpacked${at}, ${files} files.`;
  }
  const sum = Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  const left = emptied.map(({ column, count }) => `${column} ${count}`).join(', ');
  return `${head}: imported${at}. Rows: ${sum}.${left === '' ? '' : ` Left empty, as they could not be read: ${left}.`}`;
}
