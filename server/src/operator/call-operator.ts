import { connect, type Socket } from 'node:net';
import { foreignFolder, isNotAllowed, operatorSocketPath } from '../platform/data-folder/index.ts';
import { messages, type OperatorEnd, type OperatorReply, type OperatorRequest, send, type Teller } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** A connection to the product that works in this data folder; undefined where none listens. Refuses an account that may not look. */
export async function reachProduct(dataDir: string): Promise<Socket | undefined> {
  try {
    const socket = connect(operatorSocketPath(dataDir));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return socket;
  } catch (error) {
    if (isNotAllowed(error)) throw new Refusal(`The data folder ${foreignFolder(dataDir, 'HUB_DATA_DIR')}.`);
    const { code } = error as NodeJS.ErrnoException;
    // ENOTDIR: whoever opens the folder tells that a file is in its place.
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Has the product do it. When `signal` aborts, the product is told by the end of the connection. */
export async function callOperator(
  socket: Socket,
  request: OperatorRequest,
  tell: Teller,
  signal: AbortSignal,
): Promise<OperatorEnd> {
  const hangUp = (): void => void socket.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    await send(socket, request);
    for await (const message of messages(socket)) {
      const reply = message as OperatorReply;
      if (reply.event === 'done' || reply.event === 'error') return reply;
      if (reply.event === 'line') tell.line(reply.text);
      else if (reply.event === 'progress') tell.progress(reply.text);
      else await tell.data(Buffer.from(reply.chunk, 'base64'));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!signal.aborted && code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
  } finally {
    signal.removeEventListener('abort', hangUp);
    socket.destroy();
  }
  const sentence = signal.aborted
    ? 'Interrupted.'
    : 'Partner Hub ended before the command was done; start it and look whether the command took effect.';
  return { event: 'error', sentence, isUsage: false };
}
