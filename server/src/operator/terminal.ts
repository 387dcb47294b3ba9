import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { exitCodes } from './exit-codes.ts';
import type { Teller } from './protocol.ts';

const quietMilliseconds = 4000; // between two lines of progress where nobody watches a terminal

export interface Terminal extends Teller {
  /** Clears the progress line; puts the result in its place or, where the command failed, removes what there is of it. */
  close(isComplete: boolean): Promise<void>;
}

/** Lines to standard output, or to standard error where the result itself goes to standard output. */
export function openTerminal({
  out,
  sendsData = false,
}: {
  out?: string | undefined;
  sendsData?: boolean;
} = {}): Terminal {
  const people = sendsData && out === undefined ? process.stderr : process.stdout;
  let hasProgress = false;
  let lastProgress = Number.NEGATIVE_INFINITY;
  let file: Promise<FileHandle> | undefined;
  const unfinished = out === undefined ? '' : `${out}.${process.pid}.part`;

  const clear = (): void => {
    if (hasProgress) people.write('\r\u001b[2K');
    hasProgress = false;
  };

  return {
    line(text) {
      clear();
      people.write(`${text}\n`);
    },
    progress(text) {
      if (people.isTTY) {
        people.write(`\r\u001b[2K${text.slice(0, people.columns - 1)}`);
        hasProgress = true;
      } else if (performance.now() - lastProgress >= quietMilliseconds) {
        lastProgress = performance.now();
        people.write(`${text}\n`);
      }
    },
    async data(chunk) {
      if (out === undefined) return write(process.stdout, chunk);
      file ??= open(unfinished, 'wx', 0o600);
      await (await file).writeFile(chunk);
    },
    async close(isComplete) {
      clear();
      if (out === undefined) return;
      if (isComplete) file ??= open(unfinished, 'wx', 0o600);
      const handle = await file;
      if (handle === undefined) return;
      await handle.sync();
      await handle.close();
      await (isComplete ? rename(unfinished, out) : rm(unfinished, { force: true }));
    },
  };
}

/** Once, at the start of a command. Whoever reads along may have seen enough (`| head`): the command goes on without them. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onOutputFault);
}

const isReaderGone = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE';

function onOutputFault(error: NodeJS.ErrnoException): void {
  if (isReaderGone(error)) return;
  process.stderr.write(`The output could not be written (${error.code}).\n`);
  // What runs is brought to its end all the same.
  process.once('exit', () => void (process.exitCode = exitCodes.failed));
}

async function write(stream: NodeJS.WriteStream, chunk: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(chunk, (error) => (error && !isReaderGone(error) ? reject(error) : resolve()));
  });
}
