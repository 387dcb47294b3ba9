import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { operatorSocketPath } from '../platform/data-folder/index.ts';
import type { Hub } from '../open-hub.ts';
import { runCommand } from './run-command.ts';
import { messages, type OperatorRequest, send } from './protocol.ts';

export interface OperatorSocket {
  /** Refuses new commands, stops those that run, and waits for them. */
  close(): Promise<void>;
}

/** Lets commands on this machine work through the running product. The caller holds the data folder, so a socket found there is a dead one. */
export async function serveOperator(hub: Hub): Promise<OperatorSocket> {
  const path = operatorSocketPath(hub.stores.dataDir);
  rmSync(path, { force: true });
  const open = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    const ended = answer(hub, socket).finally(() => open.delete(socket));
    open.set(socket, ended);
  });

  // The socket is born private: bind happens inside listen().
  const mask = process.umask(0o177);
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  process.umask(mask);
  await listening;
  chmodSync(path, 0o600);

  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      const running = [...open.values()];
      for (const socket of open.keys()) socket.destroy();
      await Promise.allSettled(running);
      await closed;
    },
  };
}

async function answer(hub: Hub, socket: Socket): Promise<void> {
  const gone = new AbortController();
  socket.on('error', () => undefined); // a client that goes away is told by close
  socket.once('close', () => gone.abort());
  try {
    const { value: request } = await messages(socket).next();
    if (request === undefined) return;
    const { command, args } = request as OperatorRequest;
    const reply = await runCommand({ hub, command, args, signal: gone.signal, tell: tellerOf(socket) });
    await send(socket, reply);
    socket.end();
  } catch (error) {
    hub.installation.log.warn({ err: error }, 'operator socket');
    socket.destroy();
  }
}

function tellerOf(socket: Socket): Parameters<typeof runCommand>[0]['tell'] {
  return {
    line: (text) => void send(socket, { event: 'line', text }),
    progress: (text) => void send(socket, { event: 'progress', text }),
    data: (chunk) => send(socket, { event: 'data', chunk: chunk.toString('base64') }),
  };
}
