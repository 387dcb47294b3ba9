import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type * as api from '@hub/contract/subscription-analytics';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { compareText, pageOf } from './paging.ts';
import { pointOf } from './trend-points.ts';
import type { Held } from './trend-queries.ts';
import { heldByOrganization, type TrendQuestion, trendRegion } from './trend-of-region.ts';
import { bucketPair, type TrendBucket } from './trend-window.ts';

interface Question extends TrendQuestion {
  region: RegionCode;
  bucket: 'week' | 'day';
  from: string;
  sort: 'name' | keyof Figures;
  q?: string | undefined;
  after?: string | undefined;
  limit: number;
}

type Item = ReplyOf<typeof api.listTrendMoves>['items'][number];
type Figures = Item['change'];
const figures = ['ordered', 'assigned', 'used', 'available'] as const satisfies readonly (keyof Figures)[];

const Place = z.object({ of: z.string(), by: z.number(), name: z.string(), id: z.string() });
type Place = z.infer<typeof Place>;

/** Who holds other licenses at the end of a bucket than at the end of the one before; also who came or went. Throws range_invalid. */
export async function listTrendMoves(
  ctx: Ctx,
  question: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listTrendMoves>> {
  requirePermission(ctx, 'subscriptions.read');
  const { region, sort, q, after, limit } = question;
  const of = await trendRegion(ctx, region, { ...question, isByCustomer: true }, left);
  const pair = bucketPair(of.today, question);
  if (!pair) throw new HubError('range_invalid');
  const held = await heldByOrganization(of, [pair.before.end, pair.of.end]);
  const part = fold((q ?? '').trim());
  const items = [...held].flatMap(([org, [before, now]]): Item[] => {
    const customer = of.customers.get(org);
    if (!customer || (part !== '' && !fold(customer.name).includes(part))) return [];
    const item = { before: figuresOf(pair.before, before), after: figuresOf(pair.of, now) };
    const change = changeOf(item.before, item.after);
    if (figures.every((name) => item.before[name] === item.after[name])) return [];
    return [{ customerId: customer.id as CustomerId, name: customer.name, ...item, change }];
  });
  const name = [question.product, question.bucket, question.from, sort].join(' ');
  const placeOf = (item: Item): Place => ({
    of: name,
    by: sort === 'name' ? 0 : -Math.abs(item.change[sort] ?? 0),
    name: item.name,
    id: item.customerId,
  });
  const compare = (a: Place, b: Place): number => a.by - b.by || compareText(a.name, b.name) || compareText(a.id, b.id);
  const sorted = items.sort((a, b) => compare(placeOf(a), placeOf(b)));
  const schema = Place.refine((place) => place.of === name);
  const { page, next } = pageOf(sorted, { after, limit, placeOf, compare, schema });
  return { items: page, next, count: sorted.length };
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');

function figuresOf(bucket: TrendBucket, held: Held | undefined): Figures {
  const { ordered, assigned, used, available } = pointOf(bucket, held);
  return { ordered, assigned, used, available };
}

const changeOf = (before: Figures, after: Figures): Figures => {
  const change = (name: keyof Figures): number | null => {
    const [from, to] = [before[name], after[name]];
    return from === null || to === null ? null : to - from;
  };
  return {
    ordered: change('ordered'),
    assigned: change('assigned'),
    used: change('used'),
    available: change('available'),
  };
};
