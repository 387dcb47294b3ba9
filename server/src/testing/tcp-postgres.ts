import { type AddressInfo, createServer } from 'node:net';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const tcpSettings = (port: number): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
});

/** A PostgreSQL as an operator would run one: reached by an address with a password. */
export async function startTcpPostgres(
  dataDir: string,
): Promise<{ url(database: string): string; stop(): Promise<void> }> {
  const port = await freePort();
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: tcpSettings(port),
  });
  const account = `${encodeURIComponent(postgres.superuser.user)}:${encodeURIComponent(postgres.superuser.password)}`;
  return { url: (database) => `postgres://${account}@127.0.0.1:${port}/${database}`, stop: () => postgres.stop() };
}
