import { OrgUuid } from '@hub/contract/ids';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';

/** One organization's held rows in one region. */
export interface Held {
  region: RegionCode;
  orgUuid: string;
  rows: number;
}

const Position = z.tuple([z.int().min(0), RegionCode, OrgUuid]);

/** Most rows first; then any order that stays. */
export function inOrder(a: Held, b: Held): number {
  if (a.rows !== b.rows) return b.rows - a.rows;
  const [left, right] = [`${a.region}${a.orgUuid}`, `${b.region}${b.orgUuid}`];
  return left < right ? -1 : Number(left > right);
}

/** Opaque to the page: where it ended in that order. */
export function cursorOf({ rows, region, orgUuid }: Held): string {
  return Buffer.from(JSON.stringify([rows, region, orgUuid])).toString('base64url');
}

/** Throws cursor_invalid for whatever cursorOf did not make. */
export function positionOf(cursor: string): Held {
  const read = Position.safeParse(parsed(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success) throw new HubError('cursor_invalid');
  const [rows, region, orgUuid] = read.data;
  return { rows, region, orgUuid };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
