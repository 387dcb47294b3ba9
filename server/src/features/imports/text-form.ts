export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How the characters of a file are written. */
export interface TextForm {
  encoding: Encoding;
  /** Lines end with a carriage return alone, as old Macs wrote them. */
  isOldMac: boolean;
}

/** What the engine reads as it is. */
export const isPlain = ({ encoding, isOldMac }: TextForm): boolean => encoding === 'utf-8' && !isOldMac;

/** The beginning of a file as text, its lines ended as everywhere else. */
export function readForm(head: Buffer): TextForm & { text: string } {
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head).replace(/^\uFEFF/, '');
  const isOldMac = text.includes('\r') && !text.includes('\n');
  return { encoding, isOldMac, text: isOldMac ? text.replaceAll('\r', '\n') : text };
}

export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Without a mark: ASCII letters of a header leave every second byte zero.
  if (head.length >= 4 && head[1] === 0 && head[3] === 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[2] === 0) return 'utf-16be';
  return 'utf-8';
}
