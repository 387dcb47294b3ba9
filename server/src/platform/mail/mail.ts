import { createTransport } from 'nodemailer';
import type { Log } from '../log.ts';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text; a line a paragraph. */
  text: string;
}

/** Sends letters where SMTP is set. */
export interface Mail {
  /** False where SMTP is not set or did not take the letter; why stands in the log, without address or text. */
  send(letter: Letter): Promise<boolean>;
  /** Address of the page in letters, without a slash at its end; undefined where HUB_PUBLIC_URL is not set. */
  publicUrl: string | undefined;
  close(): void;
}

export interface MailSettings {
  /** smtp://user:password@host:587 or smtps://…; undefined: no letters. */
  smtpUrl: string | undefined;
  from: string | undefined;
  publicUrl: string | undefined;
}

const patienceMilliseconds = 10_000; // a person waits for it

export function openMail({ smtpUrl, from, publicUrl }: MailSettings, log: Log): Mail {
  if (smtpUrl === undefined || from === undefined)
    return { send: async () => false, publicUrl, close: () => undefined };
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    // Credentials never travel in the clear, but to this machine itself.
    requireTLS: url.protocol === 'smtp:' && url.username !== '' && !isLoopback(url.hostname),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: patienceMilliseconds,
    greetingTimeout: patienceMilliseconds,
    socketTimeout: patienceMilliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    publicUrl,
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
        return true;
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        log.warn({ code, responseCode }, 'a letter was not taken by the SMTP server');
        return false;
      }
    },
    close: () => transport.close(),
  };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');
