import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { HubError } from '../hub-error.ts';

export const isForm = (contentType: string): boolean => /^\s*multipart\/form-data\b/i.test(contentType);

export interface FormFile {
  /** As the form says, without folders. */
  fileName: string | undefined;
  content: Readable;
  /** Settles when the form has ended behind the file: only then it is known to be whole, and the only one. */
  ended: Promise<void>;
}

// Fields beside the file are passed over.
const limits = { fields: 100, fieldSize: 100_000, parts: 110, headerPairs: 100 };

/** The one file of a multipart form; the content must be read to the end. Throws invalid_request for a form with none or several. */
export async function readFormFile(body: Readable, contentType: string): Promise<FormFile> {
  const form = openForm(contentType);
  const found = Promise.withResolvers<FormFile>();
  let first: BusboyFileStream | undefined;
  let fault: HubError | undefined;
  const reading = pipeline(body, form);
  const ended = reading.then(
    () => {
      if (fault !== undefined) throw fault;
    },
    (cause: Error) => {
      first?.destroy(cause);
      throw body.readableAborted || body.errored !== null ? cause : broken(cause);
    },
  );
  ended.catch(() => undefined); // told to whoever waits for it
  // Both go on telling after somebody has heard it, and what nobody hears ends the process.
  form.on('error', () => undefined);
  form.on('file', (_field, content, fileName) => {
    content.on('error', () => undefined);
    if (first === undefined) {
      first = content;
      // Browsers write the one character that would end the name so.
      found.resolve({ fileName: fileName?.replaceAll('%22', '"'), content, ended });
      return;
    }
    fault = new HubError('invalid_request', { issues: 'body: the form holds more than one file; send each by itself' });
    content.resume();
  });
  reading.then(
    () => found.reject(new HubError('invalid_request', { issues: 'body: the form holds no file' })),
    (cause: unknown) => found.reject(broken(cause)),
  );
  return found.promise;
}

function openForm(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch (cause) {
    throw broken(cause);
  }
}

const broken = (cause: unknown): HubError =>
  new HubError('invalid_request', { issues: 'body: the form is broken or was cut off' }, { cause });
