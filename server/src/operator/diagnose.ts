import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { checkMachine, checkStores, checkVault, type Finding, repairStores } from '../features/doctor/index.ts';
import { refuseUnfinishedRestore } from '../features/backup/index.ts';
import { isShared, readConfig } from '../platform/config.ts';
import { openLog } from '../platform/log.ts';
import { readVault } from '../platform/vault/index.ts';
import { measureTo } from '../open-hub.ts';
import { openStores } from '../open-stores.ts';
import { callOperator, reachProduct } from './call-operator.ts';
import { tellFindings } from './doctor-command.ts';
import { exitCodes } from './exit-codes.ts';
import { sentenceOf } from './sentence-of.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** `repairs`: mends first what can be mended. Examines the machine here and the stores wherever they are open; opens them, without migrating, where they are not. */
export async function diagnose({ repairs }: { repairs: boolean }): Promise<number> {
  const config = readConfig(process.env);
  const terminal = openTerminal();
  const machine = tellFindings(
    await checkMachine({ dataDir: isShared(config) ? undefined : config.dataDir, filesDir: config.filesDir }),
    terminal,
  );
  const stores = await examineStores(config, terminal, repairs);
  return machine === 'fine' && stores === 'fine' ? exitCodes.fine : exitCodes.failed;
}

async function examineStores(
  config: ReturnType<typeof readConfig>,
  terminal: Terminal,
  repairs: boolean,
): Promise<'fine' | 'failed'> {
  const socket = isShared(config)
    ? undefined
    : await reachProduct(config.dataDir).catch((error: unknown) => sentenceOf(error));
  if (typeof socket === 'string') return tellFindings([failed(socket)], terminal);
  if (socket !== undefined) {
    const end = await callOperator(
      socket,
      { command: 'doctor', args: { repairs } },
      terminal,
      new AbortController().signal,
    );
    return end.event === 'done' ? end.outcome : tellFindings([failed(end.sentence)], terminal);
  }
  const isNew = !existsSync(config.dataDir) || (await readdir(config.dataDir)).length === 0;
  if (isNew && config.databaseUrl === undefined) return 'fine';
  const log = openLog(config.logLevel);
  try {
    await refuseUnfinishedRestore(config.dataDir);
    const stores = await openStores(config, log, measureTo(log));
    try {
      if (repairs && tellFindings(await repairStores(stores), terminal) === 'failed') return 'failed';
      const vault = await readVault(stores.filesDir, config.secretKey);
      return tellFindings([...(await checkStores(stores)), ...(await checkVault(stores, vault))], terminal);
    } finally {
      await stores.close();
    }
  } catch (error) {
    return tellFindings([failed(sentenceOf(error))], terminal);
  }
}

const failed = (sentence: string): Finding => ({ state: 'fail', sentence });
