import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { recordBytesMaximum } from '@hub/contract/record-imports';
import { HubError } from '../../platform/hub-error.ts';
import { encodingOf, refuseBinary } from '../imports/index.ts';

/**
 * An uploaded file as text. In memory: 64 MB at most. Throws import_empty, import_too_large, import_interrupted, import_not_text,
 * import_not_utf8.
 */
export async function receiveRecords(
  body: Readable,
  { fileName, bytes }: { fileName: string; bytes: number | undefined },
): Promise<string> {
  const upload = await readWhole(body, bytes);
  if (upload.length === 0) throw new HubError('import_empty', { fileName });
  refuseBinary(upload, fileName);
  const encoding = encodingOf(upload);
  if (encoding === 'utf-8' && !isUtf8(upload)) {
    throw new HubError('import_not_utf8', { fileName, line: lineOfBroken(upload) });
  }
  const text = new TextDecoder(encoding).decode(upload);
  if (text.trim() === '') throw new HubError('import_empty', { fileName });
  return text;
}

async function readWhole(body: Readable, announced: number | undefined): Promise<Buffer> {
  const limit = recordBytesMaximum;
  if (announced !== undefined && announced > limit) throw new HubError('import_too_large', { bytes: announced, limit });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) throw new HubError('import_too_large', { bytes, limit });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    throw new HubError('import_interrupted', { bytes }, { cause });
  }
  if (announced !== undefined && bytes < announced) throw new HubError('import_interrupted', { bytes });
  return Buffer.concat(chunks);
}

const newline = 0x0a;

/** The line, from 1, on which a file stops being UTF-8. */
function lineOfBroken(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; ; line++) {
    const at = bytes.indexOf(newline, from);
    if (at === -1 || !isUtf8(bytes.subarray(from, at))) return line;
    from = at + 1;
  }
}
