// Loaded into the server before its own code (node --import). The channel to the launcher closes when the launcher ends,
// however it ends; then the server shuts down as on SIGTERM instead of staying behind.
import { isMainThread } from 'node:worker_threads';

// 20 s: more than an orderly shutdown with its database takes.
const patienceMilliseconds = 20_000;

// Workers and forked processes inherit the option, not the launcher.
if (isMainThread && process.env.HUB_LAUNCHER === String(process.ppid) && process.channel) {
  delete process.env.HUB_LAUNCHER;
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMilliseconds).unref();
  });
  process.channel.unref();
}
