import type { StatusReason } from '@hub/contract/customer-statuses';
import type { CustomerRow } from '@hub/contract/customers';
import { type CtxActor, seesCalling, seesContracts, withoutPhones } from '../access/index.ts';

/** Rows as the actor may have them. */
export function toldRows(actor: CtxActor, rows: CustomerRow[]): CustomerRow[] {
  const phoneless = withoutPhones(actor, rows);
  const told = seesCalling(actor) ? phoneless : phoneless.map((row) => ({ ...row, anomalies: null }));
  return seesContracts(actor) ? told : told.map(withoutContracts);
}

const withoutContracts = (row: CustomerRow): CustomerRow => ({
  ...row,
  licenses: null,
  next: row.next && { ...row.next, reference: null },
  statuses: row.statuses.map((entry) => ({ ...entry, reasons: entry.reasons.map(withoutNumbers) })),
  failedSetup: row.failedSetup && {
    ...row.failedSetup,
    reasons: row.failedSetup.reasons.map((reason) => ({ ...reason, ...unnamed(reason), note: null })),
  },
});

function withoutNumbers(reason: StatusReason): StatusReason {
  if (reason.code === 'inactive') return reason;
  return reason.code === 'over' ? { ...reason, ...unnamed(reason), over: null } : { ...reason, ...unnamed(reason) };
}

const unnamed = <Of extends object>({ of }: { of: Of }): { of: Of & { reference: null } } => ({
  of: { ...of, reference: null },
});
