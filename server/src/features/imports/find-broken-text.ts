import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const newline = 0x0a;
const chunkBytes = 1 << 22;
const checkedBytes = 1 << 20; // stays in the processor's cache between reading and looking

/**
 * The line, from 1, on which a file stops being UTF-8; undefined where all of it is. A file in the code page of somebody's Windows reads
 * as names with "�", for good; which code page it was cannot be told from its bytes.
 */
export async function findBrokenText(path: string): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(checkedBytes + 4); // one for the whole file: memory that is new is cleared first
    let begin = 0;
    let carried = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, carried, checkedBytes);
      if (bytesRead === 0) return carried > 0 ? await lineAt(path, begin) : undefined;
      const bytes = buffer.subarray(0, carried + bytesRead);
      const end = bytes.length - unfinishedBytes(bytes);
      if (!isUtf8(bytes.subarray(0, end))) return await lineAt(path, begin + bytesBeforeBroken(bytes.subarray(0, end)));
      carried = bytes.length - end;
      buffer.copyWithin(0, end, bytes.length);
      begin += end;
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
