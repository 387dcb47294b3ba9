import { createReadStream } from 'node:fs';
import type { KeptFile } from '@hub/contract/deletions';

const packed = [Buffer.from([0x1f, 0x8b]), Buffer.from('PK')];

/**
 * Whether a kept file names an organization, in any letter case, as UTF-8 or UTF-16; packed ones are not looked into. undefined: it does not,
 * or is gone.
 */
export async function whyKept(path: string, orgUuid: string): Promise<KeptFile['because'] | undefined> {
  let tail = '';
  let isFirst = true;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (isFirst && packed.some((head) => chunk.subarray(0, 2).equals(head))) return 'packed';
      isFirst = false;
      // Of UTF-16 every other byte of an ASCII character is 0.
      const text = tail + chunk.toString('latin1').replaceAll('\0', '').toLowerCase();
      if (text.includes(orgUuid)) return 'names_customer';
      tail = text.slice(-orgUuid.length);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return undefined;
}
