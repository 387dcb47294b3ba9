import type { Socket } from 'node:net';

/**
 * What runs through the operator socket: a request of one line, then replies of one line each. Both ends are always of the same release,
 * so the protocol has no versions.
 */
export interface OperatorRequest {
  command: string;
  args: unknown;
}

export type OperatorReply =
  /** A sentence for the terminal. */
  | { event: 'line'; text: string }
  /** What goes on now; each replaces the one before. */
  | { event: 'progress'; text: string }
  /** Bytes of the result, base64. */
  | { event: 'data'; chunk: string }
  | { event: 'done'; outcome: Outcome }
  | { event: 'error'; sentence: string; isUsage: boolean };

/** How a command ended. */
export type OperatorEnd = Extract<OperatorReply, { event: 'done' | 'error' }>;

/** `failed`: the command told what in its lines; the exit code says it once more. */
export type Outcome = 'fine' | 'failed';

/** Where a command tells what it does, whichever way it runs. */
export interface Teller {
  line(text: string): void;
  progress(text: string): void;
  /** Resolves when the next chunk may follow. */
  data(chunk: Buffer): Promise<void>;
}

// 1 MB: a request names files and options, and data replies carry 64 KB.
const longestLine = 1_000_000;

/** The lines of a socket as parsed JSON. Ends where the other side ends; throws on what is no JSON or too long. */
export async function* messages(socket: Socket): AsyncGenerator<unknown, void> {
  let rest = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('A message on the operator socket is too long.');
    for (const line of lines) yield JSON.parse(line);
  }
}

export async function send(socket: Socket, message: OperatorRequest | OperatorReply): Promise<void> {
  if (socket.destroyed || !socket.writable) return;
  if (socket.write(`${JSON.stringify(message)}\n`)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
