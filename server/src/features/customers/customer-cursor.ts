import type { CustomerSort } from '@hub/contract/customers';
import { CustomerId } from '@hub/contract/ids';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { customerOrders, type KeyType, type Position } from './customer-order.ts';

interface Order {
  sort: CustomerSort;
  order: 'asc' | 'desc';
}

/** Opaque to the page: where it ended in which order. */
export function cursorOf({ sort, order }: Order, { keys, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, order, id, ...keys])).toString('base64url');
}

const Written: Record<KeyType, z.ZodType<string>> = {
  int: z.string().regex(/^-?\d{1,9}$/),
  // PostgreSQL's text knows no NUL.
  text: z.string().refine((text) => !text.includes('\0')),
  date: z.union([z.literal('infinity'), z.iso.date()]),
  instant: z.iso.datetime({ precision: 6 }),
};

/** Throws cursor_invalid for whatever cursorOf did not make for this order. */
export function positionOf({ sort, order }: Order, cursor: string): Position {
  const { keys, mayLack } = customerOrders[sort];
  const read = z
    .array(z.unknown())
    .length(3 + keys.length)
    .safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  const [ofSort, ofOrder, ofId, ...ofKeys] = read.data ?? [];
  const id = CustomerId.safeParse(ofId).data;
  const values = keys.map(
    ({ type }, at) => (mayLack === true ? Written[type].nullable() : Written[type]).safeParse(ofKeys[at]).data,
  );
  const isWhole = values.every((value) => value !== undefined);
  if (ofSort !== sort || ofOrder !== order || id === undefined || !isWhole) throw new HubError('cursor_invalid');
  return { keys: values, id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
