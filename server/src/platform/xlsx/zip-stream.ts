import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  name: string;
  content: AsyncIterable<string> | Iterable<string>;
}

const firstDay = new Date(1980, 0, 1); // the first that a ZIP file knows: the same content is the same file

/** A ZIP file of deflated entries as it comes into being: nothing is held but what is being packed. What fails in an entry fails here. */
export async function* zipStream(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const sources: Readable[] = [];
  const out = new PassThrough();
  const fail = (error: Error): void => void out.destroy(error);
  zip.on('error', fail);
  for (const { name, content } of entries) {
    const source = Readable.from(content, { objectMode: false });
    source.on('error', fail);
    sources.push(source);
    zip.addReadStream(source, name, { mtime: firstDay, compress: true });
  }
  zip.end();
  zip.outputStream.pipe(out);
  try {
    yield* out as AsyncIterable<Buffer>;
  } finally {
    for (const source of sources) source.destroy(); // whoever goes away in the middle ends the reading too
  }
}
