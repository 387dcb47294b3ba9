import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findBrokenText } from '../find-broken-text.ts';
import { encodingOf } from '../text-form.ts';
import { lookedSuffix } from '../spool.ts';

const headBytes = 65_536;

/** As which a text that is no Unicode is read, one after another: Western, Cyrillic and Korean tables. In each, ASCII is ASCII. */
const olderEncodings = ['windows-1252', 'windows-1251', 'euc-kr'];

/**
 * Paths at which a kept file can be looked through as lines of UTF-8: its own, or one after another those of copies, which are gone
 * afterwards. UTF-16 and older encodings are decoded, and of JSON the characters that are written as escapes.
 */
export async function* readableCopies(path: string): AsyncGenerator<string> {
  const head = await headOf(path);
  const encoding = encodingOf(head);
  const isJson = /^\uFEFF?\s*[[{]/.test(new TextDecoder(encoding).decode(head));
  const encodings =
    encoding !== 'utf-8' ? [encoding] : (await findBrokenText(path)) === undefined ? ['utf-8'] : olderEncodings;
  if (encodings[0] === 'utf-8' && !isJson) {
    yield path;
    return;
  }
  const copy = `${path}${lookedSuffix}`;
  try {
    for (const from of encodings) {
      await pipeline(
        createReadStream(path, { highWaterMark: 1 << 20 }),
        decoding(from, isJson),
        createWriteStream(copy, { mode: 0o600 }),
      );
      yield copy;
    }
  } finally {
    await rm(copy, { force: true });
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function decoding(encoding: string, isJson: boolean): Transform {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  const plain = (text: string, isEnd: boolean): string => {
    if (!isJson) return text;
    const all = rest + text;
    // An escape may lie across two pieces.
    const cut = isEnd ? all.length : all.length - (/\\(?:u[0-9a-f]{0,3})?$/i.exec(all)?.[0].length ?? 0);
    rest = all.slice(cut);
    return unescaped(all.slice(0, cut));
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, plain(decoder.decode(chunk, { stream: true }), false)),
    flush: (done) => done(null, plain(decoder.decode(), true)),
  });
}

/** Signs that mean something to JSON or end a line stay escaped. */
function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (escape, hex: string) => {
    const sign = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\p{Cc}"\\]/u.test(sign) ? escape : sign;
  });
}
