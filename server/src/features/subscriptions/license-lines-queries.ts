import { Product } from '@hub/contract/products';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { CountedLine } from './contract-rules.ts';

/** Which table's contracts are meant. */
export type ContractKind = 'subscription' | 'trial';

const ownerOf = { subscription: 'subscription_id', trial: 'trial_id' } as const;

/** The lines of these contracts, in the order of the list of products. */
export async function findLines(
  tx: TenantTx,
  kind: ContractKind,
  ids: readonly string[],
): Promise<Map<string, CountedLine[]>> {
  const owner = ownerOf[kind];
  const rows = await tx
    .selectFrom('license_line')
    .select([
      sql<string>`${sql.ref(owner)}`.as('contractId'),
      'product',
      'ordered',
      'assigned',
      sql<string | null>`to_char(over_since, 'YYYY-MM-DD')`.as('overSince'),
    ])
    .where(sql<boolean>`${sql.ref(owner)} = any(${ids}::uuid[])`)
    .execute();
  const lines = rows.map(({ product, ...row }) => ({ ...row, product: product as Product }));
  lines.sort((a, b) => Product.options.indexOf(a.product) - Product.options.indexOf(b.product));
  const found = new Map<string, CountedLine[]>();
  for (const { contractId, ...line } of lines) found.set(contractId, [...(found.get(contractId) ?? []), line]);
  return found;
}

/** Instead of the lines that the contract had. */
export async function setLines(
  tx: TenantTx,
  {
    partnerId,
    customerId,
    kind,
    contractId,
    lines,
  }: { partnerId: string; customerId: string; kind: ContractKind; contractId: string; lines: readonly CountedLine[] },
): Promise<void> {
  const owner = ownerOf[kind];
  await tx.deleteFrom('license_line').where(owner, '=', contractId).execute();
  if (lines.length === 0) return;
  await tx
    .insertInto('license_line')
    .values(
      lines.map(({ product, ordered, assigned, overSince }) => ({
        partner_id: partnerId,
        customer_id: customerId,
        subscription_id: kind === 'subscription' ? contractId : null,
        trial_id: kind === 'trial' ? contractId : null,
        product,
        ordered,
        assigned,
        over_since: overSince,
      })),
    )
    .execute();
}
