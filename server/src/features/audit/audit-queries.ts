import type { TenantTx } from '../../platform/directory/directory.ts';

export interface AuditRow {
  id: string;
  partner_id: string;
  at: Date;
  actor_kind: 'person' | 'operator' | 'system';
  actor_person_id: string | null;
  token_id: string | null;
  customer_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  before: string | null;
  after: string | null;
  tracking_id: string;
}

const insertedAtOnce = 1000;

export async function insertAuditEvents(tx: TenantTx, rows: readonly AuditRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += insertedAtOnce)
    await tx
      .insertInto('audit_event')
      .values(rows.slice(at, at + insertedAtOnce))
      .execute();
}
