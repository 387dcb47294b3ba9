import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { openLog } from '../log.ts';
import { openMail } from './mail.ts';

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A real SMTP server on this machine; what it took stands in `letters`. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<{ port: number; letters: string[] }> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        letters.push(text);
        done();
      });
    },
    ...options,
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.server.address() as AddressInfo).port, letters };
}

const settings = (smtpUrl: string | undefined) => ({
  smtpUrl,
  from: 'Partner Hub <hub@example.net>',
  publicUrl: 'https://hub.example.net',
});
const letter = { to: 'ana@example.net', subject: 'Покана · 초대', text: 'One line.\nAnother, with Ж.' };
const silent = openLog('silent');

test('a letter reaches the server whole', async () => {
  const { port, letters } = await smtpServer();
  const mail = openMail(settings(`smtp://127.0.0.1:${port}`), silent);
  expect(await mail.send(letter)).toBe(true);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatch(/^To: ana@example\.net/m);
  expect(letters[0]).toMatch(/^From: Partner Hub <hub@example\.net>/m);
  mail.close();
});

test('signs in where the address names somebody', async () => {
  let seen: string | undefined;
  const { port, letters } = await smtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      seen = `${username}/${password}`;
      done(null, { user: username });
    },
  });
  const mail = openMail(settings(`smtp://hub:p%40ss@127.0.0.1:${port}`), silent);
  expect(await mail.send(letter)).toBe(true);
  expect([seen, letters.length]).toEqual(['hub/p@ss', 1]);
  mail.close();
});

test('says false, and no more, where the server refuses, is not there or was never named', async () => {
  const { port } = await smtpServer({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such person'), { responseCode: 550 })),
  });
  const refusing = openMail(settings(`smtp://127.0.0.1:${port}`), silent);
  expect(await refusing.send(letter)).toBe(false);
  refusing.close();
  expect(await openMail(settings('smtp://127.0.0.1:1'), silent).send(letter)).toBe(false);
  expect(await openMail(settings(undefined), silent).send(letter)).toBe(false);
});

test('an address cannot smuggle a header or a second recipient in', async () => {
  const { port, letters } = await smtpServer();
  const mail = openMail(settings(`smtp://127.0.0.1:${port}`), silent);
  await mail.send({ ...letter, to: 'ana@example.net\r\nBcc: eve@example.net', subject: 'A\r\nBcc: eve@example.net' });
  expect(letters.join('\n')).not.toMatch(/^Bcc:/m);
  mail.close();
});
