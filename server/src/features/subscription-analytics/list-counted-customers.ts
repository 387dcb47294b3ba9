import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type * as api from '@hub/contract/subscription-analytics';
import type { HeadlineKey } from '@hub/contract/subscription-analytics';
import { z } from 'zod';
import { type Ctx, requirePermission } from '../access/index.ts';
import { headlineOf } from './kpi-parts.ts';
import type { Line } from './lines.ts';
import { compareText, pageOf } from './paging.ts';
import { type RegionLines, regionLines } from './region-lines.ts';
import type { RunningContract } from './running-contracts.ts';
import { isExpiring, isLow, isOver, isRenewing } from './sections.ts';

interface Question {
  region: RegionCode;
  kpi: HeadlineKey;
  filter?: string | undefined;
  everyProduct: boolean;
  q?: string | undefined;
  after?: string | undefined;
  limit: number;
}

type Item = ReplyOf<typeof api.listCountedCustomers>['items'][number];

const Place = z.object({ kpi: z.string(), name: z.string(), id: z.string() });

/** The customers behind a card of the header, each with what made it count. */
export async function listCountedCustomers(
  ctx: Ctx,
  { region, kpi, filter, everyProduct, q, after, limit }: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listCountedCustomers>> {
  requirePermission(ctx, 'subscriptions.read');
  const answer = await regionLines(ctx, region, filter, left);
  const part = fold((q ?? '').trim());
  const items = new Map<string, Item>();
  for (const { contract, line } of reasonsOf(answer, kpi, everyProduct)) {
    const { id, name } = contract.customer;
    if (part !== '' && !fold(name).includes(part)) continue;
    const item: Item = items.get(id) ?? { customerId: id as CustomerId, name, lines: [] };
    item.lines.push(reasonOf(contract, line));
    items.set(id, item);
  }
  const compare = (a: z.infer<typeof Place>, b: z.infer<typeof Place>): number =>
    compareText(a.name, b.name) || compareText(a.id, b.id);
  const placeOf = ({ customerId, name }: Item) => ({ kpi, name, id: customerId });
  const sorted = [...items.values()].sort((a, b) => compare(placeOf(a), placeOf(b)));
  const { page, next } = pageOf(sorted, {
    after,
    limit,
    placeOf,
    compare,
    schema: Place.refine((place) => place.kpi === kpi),
  });
  return { items: page, next, count: sorted.length };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');

/** Contracts for what ends or renews, whatever they hold; lines for the rest. */
function reasonsOf(
  answer: RegionLines,
  kpi: HeadlineKey,
  isEvery: boolean,
): { contract: RunningContract; line?: Line }[] {
  const { lines, contracts } = headlineOf(answer, isEvery);
  const ofLines = (is: (line: Line) => boolean) => lines.filter(is).map((line) => ({ contract: line.contract, line }));
  const ofContracts = (is: typeof isExpiring) =>
    contracts
      .filter((contract) => is({ contract, daysUntilEnd: contract.daysUntilEnd }))
      .map((contract) => ({ contract }));
  const reasons = {
    totalCustomers: () => ofLines(() => true),
    nearingExpiration: () => ofContracts(isExpiring),
    nearingRenewal: () => ofContracts(isRenewing),
    lowLicenseAssignment: () => ofLines(isLow),
    overLicenseLimit: () => ofLines(isOver),
  } satisfies Record<HeadlineKey, () => { contract: RunningContract; line?: Line }[]>;
  return reasons[kpi]();
}

function reasonOf(contract: RunningContract, line: Line | undefined): Item['lines'][number] {
  const { kind, id, reference, endsOn, autoRenews, held } = contract;
  const product: Product | null = line?.product ?? null;
  const total = line?.total ?? held.reduce((sum, { ordered }) => sum + ordered, 0);
  return { kind, contractId: id, reference, product, endsOn, autoRenews, total, assigned: line?.assigned ?? null };
}
