// Plain JavaScript for any Node from 18 on: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// 0.4 s: npm forwards the terminal's Ctrl-C to us, who got it ourselves already; nobody presses it twice that fast.
const sameKeyMilliseconds = 400;

/** Runs to its end and collects what it prints. A signal to us ends it, then us. */
export async function runQuietly(program, words, options = {}) {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const endBoth = (signal) => {
    child.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of endings) process.once(signal, endBoth);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  for (const signal of endings) process.off(signal, endBoth);
  return { code, output };
}

/**
 * Runs a program that shares our terminal, and returns its exit code. Ctrl-C reaches it from the terminal itself, and it
 * decides; other signals reach only us and are passed on.
 */
export function runInForeground(program, words, options = {}) {
  const child = spawn(program, words, { ...options, stdio: 'inherit' });
  const passOn = (signal) => {
    if (signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of endings) process.on(signal, passOn);
  return exitCodeOf(child).finally(() => {
    for (const signal of endings) process.off(signal, passOn);
  });
}

/**
 * Runs a program that may stay, in a session of its own, and returns its exit code. The terminal's Ctrl-C then reaches only
 * us: it is passed on once, so that the program shuts down in order, and a second one ends it by force. The program
 * learns of our own end from the closed channel (follow-launcher.mjs).
 */
export function supervise(program, words, options = {}) {
  const child = spawn(program, words, { ...options, detached: true, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  let firstAt;
  const passOn = (signal) => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      // A closed terminal means the same as a request to end; the server knows that one.
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    } else if (signal === 'SIGINT' && now - firstAt > sameKeyMilliseconds) {
      child.kill('SIGKILL');
    }
  };
  for (const signal of endings) process.on(signal, passOn);
  const watch = whenNpmEnds(() => passOn('SIGTERM'));
  return exitCodeOf(child).finally(() => {
    for (const signal of endings) process.off(signal, passOn);
    clearInterval(watch);
  });
}

function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/**
 * npm starts us through a shell, which dies of a SIGTERM to npm without a word to us; so we watch those we were started
 * by. Started otherwise (by hand, nohup, a service manager) the starter may leave: nothing is watched.
 */
function whenNpmEnds(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parents = lineage();
  return setInterval(() => {
    if (lineage() !== parents) stop();
  }, 500);
}

/** Our parent and, where /proc tells it, its parent: the shell and npm, or npm and what started it, which may leave. */
function lineage() {
  const parent = process.ppid;
  const isShell = readOrEmpty(`/proc/${parent}/cmdline`).split('\0')[0]?.endsWith('sh');
  return isShell ? `${parent} ${/\) \S (\d+)/.exec(readOrEmpty(`/proc/${parent}/stat`))?.[1]}` : String(parent);
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
