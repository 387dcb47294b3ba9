import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { type Demo, startDemo } from './features/demo/index.ts';
import { listPartners } from './features/sessions/index.ts';
import { type FolderWatch, requireWatchFolder, startFolderWatch } from './features/watched-folder/index.ts';
import { type Hub, openHub } from './open-hub.ts';
import { sentenceOf } from './operator/sentence-of.ts';
import { serveOperator } from './operator/serve-operator.ts';
import { type Config, missingForSharing, readConfig } from './platform/config.ts';
import { newTrackingId } from './platform/http/index.ts';
import { type Log, openLog } from './platform/log.ts';

// 10 s: what service managers and containers give before they kill.
const shutdownMilliseconds = 10_000;
// 2 s: answers and commands on their way out, and the demo's file in hand; whatever is cut off is asked for or made again.
const lettingGoMilliseconds = 2000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** `start` is both in one process; apart, any number of each may run where everything lies on servers. */
type Part = 'start' | 'web' | 'worker';

interface Running {
  hub: Hub;
  app?: Awaited<ReturnType<typeof buildApp>>;
  operator?: Awaited<ReturnType<typeof serveOperator>>;
  demo?: Demo;
  watch?: FolderWatch;
}

async function start(part: Part, config: Config, log: Log, end: (code: number) => void): Promise<Running> {
  const began = performance.now();
  if (part !== 'start') requireShared(part, config);
  const watched = part === 'web' || config.watchFolder === undefined ? undefined : await watchFolderOf(config);
  const hub = await openHub(config, { log, runsImports: part !== 'web', runsConnectors: part !== 'web' });
  const opened: (() => Promise<unknown>)[] = [() => hub.close()];
  try {
    hub.stores.onLoss((reason) => {
      log.fatal({ reason }, 'PostgreSQL ended');
      say(`${reason}. Partner Hub cannot work without its database and ends; start it again.`);
      end(1);
    });
    const watch = watched === undefined ? undefined : startFolderWatch(hub.installation, watched);
    if (watch) opened.unshift(() => watch.stop());
    if (part === 'worker') {
      log.info({ milliseconds: Math.round(performance.now() - began) }, 'working');
      say(['', 'A worker of Partner Hub is running.', ...awayLines(hub), '', 'Ctrl-C stops it.', ''].join('\n'));
      return { hub, ...(watch ? { watch } : {}) };
    }
    const demo =
      part === 'start'
        ? await startDemo(hub.installation, { isWanted: config.loadsDemo, wakeImports: () => hub.runner?.wake() })
        : undefined;
    if (demo) opened.unshift(() => demo.stop());
    const app = await buildApp(hub.installation, {
      trustedProxies: config.trustedProxies,
      limits: { perCaller: config.requestsPerMinute, perAddress: 5 * config.requestsPerMinute },
      ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
    });
    const address = await listen(app, config);
    opened.unshift(() => app.close());
    hub.address = address;
    await hub.stores.note(address);
    // Commands work on the servers themselves where everything lies there.
    const operator = hub.stores.isShared ? undefined : await serveOperator(hub);
    log.info({ address, milliseconds: Math.round(performance.now() - began) }, 'listening');
    await greet(hub, demo, address);
    return {
      hub,
      app,
      ...(operator ? { operator } : {}),
      ...(demo ? { demo } : {}),
      ...(watch ? { watch } : {}),
    };
  } catch (error) {
    for (const close of opened) await close();
    throw error;
  }
}

const watchFolderOf = ({ watchFolder = '', dataDir, filesDir }: Config): Promise<string> =>
  requireWatchFolder(watchFolder, [dataDir, ...(filesDir === undefined ? [] : [filesDir])]);

function requireShared(part: Part, config: Config): void {
  const missing = missingForSharing(config);
  if (missing.length === 0) return;
  throw new Error(
    `"${part}" runs apart only where everything lies on servers. Not set: ${missing.join(', ')}. Set ${missing.length === 1 ? 'it' : 'them'}, or use "start", which is both in one process.`,
  );
}

const awayLines = ({ stores }: Hub): string[] => {
  const away = stores.away();
  if (away.length === 0) return [];
  const names = away.map(({ region }) => region).join(', ');
  const reasons = away.map(({ region, reason }) => `  ${region}: ${reason}`);
  return ['', `These regions do not answer: ${names}. They are asked again until they do.`, ...reasons];
};

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new Error(listenFault(error as NodeJS.ErrnoException, host, port));
  }
  const { port: taken } = app.server.address() as AddressInfo;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${taken}`;
}

function listenFault({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: stop that one, or choose another port, such as PORT=${port + 1} npm start.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this account: choose one above 1023, such as PORT=3000 npm start.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}: correct HOST, such as HOST=127.0.0.1.`;
  return `Partner Hub could not listen on ${host}:${port} (${message}): choose others with HOST and PORT.`;
}

async function greet(hub: Hub, demo: Demo | undefined, address: string): Promise<void> {
  const { installation, stores } = hub;
  const lines = ['', 'Partner Hub is running.', '', `  Open       ${address}`];
  const partners = await listPartners({ ...installation, trackingId: newTrackingId() });
  if (demo?.signIn !== undefined) {
    lines.push(`  E-mail     ${demo.signIn.email}`, `  Password   ${demo.signIn.password}`, '');
    lines.push(
      demo.isLoading
        ? 'It holds an invented partner. Its call records are being imported, the latest weeks first; watch them on the Imports page.'
        : 'It holds an invented partner.',
    );
    lines.push(
      'To start empty: Settings → Remove demo data and start empty, or HUB_DEMO=0 with a new data folder (HUB_DATA_DIR).',
    );
  } else if (partners.length === 0) {
    lines.push('', `Open ${address} to create the first administrator.`);
  }
  if (stores.movedBecause !== null) lines.push('', stores.movedBecause);
  lines.push(...awayLines(hub));
  const where = stores.isShared ? `The files are in ${stores.filesDir}` : `The data is in ${stores.dataDir}`;
  lines.push('', `${where}. Ctrl-C stops Partner Hub.`, '');
  say(lines.join('\n'));
}

async function stop({ hub, app, operator, demo, watch }: Running): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, lettingGoMilliseconds).unref());
  await Promise.race([Promise.all([app?.close(), operator?.close(), demo?.stop(), watch?.stop()]), patience]);
  await hub.close();
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  const state: { running?: Running } = {};
  let isEnding = false;
  let wantedCode: number | undefined;

  const end = (code: number): void => {
    // An engine that does not let go is left to the kernel; both stores survive that.
    if (wantedCode === undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), shutdownMilliseconds).unref();
    wantedCode ??= code;
    if (state.running === undefined || isEnding) return; // still starting: ended as soon as that is through
    isEnding = true;
    stop(state.running).then(
      () => process.exit(code),
      (error: unknown) => {
        log.fatal({ err: error }, 'the shutdown failed');
        process.exit(1);
      },
    );
  };
  // Whoever read our sentences may be gone before us.
  process.stdout.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (wantedCode === undefined) say('Partner Hub is ending.');
      end(0);
    });
  }
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      log.fatal({ err: error }, kind);
      if (wantedCode === undefined)
        say('Something failed that Partner Hub was not prepared for; it ends, and the log tells what. Start it again.');
      end(1);
    });
  }

  const [, , word] = process.argv;
  const part = word === 'web' || word === 'worker' ? word : 'start';
  state.running = await start(part, config, log, end);
  if (wantedCode !== undefined) end(wantedCode);
}

try {
  await main();
} catch (error) {
  say(sentenceOf(error));
  process.exit(1);
}
