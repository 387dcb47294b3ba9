import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Lines of CSV that a thread made of the records in a piece of a file. */
export interface CopiedLines {
  csv: Uint8Array;
  records: number;
  /** The places of columns, and the keys without one, that occur in them. */
  seen: number[];
  ignored: string[];
  /** Behind the last line of the piece, in the file. */
  end: number;
}

/** The lines from the first that begins at or behind `from` up to the first that begins at or behind `to`. */
export interface Piece {
  path: string;
  from: number;
  to: number;
  /** At `from` begins a record, whether or not a line does. */
  isAtRecord: boolean;
}

export interface Answer {
  number: number;
  /** Undefined where something stands in the piece that is no record of JSON lines. */
  lines: CopiedLines | undefined;
}

const mostThreads = 2; // the engine, which works for others meanwhile, gets what there is beyond
const usualPiece = 1 << 21;
const piecesAhead = 2; // for each thread: one that it copies, one that waits

interface Copier {
  worker: Worker;
  /** What it was asked and has not answered. */
  waiting: Map<number, (lines: CopiedLines | undefined) => void>;
  hasEnded: boolean;
}

/** Threads that copy records of call history (copy-lines.ts). A piece of which a thread says nothing more, because it has ended, is as one that it cannot read. */
export class LineCopiers {
  readonly pieceBytes: number;
  readonly piecesAhead: number;
  readonly #copiers: Copier[];
  #sent = 0;

  constructor(pieceBytes = usualPiece) {
    this.pieceBytes = pieceBytes;
    this.#copiers = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, beginCopier);
    this.piecesAhead = piecesAhead * this.#copiers.length;
  }

  copy(piece: Piece): Promise<CopiedLines | undefined> {
    const number = this.#sent++;
    const copier = this.#copiers[number % this.#copiers.length];
    if (copier === undefined || copier.hasEnded) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      copier.waiting.set(number, resolve);
      copier.worker.postMessage({ number, piece });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#copiers.map(({ worker }) => worker.terminate()));
  }
}

function beginCopier(): Copier {
  const worker = new Worker(new URL('./copy-lines.ts', import.meta.url));
  const copier: Copier = { worker, waiting: new Map(), hasEnded: false };
  worker.on('message', ({ number, lines }: Answer) => {
    copier.waiting.get(number)?.(lines);
    copier.waiting.delete(number);
  });
  worker.on('error', () => undefined); // its end follows
  worker.on('exit', () => {
    copier.hasEnded = true;
    for (const resolve of copier.waiting.values()) resolve(undefined);
    copier.waiting.clear();
  });
  return copier;
}

/**
 * Lets threads copy JSON lines from a place in a file on, where a record begins, and hands on what they made in the order of the file. Returns from where on
 * it is to be read with care: behind the last line break, or from the first piece on that is not made of whole records.
 */
export async function* copyAside(
  copiers: LineCopiers,
  { path, from, size }: { path: string; from: number; size: number },
  take: (lines: CopiedLines) => void,
): AsyncGenerator<void, { at: number; records: number }> {
  const underWay: Promise<CopiedLines | undefined>[] = [];
  let next = from;
  let at = from;
  let records = 0;
  for (;;) {
    for (; next < size && underWay.length < copiers.piecesAhead; next += copiers.pieceBytes)
      underWay.push(
        copiers.copy({ path, from: next, to: Math.min(next + copiers.pieceBytes, size), isAtRecord: next === from }),
      );
    const lines = await underWay.shift();
    if (lines === undefined) {
      await Promise.allSettled(underWay);
      return { at, records };
    }
    take(lines);
    at = lines.end;
    records += lines.records;
    yield;
  }
}
