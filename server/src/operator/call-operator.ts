import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { operatorSocketPath } from '../platform/data-folder/index.ts';
import { messages, type OperatorEnd, type OperatorReply, type OperatorRequest, send, type Teller } from './protocol.ts';

/** A connection to the product that works in this data folder; undefined where none listens. */
export async function reachProduct(dataDir: string): Promise<Socket | undefined> {
  if (!existsSync(dataDir)) return undefined;
  const socket = connect(operatorSocketPath(dataDir));
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return socket;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
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
