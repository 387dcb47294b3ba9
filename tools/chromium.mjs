// Plain JavaScript, as everything that runs before the pinned Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Refusal, step } from './prepare.mjs';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
const macPrograms = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The browser for the tests. Installed where we are root on a system with apt; otherwise a sentence tells what to do. */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (runs(given)) return given;
    throw new Refusal(`CHROMIUM_PATH names ${given}, which does not run; correct it or unset it.`);
  }
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const quietly = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
    await step('Reading the list of system packages', 'apt-get', ['update'], quietly);
    await step('Installing Chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quietly);
  }
  const installed = find();
  if (installed) return installed;
  throw new Refusal(
    'The browser tests need Chromium or Chrome: install one (apt-get install chromium, dnf install chromium, brew install --cask google-chrome) or set CHROMIUM_PATH.',
  );
}

function find() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...macPrograms];
  return candidates.find((path) => existsSync(path) && runs(path));
}

/** Ubuntu's chromium-browser outside of snap is a script that only tells to install the snap. */
function runs(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}
