import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holesIn } from './audit.ts';
import { containerFaults, proxyFaults, unitFaults } from './deploy.ts';
import { root } from './tree.ts';

test('a fault in a container file is told with its line', () => {
  expect(containerFaults('FROM node:24\nRUNN npm ci\n')).toEqual([expect.stringMatching(/Containerfile:2: .*RUNN/)]);
  expect(containerFaults('FROM node:24\nCOPY nowhere.txt /\n')).toEqual([expect.stringContaining('nowhere.txt')]);
  expect(containerFaults('FROM node:24\nCOPY package.json /\n')).toEqual([]);
});

test('a fault in a service unit is told, where systemd can be asked', () => {
  const unit = (line: string): string => `[Unit]\nDescription=x\n[Service]\n${line}\n`;
  const good = unitFaults(unit(`ExecStart=${process.execPath} --version`));
  if (good === undefined) return; // the check itself says so
  expect(good).toEqual([]);
  expect(unitFaults(unit(`ExecStart=${process.execPath} --version\nProtektHome=yes`))).toEqual([
    expect.stringContaining('ProtektHome'),
  ]);
});

test('a proxy that an older nginx does not load, or that drops the port, is told with its line', () => {
  expect(proxyFaults('server {\n  listen 443 ssl;\n  http2 on;\n}')).toEqual([
    expect.stringContaining('nginx.conf:3:'),
  ]);
  expect(proxyFaults('proxy_set_header Host $host;\nproxy_set_header X-Forwarded-Host $host;')).toHaveLength(2);
  expect(proxyFaults(readFileSync(join(root, 'deploy/nginx.conf'), 'utf8'))).toEqual([]);
});

test('a package with a known hole is told; a registry that knows nothing is no clean bill', () => {
  const found = { name: 'left', severity: 'high', range: '<1', fixAvailable: false };
  expect(holesIn({ vulnerabilities: { left: found, right: { ...found, severity: 'low' } } })).toHaveLength(1);
  expect(holesIn({ vulnerabilities: {} })).toEqual([]);
  expect(holesIn({ message: '405' })).toBeUndefined();
});
