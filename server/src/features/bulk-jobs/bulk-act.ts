import type { ErrorCode } from '@hub/contract/errors';
import type { Permission } from '@hub/contract/permissions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { ErrorData } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import type { BulkAct } from '@hub/contract/bulk-jobs';

/** A customer of a job. */
export interface Item {
  customerId: string;
  /** Of a job that takes another back: what that one kept of this customer. */
  before: unknown;
}

export type Verdict = { customerId: string } & (
  | { outcome: 'unchanged' }
  | { outcome: 'failed'; code: ErrorCode; data: ErrorData }
  /** `before`: what taking it back needs. */
  | { outcome: 'changed'; before: unknown }
);

export interface Applied {
  /** How the job goes on from here, where that is another way than it began. */
  act?: BulkAct;
  /** After the transaction. */
  afterwards?: () => Promise<void>;
}

export interface Judged {
  verdicts: Verdict[];
  /** Of an act on tags: which would be given or taken, once for each customer. */
  tags?: { name: string; isNew: boolean }[];
  /** Writes what the verdicts say, with its audit. */
  apply: () => Promise<Applied>;
}

/** What can be done to many customers, and be taken back: judged and written for as many at once as there are. */
export interface Act {
  permission: Permission;
  /** At the start of a job: throws where it can be done to nobody; returns what the job keeps of what was given. */
  settle(tx: TenantTx, ctx: Ctx): Promise<BulkAct>;
  /** Whoever judges to write takes this first. Throws where it can be done to nobody any more. */
  lock(tx: TenantTx, ctx: Ctx): Promise<void>;
  /** The same of the customers of a batch. */
  hold?(tx: TenantTx, ctx: Ctx, customerIds: readonly string[]): Promise<void>;
  /** Of one that takes a job back, before it begins: throws where something later built on that. */
  admit?(tx: TenantTx, ctx: Ctx): Promise<void>;
  /** Of customers that the actor sees. Writes nothing. */
  judge(tx: TenantTx, ctx: Ctx, items: readonly Item[]): Promise<Judged>;
}
