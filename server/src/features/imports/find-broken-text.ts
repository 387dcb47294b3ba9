import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const newline = 0x0a;
const chunkBytes = 1 << 22;
const checkedBytes = 1 << 20; // stays in the processor's cache between reading and looking
const longestRest = 4; // of a character that goes on in the next piece

/**
 * The line, from 1, on which a file stops being UTF-8; undefined where all of it is. A file in the code page of somebody's Windows reads
 * as names with "�", for good; which code page it was cannot be told from its bytes. `look` is shown every byte up to there, once and in order.
 */
export async function findBrokenText(path: string, look?: (bytes: Buffer) => void): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    // Two for the whole file, since memory that is new is cleared first: one is filled while the other is looked at.
    const buffers = [0, 1].map(() => Buffer.allocUnsafe(longestRest + checkedBytes)) as [Buffer, Buffer];
    const fill = (buffer: Buffer) => file.read(buffer, longestRest, checkedBytes);
    let [buffer, other] = buffers;
    let filling = fill(buffer);
    let begin = 0;
    let carried = 0;
    for (;;) {
      const { bytesRead } = await filling;
      if (bytesRead === 0) return carried > 0 ? await lineAt(path, begin) : undefined;
      filling = fill(other);
      const bytes = buffer.subarray(longestRest - carried, longestRest + bytesRead);
      const end = bytes.length - unfinishedBytes(bytes);
      if (!isUtf8(bytes.subarray(0, end))) {
        await filling;
        return await lineAt(path, begin + bytesBeforeBroken(bytes.subarray(0, end)));
      }
      look?.(bytes.subarray(0, end));
      carried = bytes.length - end;
      bytes.copy(other, longestRest - carried, end);
      begin += end;
      [buffer, other] = [other, buffer];
    }
  } finally {
    await file.close();
  }
}

/** How many bytes at the end begin a character whose rest is still to come. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue; // goes on
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}

/** Up to the begin of the line that is at fault. */
function bytesBeforeBroken(bytes: Buffer): number {
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(newline, from);
    if (at === -1 || !isUtf8(bytes.subarray(from, at))) return from;
    from = at + 1;
  }
}

/** The line of a byte, both as they are counted in the whole file. */
async function lineAt(path: string, position: number): Promise<number> {
  let line = 1;
  if (position === 0) return line;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, end: position - 1 }))
    for (let at = (chunk as Buffer).indexOf(newline); at !== -1; at = (chunk as Buffer).indexOf(newline, at + 1))
      line++;
  return line;
}
