const headBytes = 262_144;
const headRows = 300; // 100 are tried, and what is skipped above them is at most 100
const headCharacters = 200_000;

/** The first rows of a file that somebody chose, whole lines of it, as text; bytes with a mark of UTF-16 are read so. */
export async function headOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  const cut = text.slice(0, headCharacters);
  const lines = cut.split('\n');
  const isWhole = file.size <= headBytes && cut.length === text.length && lines.length <= headRows;
  if (isWhole) return text;
  // The last line may end in the middle; a single line is given as far as it goes.
  const kept = lines.length > headRows ? lines.slice(0, headRows) : lines.slice(0, Math.max(1, lines.length - 1));
  return `${kept.join('\n')}\n`;
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
