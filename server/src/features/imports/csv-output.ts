import { viewOf } from './json-bytes.ts';

const usualBytes = 1 << 20;
const slackBytes = 4;

/** Lines of CSV on their way to a file: bytes that grow as they must. */
export class CsvOutput {
  length = 0;
  #bytes: Buffer = Buffer.allocUnsafe(usualBytes + (usualBytes >> 2));
  #view = viewOf(this.#bytes);

  get isFull(): boolean {
    return this.length >= usualBytes;
  }

  /** What was written since the last time. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.length);
    this.#use(Buffer.allocUnsafe(usualBytes + (usualBytes >> 2)));
    this.length = 0;
    return taken;
  }

  /** For as many bytes to be copied, and a little more: they go over in words. */
  makeRoom(bytes: number): void {
    const needed = this.length + bytes + slackBytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, needed));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#use(larger);
  }

  add(text: string): void {
    this.makeRoom(3 * text.length);
    this.length += this.#bytes.write(text, this.length);
  }

  addBytes(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** There has to be room. */
  addByte(byte: number): void {
    this.#bytes[this.length++] = byte;
  }

  /** There has to be room. */
  copy(bytes: Uint8Array, view: DataView, from: number, to: number): void {
    const begin = this.length;
    const end = begin + to - from;
    this.length = end;
    if (to + slackBytes <= bytes.length)
      for (let at = begin, read = from; at < end; at += 4, read += 4)
        this.#view.setInt32(at, view.getInt32(read, true), true);
    else for (let at = begin, read = from; at < end; at++, read++) this.#bytes[at] = bytes[read] as number;
  }

  #use(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }
}
