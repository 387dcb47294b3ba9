import { CustomerId } from '@hub/contract/ids';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';

const Position = z.tuple([z.string(), CustomerId]);

/** Opaque to the page: where it ended in the order of name and id. */
export function cursorOf({ name, id }: { name: string; id: CustomerId }): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

/** Throws cursor_invalid for whatever cursorOf did not make. */
export function positionOf(cursor: string): { name: string; id: CustomerId } {
  const read = Position.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  // PostgreSQL's text knows no NUL.
  if (!read.success || read.data[0].includes('\0')) throw new HubError('cursor_invalid');
  const [name, id] = read.data;
  return { name, id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
