const first = /^rejected row of b-(\d{1,9})$/i;
const others = ['Rejected line', 'Rejected column', 'Rejected because'];

/** What stands before the columns of a file in the download of its rejected rows. The first head names the import: corrected, the file says what it corrects. */
export const reasonHeads = (number: number): string[] => [`Rejected row of B-${number}`, ...others];

/** Whether a column is one of those: it tells of the row, and nothing of it is stored. */
export const isReasonHead = (head: string): boolean =>
  first.test(head.trim()) || others.some((other) => other.toLowerCase() === head.trim().toLowerCase());

/** The number of the import whose rejected rows a file brings again. */
export function correctedNumber(header: readonly string[]): number | undefined {
  for (const head of header) {
    const number = first.exec(head.trim())?.[1];
    if (number !== undefined) return Number(number);
  }
  return undefined;
}

export interface FileColumn {
  head: string;
  /** Its place in a row of the file. */
  index: number;
}

/** The columns of a file as they were named, without those that a download of rejected rows had added. */
export const fileColumns = (header: unknown): FileColumn[] =>
  Array.isArray(header)
    ? header.map((head, index) => ({ head: String(head), index })).filter(({ head }) => !isReasonHead(head))
    : [];
