import { CalendarDate } from '@hub/contract/ids';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';

/** The line on which a page ended. */
export interface LinePosition {
  day: string;
  id: string;
}

const Position = z.tuple([CalendarDate, z.uuid()]);

/** Opaque to the page. */
export const cursorOf = ({ day, id }: LinePosition): string =>
  Buffer.from(JSON.stringify([day, id])).toString('base64url');

/** Throws cursor_invalid for whatever cursorOf did not make. */
export function positionOf(cursor: string): LinePosition {
  const read = Position.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success) throw new HubError('cursor_invalid');
  const [day, id] = read.data;
  return { day, id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
