import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { validate } from 'dockerfile-utils';
import { root } from './tree.ts';

/** Faults of the container file, by line. */
export function containerFaults(text: string): string[] {
  const faults = (validate(text) as { range: { start: { line: number } }; message: string }[]).map(
    ({ range, message }) => `deploy/Containerfile:${range.start.line + 1}: ${message}`,
  );
  for (const [, source = ''] of text.matchAll(/^COPY (?!--from)(?:--\S+ )*(\S+) /gm))
    if (!existsSync(join(root, source))) faults.push(`deploy/Containerfile: COPY ${source}: there is no such file.`);
  return faults;
}

/** What has broken the example of a proxy before: it must load on every nginx that distributions still ship, and pass the port on. */
export function proxyFaults(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `deploy/nginx.conf:${index + 1}:`;
    if (/^\s*http2\s+on\b/.test(line))
      return [`${at} nginx before 1.25.1 does not know "http2 on" (Debian 12 has 1.22); write "listen 443 ssl http2".`];
    if (/^\s*proxy_set_header\s+(?:X-Forwarded-)?Host\s+\$host\b/.test(line))
      return [`${at} $host drops the port, and every write on another port than 443 is refused; write $http_host.`];
    return [];
  });
}

/** Faults of the service unit, as systemd itself finds them; undefined where this machine has no systemd. */
export function unitFaults(text: string): string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'hub-unit-'));
  try {
    // systemd also looks whether the program and the account exist; they will where it is installed.
    const here = text
      .replaceAll('/opt/partner-hub/node_modules/node/bin/node', process.execPath)
      .replace(/^(User|Group)=.*$/gm, '$1=root');
    const path = join(folder, 'partner-hub.service');
    writeFileSync(path, here);
    const { stderr, error } = spawnSync('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', path], {
      encoding: 'utf8',
    });
    if (error) return undefined;
    return stderr.split('\n').filter((line) => line.includes(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const read = (name: string): string => readFileSync(join(root, 'deploy', name), 'utf8');
  const unit = unitFaults(read('partner-hub.service'));
  if (unit === undefined) console.log('NOTE: there is no systemd-analyze here; the service unit was not looked at.');
  const faults = [...containerFaults(read('Containerfile')), ...proxyFaults(read('nginx.conf')), ...(unit ?? [])];
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
