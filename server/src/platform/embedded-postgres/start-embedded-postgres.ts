import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binDir } from './binaries.ts';
import { ensureCluster, superuser } from './cluster.ts';
import { clusterFolder } from './layout.ts';
import { type Placement, place } from './placement.ts';
import { ServerProcess } from './server-process.ts';
import { port, socketDirFor } from './socket-dir.ts';
import { stopStalePostmaster } from './stale-postmaster.ts';

export interface RunningPostgres {
  socketDir: string;
  port: number;
  superuser: { user: string; password: string };
  pid: number;
  location: {
    dataDir: string;
    binDir: string;
    /** A sentence for the operator where something lies elsewhere than asked. */
    movedBecause: string | null;
  };
  /** Ends all sessions, writes everything, waits. May be called again. */
  stop(): Promise<void>;
  /** Called when it ends without stop(). */
  onExit(listener: (reason: string) => void): void;
}

interface Options {
  /** PostgreSQL's own folder, usually one inside the data folder, which the caller holds (openDataFolder). */
  dataDir: string;
  log: (line: string) => void;
  settings?: Record<string, string>;
}

/**
 * Starts PostgreSQL on this folder, created on the first start. It listens on a unix socket only and ends with this
 * process, however that ends. Throws one sentence that says what to do.
 */
export async function startEmbeddedPostgres({ dataDir, log, settings = {} }: Options): Promise<RunningPostgres> {
  await stopStalePostmaster(join(dataDir, clusterFolder), log);
  const placement = place(dataDir);
  await stopStalePostmaster(join(placement.home, clusterFolder), log);
  const cluster = await ensureCluster(placement);
  const socketDir = socketDirFor(placement);
  const server = await startServer(
    placement,
    cluster.dir,
    { ...defaultSettings, unix_socket_directories: socketDir, ...settings },
    log,
  );
  return {
    socketDir,
    port,
    superuser: { user: superuser, password: cluster.password },
    pid: server.pid,
    location: { dataDir: placement.home, binDir: binDir(placement.binaries), movedBecause: placement.movedBecause },
    stop: () => server.stop(),
    onExit: (listener) => server.onExit(listener),
  };
}

async function startServer(
  placement: Placement,
  cluster: string,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const server = new ServerProcess(placement, cluster, settings, log);
    try {
      await server.ready(cluster);
      return server;
    } catch (error) {
      // The sessions of a postmaster that was killed need a moment to notice it.
      if (attempt === 10 || !/pre-existing shared memory block/.test((error as Error).message)) throw error;
      await sleep(500);
    }
  }
}

const defaultSettings: Record<string, string> = {
  listen_addresses: '',
  port: String(port),
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  max_wal_size: '512MB', // a small machine's disk; the default keeps up to 1 GB
  jit: 'off', // costs more than it brings on queries of milliseconds
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '',
  log_checkpoints: 'off',
  password_encryption: 'scram-sha-256',
};
