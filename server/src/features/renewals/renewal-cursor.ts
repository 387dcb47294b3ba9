import type { RenewalSort } from '@hub/contract/renewals';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import type { RenewalPlace } from './renewal-queries.ts';

/** An order; a cursor of another one is none. */
interface Ordering {
  sort: RenewalSort;
  order: 'asc' | 'desc';
}

// PostgreSQL takes no NUL in a text.
const Cursor = z.tuple([z.string(), z.boolean(), z.string().regex(/^[^\0]*$/), z.uuid()]);

/** Opaque to the page. */
export const cursorOf = ({ sort, order }: Ordering, { isLast, value, id }: RenewalPlace): string =>
  Buffer.from(JSON.stringify([`${sort} ${order}`, isLast, value, id])).toString('base64url');

/** Throws cursor_invalid for whatever cursorOf did not make of this order. */
export function placeOf({ sort, order }: Ordering, cursor: string): RenewalPlace {
  const read = Cursor.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success || read.data[0] !== `${sort} ${order}`) throw new HubError('cursor_invalid');
  const [, isLast, value, id] = read.data;
  return { isLast, value, id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
