import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Encoding } from './recognize-file.ts';

/** Writes a UTF-16 file as UTF-8, which is all the engine reads. */
export async function transcode(from: string, to: string, encoding: Encoding): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const convert = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), convert, createWriteStream(to, { mode: 0o600 }));
}
