import { createHash } from 'node:crypto';
import { staysAfterDeletion, staysAfterPerson } from '@hub/contract/deletions';
import type { DeletionRow, RegionRow } from './deletion-queries.ts';

/** Keys in the order of their characters (UTF-16), no white space: the same content is the same bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** What went and what stays, in ids and numbers: no name, number or address of anybody. */
export function receiptOf(
  row: DeletionRow,
  regions: readonly RegionRow[],
  endedAt: Date,
): { receipt: string; sha256: string } {
  const isPerson = row.subject === 'person';
  const receipt = canonical({
    version: 1,
    id: row.id,
    partnerId: row.partner_id,
    asked: {
      what: isPerson ? 'person' : row.takes_record ? 'customer_with_record' : 'customer_data',
      customerId: row.customer_id,
      orgUuid: row.org_uuid,
      byPersonId: row.asked_by,
      at: row.asked_at.toISOString(),
    },
    begunAt: row.begun_at?.toISOString() ?? null,
    endedAt: endedAt.toISOString(),
    regions: regions.map(({ region, found, endedAt: at }) => ({
      region,
      endedAt: at?.toISOString() ?? null,
      feeds: found?.feeds ?? [],
      importFiles: found?.files ?? { removed: [], kept: [] },
    })),
    record: row.record,
    stays: isPerson ? [...staysAfterDeletion, ...staysAfterPerson] : staysAfterDeletion,
  });
  return { receipt, sha256: createHash('sha256').update(receipt).digest('hex') };
}
