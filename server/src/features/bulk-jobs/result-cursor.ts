import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import type { ResultPosition } from './bulk-queries.ts';

const Position = z.tuple([
  z.int().min(0).max(1),
  z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
]);

/** Opaque to the page: where it ended, refusals first. */
export function cursorOf({ rank, position }: ResultPosition): string {
  return Buffer.from(JSON.stringify([rank, position])).toString('base64url');
}

/** Throws cursor_invalid for whatever cursorOf did not make. */
export function positionOf(cursor: string): ResultPosition {
  const read = Position.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success) throw new HubError('cursor_invalid');
  const [rank, position] = read.data;
  return { rank, position };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
