import { resolve } from 'node:path';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HUB_DATA_DIR: z.string().min(1).default('data'),
  HUB_REGIONS: z
    .string()
    .default('us,ca,eu,uae')
    .transform((list) => list.split(',').map((code) => code.trim()))
    .pipe(z.array(RegionCode).min(1)),
  HUB_DEMO: z.enum(['0', '1']).default('1'),
  HUB_NOW: z.iso.datetime({ offset: true }).optional(),
  HUB_TRUST_PROXY: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((address) => address.trim())
        .filter((address) => address !== ''),
    ),
  HUB_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  regions: RegionCode[];
  loadsDemo: boolean;
  now: string | undefined;
  /** Addresses or networks (CIDR) of the TLS proxies whose X-Forwarded headers are believed. */
  trustedProxies: string[];
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Reads the environment. Every fault is named at once, each with the variable's name. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not valid.\n  ${faults.join('\n  ')}`);
  }
  const value = read.data;
  return {
    host: value.HOST,
    port: value.PORT,
    dataDir: resolve(value.HUB_DATA_DIR),
    regions: [...new Set(value.HUB_REGIONS)],
    loadsDemo: value.HUB_DEMO === '1',
    now: value.HUB_NOW,
    trustedProxies: value.HUB_TRUST_PROXY,
    logLevel: value.HUB_LOG_LEVEL,
  };
}
