import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: AsyncIterable<string> | Iterable<string>;
}

const dosTime = 0;
const dosDay = (1 << 5) | 1; // 1980-01-01, the first day it knows: the same content is the same file
const flags = 0x0808; // sizes follow the data; names are UTF-8
const deflated = 8;

/** A ZIP file of deflated entries as it comes into being: nothing is held but what is being packed. Entries up to 4 GB. */
export async function* zipStream(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  let at = 0;
  const directory: Buffer[] = [];
  for (const { name, content } of entries) {
    const begin = at;
    const path = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(deflated, 8);
    head.writeUInt16LE(dosTime, 10);
    head.writeUInt16LE(dosDay, 12);
    head.writeUInt16LE(path.length, 26);
    yield Buffer.concat([head, path]);
    at += head.length + path.length;
    const sums = { crc: 0, packed: 0, plain: 0 };
    for await (const piece of packed(content, sums)) {
      at += piece.length;
      yield piece;
    }
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(0x08074b50, 0);
    tail.writeUInt32LE(sums.crc, 4);
    tail.writeUInt32LE(sums.packed, 8);
    tail.writeUInt32LE(sums.plain, 12);
    yield tail;
    at += tail.length;
    directory.push(directoryEntry(path, sums, begin));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([listed, end]);
}

interface Sums {
  crc: number;
  packed: number;
  plain: number;
}

async function* packed(content: ZipEntry['content'], sums: Sums): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: 6 });
  let failure: unknown;
  const feeding = (async () => {
    for await (const text of content) {
      const bytes = Buffer.from(text);
      sums.crc = crc32(bytes, sums.crc);
      sums.plain += bytes.length;
      if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve));
    }
    deflate.end();
  })().catch((error: unknown) => {
    failure = error;
    deflate.destroy();
  });
  try {
    for await (const piece of deflate as AsyncIterable<Buffer>) {
      sums.packed += piece.length;
      yield piece;
    }
  } catch (error) {
    throw failure ?? error;
  } finally {
    deflate.destroy();
  }
  await feeding;
  if (failure !== undefined) throw failure;
}

function directoryEntry(path: Buffer, sums: Sums, begin: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(deflated, 10);
  entry.writeUInt16LE(dosTime, 12);
  entry.writeUInt16LE(dosDay, 14);
  entry.writeUInt32LE(sums.crc, 16);
  entry.writeUInt32LE(sums.packed, 20);
  entry.writeUInt32LE(sums.plain, 24);
  entry.writeUInt16LE(path.length, 28);
  entry.writeUInt32LE(begin, 42);
  return Buffer.concat([entry, path]);
}
