import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import type { OutboundRules } from './outbound/index.ts';
import { keyOf } from './vault/index.ts';

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Whether account, password and path can be read: in an address a bare % begins nothing. */
function isEscaped(text: string): boolean {
  const url = URL.parse(text);
  try {
    for (const part of [url?.username, url?.password, url?.pathname]) decodeURIComponent(part ?? '');
    return true;
  } catch {
    return false;
  }
}
const escapeHint = 'holds a % that begins no escape; write %25 for a % of a password';

const Environment = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: wholeNumber('a port, a whole number up to 65535', 0, 65535).default(3000),
    HUB_DATA_DIR: z.string().default('data'),
    HUB_REGIONS: z
      .string()
      .default('us,ca,eu,uae')
      .transform((list) => list.split(',').map((code) => code.trim()))
      .pipe(z.array(z.enum(RegionCode.options, `choose from ${RegionCode.options.join(', ')}, separated by commas`))),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'is no address such as postgres://account@host:5432/hub' })
      .refine(isEscaped, escapeHint)
      .optional(),
    HUB_APP_PASSWORD: z.string().min(8, 'needs at least 8 characters').optional(),
    HUB_FILES: z.string().optional(),
    HUB_WATCH_FOLDER: z.string().optional(),
    // With a database elsewhere this is no trial any more, and nobody wants invented customers in it.
    HUB_DEMO: z.enum(['0', '1'], 'write 0 or 1').optional(),
    HUB_NOW: z.iso.datetime({ offset: true, error: 'is no instant such as 2026-10-01T00:00:00Z' }).optional(),
    HUB_SECRET_KEY: z
      .string()
      .transform((text, context) => {
        const key = keyOf(text);
        if (key === undefined)
          context.addIssue({
            code: 'custom',
            message: 'is no key of 32 bytes; make one with: openssl rand -base64 32',
          });
        return key;
      })
      .optional(),
    HUB_ALLOW_HTTP_CONNECTORS: z.enum(['0', '1'], 'write 0 or 1').default('0'),
    HUB_CONNECTOR_NETWORKS: networks().refine(
      (list) => list.every((network) => isAddressOrNetwork(network) && !networkNames.includes(network)),
      'write addresses or networks such as 10.0.0.0/8, separated by commas',
    ),
    HUB_TRUST_PROXY: networks()
      .refine(
        (list) => list.every(isAddressOrNetwork),
        'write addresses or networks such as 127.0.0.1 or 10.0.0.0/8, separated by commas',
      )
      .refine(
        (list) => !list.some((network) => /\/0+$/.test(network)),
        'a network of all addresses would believe everybody; write those of the proxy alone',
      ),
    HUB_PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'is no address such as https://hub.example.com' })
      .refine((url) => !/[?#]/.test(url), 'may hold no ? and no #')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    HUB_SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'is no address such as smtp://account:password@host:587' })
      .optional(),
    HUB_MAIL_FROM: z
      .string()
      .regex(/^[^@]+@[^@\s]+$/, 'is no sender such as hub@example.com')
      .optional(),
    HUB_METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
    HUB_REQUESTS_PER_MINUTE: wholeNumber('a whole number of at least 60', 60, 1_000_000).default(1200),
    HUB_LOG_LEVEL: z.enum(logLevels, `choose from ${logLevels.join(', ')}`).default('warn'),
  })
  .superRefine((value, context) => {
    if (value.HUB_SMTP_URL === undefined) return;
    // A letter without a sender is refused, and one with a link to nowhere helps nobody.
    for (const name of ['HUB_MAIL_FROM', 'HUB_PUBLIC_URL'] as const)
      if (value[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed where HUB_SMTP_URL is set' });
  });

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  /** A PostgreSQL of one's own, with the account that owns the tables. Absent: the embedded one. */
  databaseUrl: string | undefined;
  /** Of the role that requests run as. Absent: made up, and kept beside the data. */
  applicationPassword: string | undefined;
  /** Regions whose store is on a server, with account and password. The others are embedded. */
  regionUrls: ReadonlyMap<RegionCode, string>;
  /** The folder for spool files, shared by all processes. Absent: the data folder. */
  filesDir: string | undefined;
  /** Where files are put to be imported, by partner and region; checked when it is watched. */
  watchFolder: string | undefined;
  regions: RegionCode[];
  loadsDemo: boolean;
  now: string | undefined;
  /** Addresses or networks (CIDR) of the TLS proxies whose X-Forwarded headers are believed. */
  trustedProxies: string[];
  /** Where people reach the page, for links in letters. */
  publicUrl: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  metricsToken: string | undefined;
  /** Seals the credentials of connectors. Absent: a key file in the folder for files. */
  secretKey: Buffer | undefined;
  /** Whom connectors may ask. */
  outbound: OutboundRules;
  /** Of one session or token; one address may make five times as many. */
  requestsPerMinute: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/**
 * Reads the environment. Every fault is named at once, each with the variable's name and never its value. An empty variable is an absent one,
 * as lists of settings for services and containers write them.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(set);
  const faults = (read.error?.issues ?? []).map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  faults.push(
    ...unknownVariables(set).map((name) => `${name}: there is no such setting; docs/OPERATIONS.md lists them`),
    ...mistypedDatabaseUrls(set).map((name) => `${name}: there is no such setting; DATABASE_URL is meant?`),
  );
  const regionUrls = readRegionUrls(set, read.data?.HUB_REGIONS, faults);
  if (!read.success || faults.length > 0) throw new Error(`The configuration is not valid.\n  ${faults.join('\n  ')}`);
  const value = read.data;
  return {
    host: value.HOST,
    port: value.PORT,
    dataDir: resolve(value.HUB_DATA_DIR),
    regions: [...new Set(value.HUB_REGIONS)],
    databaseUrl: value.DATABASE_URL,
    applicationPassword: value.HUB_APP_PASSWORD,
    regionUrls,
    filesDir: value.HUB_FILES === undefined ? undefined : resolve(value.HUB_FILES),
    watchFolder: value.HUB_WATCH_FOLDER === undefined ? undefined : resolve(value.HUB_WATCH_FOLDER),
    loadsDemo: (value.HUB_DEMO ?? (value.DATABASE_URL === undefined ? '1' : '0')) === '1',
    now: value.HUB_NOW,
    trustedProxies: value.HUB_TRUST_PROXY,
    publicUrl: value.HUB_PUBLIC_URL,
    smtpUrl: value.HUB_SMTP_URL,
    mailFrom: value.HUB_MAIL_FROM,
    metricsToken: value.HUB_METRICS_TOKEN,
    secretKey: value.HUB_SECRET_KEY,
    outbound: {
      allowsLoopbackHttp: value.HUB_ALLOW_HTTP_CONNECTORS === '1',
      networks: value.HUB_CONNECTOR_NETWORKS,
    },
    requestsPerMinute: value.HUB_REQUESTS_PER_MINUTE,
    logLevel: value.HUB_LOG_LEVEL,
  };
}

/** A mistyped setting would else be a silent default. */
function unknownVariables(set: NodeJS.ProcessEnv): string[] {
  return Object.keys(set).filter(
    (name) =>
      name.startsWith('HUB_') &&
      !(name in Environment.shape) &&
      !regionVariable.test(name) &&
      !toolVariables.test(name),
  );
}

/** The one setting without our prefix whose absence would quietly begin another installation. Where it is set, a like name is somebody else's. */
function mistypedDatabaseUrls(set: NodeJS.ProcessEnv): string[] {
  if (set['DATABASE_URL'] !== undefined) return [];
  return Object.keys(set).filter((name) => lettersBetween(name.toUpperCase(), 'DATABASE_URL') <= 2);
}

/** How many letters must be put in, left out, replaced or swapped with their neighbour to come from one word to the other. */
function lettersBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}

/** Of the launcher and of the tests, whose environment the product inherits. */
const toolVariables = /^HUB_(TEST|FUZZ)_|^HUB_(ADDRESS|LAUNCHER|SCREENSHOTS)$/;

const regionVariable = /^HUB_REGION_([A-Z]+)_URL$/;
export const variableOfRegion = (region: RegionCode): string => `HUB_REGION_${region.toUpperCase()}_URL`;
const databaseName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** The addresses hold passwords: a fault names the variable and never its value. */
function readRegionUrls(
  environment: NodeJS.ProcessEnv,
  served: readonly RegionCode[] | undefined,
  faults: string[],
): Map<RegionCode, string> {
  const urls = new Map<RegionCode, string>();
  for (const [name, text] of Object.entries(environment)) {
    const code = regionVariable.exec(name)?.[1]?.toLowerCase();
    if (code === undefined || text === undefined) continue;
    const region = RegionCode.safeParse(code);
    if (!region.success) {
      faults.push(`${name}: there is no such region; they are ${RegionCode.options.join(', ')}`);
      continue;
    }
    if (served && !served.includes(region.data))
      faults.push(`${name}: HUB_REGIONS leaves this region out; add it there, or take this away`);
    const fault = regionUrlFault(text);
    const twin = [...urls].find(([code, url]) => databaseAt(code, url) === databaseAt(region.data, text))?.[0];
    if (fault === undefined && twin === undefined) urls.set(region.data, text);
    else if (fault !== undefined) faults.push(`${name}: ${fault}`);
    else if (twin !== undefined)
      faults.push(`${name}: names the same database as ${variableOfRegion(twin)}; each region needs one of its own`);
  }
  return urls;
}

/** Server and database of an address, whoever asks. Another name of the same server is found out by what the store says of itself (own-store.ts). */
function databaseAt(region: RegionCode, text: string): string | undefined {
  const url = URL.parse(text);
  return url ? `${url.host}/${url.pathname.replaceAll('/', '') || `hub_${region}`}` : undefined;
}

function regionUrlFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return 'is no address such as https://account:password@host:8443/ of ClickHouse’s HTTP interface';
  if (!isEscaped(text)) return escapeHint;
  const path = url.pathname.replaceAll('/', '');
  if (path !== '' && !databaseName.test(path)) return 'the path may only name a database, of letters, digits and _';
  if (url.search !== '' || url.hash !== '') return 'nothing may follow the path';
  return undefined;
}

function wholeNumber(words: string, minimum: number, maximum: number): z.ZodType<number, string> {
  return z
    .string()
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN))
    .refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, `is not ${words}`);
}

/** A list, separated by commas. */
function networks() {
  return z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((address) => address.trim())
        .filter((address) => address !== ''),
    );
}

const networkNames = ['loopback', 'linklocal', 'uniquelocal']; // that the HTTP server knows

function isAddressOrNetwork(text: string): boolean {
  if (networkNames.includes(text)) return true;
  const [address = '', bits] = text.split('/');
  if (isIP(address) === 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return /^\d+$/.test(bits);
  } catch {
    return false;
  }
}

/** Whether everything lies on servers, so that any number of processes may work on it. */
export const isShared = (config: Config): boolean => missingForSharing(config).length === 0;

/** The variables that keep web and worker from running apart. */
export function missingForSharing(config: Config): string[] {
  return [
    ...(config.databaseUrl === undefined ? ['DATABASE_URL'] : []),
    ...config.regions.filter((region) => !config.regionUrls.has(region)).map(variableOfRegion),
    ...(config.filesDir === undefined ? ['HUB_FILES'] : []),
  ];
}
