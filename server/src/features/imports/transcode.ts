import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TextForm } from './text-form.ts';

/** Writes a file of any form as UTF-8 with lines that end, which is all the engine reads. */
export async function transcode(from: string, to: string, { encoding, isOldMac }: TextForm): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const ended = (text: string): string => (isOldMac ? text.replaceAll('\r', '\n') : text);
  const convert = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, ended(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, ended(decoder.decode())),
  });
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), convert, createWriteStream(to, { mode: 0o600 }));
}
