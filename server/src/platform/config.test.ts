import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const faultsOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('an empty environment is a trial on loopback', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    loadsDemo: true,
    regions: ['us', 'ca', 'eu', 'uae'],
  });
});

test('an empty setting is an absent one', () => {
  const settings = {
    PORT: '',
    HUB_REGIONS: '',
    DATABASE_URL: '',
    HUB_FILES: '',
    HUB_TRUST_PROXY: '',
    HUB_REGION_EU_URL: '',
  };
  expect(readConfig(settings)).toEqual(readConfig({}));
});

test.each([
  ['PORT', '80a', 'PORT: is not a port, a whole number up to 65535'],
  ['PORT', '70000', 'PORT: is not a port, a whole number up to 65535'],
  ['HUB_REGIONS', 'eu,mars', 'HUB_REGIONS: choose from us, ca, eu, uae'],
  ['HUB_NOW', 'yesterday', 'HUB_NOW: is no instant such as 2026-10-01T00:00:00Z'],
  ['HUB_DEMO', 'no', 'HUB_DEMO: write 0 or 1'],
  ['HUB_PUBLIC_URL', 'hub.example.com', 'HUB_PUBLIC_URL: is no address such as https://hub.example.com'],
  ['HUB_TRUST_PROXY', '127.0.0.1,proxy.example.com', 'HUB_TRUST_PROXY: write addresses or networks'],
  ['HUB_TRUST_PROXY', '10.0.0.0/33', 'HUB_TRUST_PROXY: write addresses or networks'],
  ['HUB_TRUST_PROXY', '0.0.0.0/0', 'HUB_TRUST_PROXY: a network of all addresses'],
  ['HUB_TRUST_PROXY', '127.0.0.1,::/0', 'HUB_TRUST_PROXY: a network of all addresses'],
  ['DATABASE_URL', 'postgres://hub:100%@h/x', 'DATABASE_URL: holds a % that begins no escape; write %25'],
  ['HUB_REGION_EU_URL', 'http://hub:a%pw@h:8123', 'HUB_REGION_EU_URL: holds a % that begins no escape; write %25'],
  ['DATABSE_URL', 'postgres://h/x', 'DATABSE_URL: there is no such setting; DATABASE_URL is meant?'],
  ['DATBAASE_URL', 'postgres://h/x', 'DATBAASE_URL: there is no such setting; DATABASE_URL is meant?'],
  ['DATABASE_URI', 'postgres://h/x', 'DATABASE_URI: there is no such setting; DATABASE_URL is meant?'],
  ['HUB_SECRET_KEY', 'c2hvcnQ=', 'HUB_SECRET_KEY: is no key of 32 bytes; make one with: openssl rand -base64 32'],
  ['HUB_CONNECTOR_NETWORKS', '10.0.0.0/33', 'HUB_CONNECTOR_NETWORKS: write addresses or networks'],
  ['HUB_CONNECTOR_NETWORKS', 'loopback', 'HUB_CONNECTOR_NETWORKS: write addresses or networks'],
  ['HUB_ALLOW_HTTP_CONNECTORS', 'yes', 'HUB_ALLOW_HTTP_CONNECTORS: write 0 or 1'],
  ['HUB_METRICS_TOKEN', 'short', 'HUB_METRICS_TOKEN: needs at least 16 characters'],
  ['HUB_REQUESTS_PER_MINUTE', '1', 'HUB_REQUESTS_PER_MINUTE: is not a whole number of at least 60'],
  ['HUB_LOG_LEVEL', 'loud', 'HUB_LOG_LEVEL: choose from debug, info, warn, error, silent'],
  ['HUB_SMTP_URL', 'mail.example.com', 'HUB_SMTP_URL: is no address such as smtp://'],
  ['HUB_REGION_MARS_URL', 'http://h', 'HUB_REGION_MARS_URL: there is no such region'],
  ['HUB_REGON_EU_URL', 'http://h', 'HUB_REGON_EU_URL: there is no such setting; docs/OPERATIONS.md lists them'],
])('%s=%s is refused with its name and how to mend it', (name, value, sentence) => {
  expect(faultsOf({ [name]: value })).toContain(sentence);
});

test('two regions in one database are refused, however its address is written', () => {
  const us = { HUB_REGION_US_URL: 'https://a:secret@ch.example.com/shared' };
  const twin = 'names the same database as HUB_REGION_US_URL; each region needs one of its own';
  expect(faultsOf({ ...us, HUB_REGION_EU_URL: 'https://b:other@CH.example.com:443/shared/' })).toContain(twin);
  expect(faultsOf({ HUB_REGION_US_URL: 'http://h:8123/hub_eu', HUB_REGION_EU_URL: 'http://h:8123' })).toContain(twin);
  const apart = { ...us, HUB_REGION_EU_URL: 'https://a:secret@ch.example.com' };
  expect(readConfig(apart).regionUrls.size).toBe(2);
  expect(faultsOf({ ...us, HUB_REGION_EU_URL: us.HUB_REGION_US_URL })).not.toContain('secret');
});

test('a name like DATABASE_URL is somebody else’s where that is set, and so are names less like it', () => {
  const databaseUrl = 'postgres://a@h/x';
  expect(readConfig({ DATABASE_URL: databaseUrl, DATABASE_URL2: 'x' }).databaseUrl).toBe(databaseUrl);
  expect(readConfig({ DATA_URL: 'x', TEST_DATABASE_URL: 'x', DATABASE: 'x' })).toEqual(readConfig({}));
});

test('a fault never repeats an address, which may hold a password', () => {
  const settings = {
    DATABASE_URL: 'mysql://a:secret@h/x',
    HUB_SMTP_URL: 'http://a:secret@h',
    HUB_REGION_EU_URL: 'ftp://a:secret@h',
  };
  const faults = faultsOf(settings);
  for (const name of Object.keys(settings)) expect(faults).toContain(name);
  expect(faults).not.toContain('secret');
});

test('proxies may be addresses, networks or named networks', () => {
  expect(readConfig({ HUB_TRUST_PROXY: '127.0.0.1, ::1,10.0.0.0/8 ,loopback' }).trustedProxies).toEqual([
    '127.0.0.1',
    '::1',
    '10.0.0.0/8',
    'loopback',
  ]);
});
