import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Refusal } from './refusal.ts';

/** From standard input, or twice from the terminal without showing it. Never from an argument: those are seen by everybody on the machine. */
export async function askPassword({ fromStdin }: { fromStdin: boolean }): Promise<string> {
  if (fromStdin) {
    const [password = ''] = (await text(process.stdin)).split(/\r?\n/);
    if (password === '') throw new Refusal('Standard input held no password.', { isUsage: true });
    return password;
  }
  if (!process.stdin.isTTY)
    throw new Refusal('There is no terminal to ask for the password; send it with --password-stdin.', {
      isUsage: true,
    });
  const first = await ask('Password: ');
  const second = await ask('The same password again: ');
  if (first !== second) throw new Refusal('The two passwords differ.', { isUsage: true });
  return first;
}

async function ask(prompt: string): Promise<string> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(prompt);
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new Refusal('Interrupted.')));
      lines.once('close', () => reject(new Refusal('The password was not given.')));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
