import type { ReplyOf } from '@hub/contract/endpoint';
import { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { headlineProducts, Section } from '@hub/contract/subscription-analytics';
import type * as api from '@hub/contract/subscription-analytics';
import { headlineMetrics, sectionMetrics } from '@hub/contract/subscription-metrics';
import { type Ctx, inTenant, requirePermission, scopePersonOf } from '../access/index.ts';
import { answersInTime } from '../metrics/index.ts';
import { historyDays, kpiOf, nightsTogether } from './kpi-history.ts';
import { addParts, headlineParts, productParts } from './kpi-parts.ts';
import type { Line } from './lines.ts';
import { findNights, type Night, type NightKind } from './night-queries.ts';
import { type RegionLines, regionLines } from './region-lines.ts';
import { plusDays } from './running-contracts.ts';
import { linesOfProduct, toldOnce } from './told-once.ts';

interface Question {
  region?: RegionCode | undefined;
  product: Product;
  filter?: string | undefined;
  everyProduct: boolean;
}

/** The cards. Without a region every region is asked, and those that answer in time are added up; no row leaves its region. */
export async function getSubscriptionAnalytics(
  ctx: Ctx,
  question: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.getSubscriptionAnalytics>> {
  requirePermission(ctx, 'subscriptions.read');
  const { region, product, filter, everyProduct } = question;
  const regions = region === undefined ? [...ctx.stores.keys()] : [region];
  const ask = (one: RegionCode): Promise<RegionLines> => regionLines(ctx, one, filter, left);
  const answers = region === undefined ? await answersInTime(ctx, regions, ask) : [await ask(region)];
  const told = answers.flatMap((answer) => (answer ? [answer] : []));
  const [first] = told;
  if (!first) throw new Error('No region answered, and none was missed.');
  const { day: today, timeZone, rule } = first;
  const kind: NightKind = everyProduct ? 'header_of_every_product' : 'header';
  const nights = await nightsOf(ctx, { told, today, kinds: [kind, product], filter });
  const own = told.flatMap(({ lines }) => linesOfProduct(lines, product));
  const header = {
    parts: addParts(
      told.map((answer) => toldOnce(answer.lines, `header ${everyProduct}`, () => headlineParts(answer, everyProduct))),
    ),
    nights: nightsTogether(nights, kind),
    today,
  };
  const section = {
    parts: addParts(
      told.map((answer) => toldOnce(answer.lines, `product ${product}`, () => productParts(answer, product))),
    ),
    nights: nightsTogether(nights, product),
    today,
  };
  return {
    today,
    timeZone,
    rule,
    regions: regions.map((one, at) => ({ region: one, hasAnswered: answers[at] !== undefined })),
    header: headlineMetrics.map((key) => kpiOf(key, header)),
    sections: Object.fromEntries(
      Section.options.map((name) => [name, sectionMetrics[name].map((key) => kpiOf(key, section))]),
    ) as ReplyOf<typeof api.getSubscriptionAnalytics>['sections'],
    products: productsOf(told),
    lines: whatIsMissing(own),
    newestSnapshot: newestOf(own),
  };
}

/** By region; none under a filter, and none to who sees some customers only: nights are of everybody. */
async function nightsOf(
  ctx: Ctx,
  {
    told,
    today,
    kinds,
    filter,
  }: { told: readonly RegionLines[]; today: string; kinds: readonly NightKind[]; filter: string | undefined },
): Promise<Night[][]> {
  if ((filter ?? '').trim() !== '' || scopePersonOf(ctx.actor) !== undefined) return told.map(() => []);
  const from = plusDays(today, -historyDays);
  return inTenant(ctx, async (tx) => {
    const nights: Night[][] = [];
    for (const { question, contracts } of told) {
      const found = await findNights(tx, question.region, { kinds, from });
      // A region that has nothing yet has no nights, and takes none from the others.
      if (found.length > 0 || contracts.length > 0) nights.push(found);
    }
    return nights;
  });
}

function productsOf(told: readonly RegionLines[]): { product: Product; lines: number }[] {
  const counts = new Map<Product, number>();
  for (const { lines } of told)
    for (const product of Product.options)
      counts.set(product, (counts.get(product) ?? 0) + linesOfProduct(lines, product).length);
  const offered = [...headlineProducts, ...Product.options.filter((product) => !isHeadline(product))];
  return offered
    .map((product) => ({ product, lines: counts.get(product) ?? 0 }))
    .filter(({ product, lines }) => lines > 0 || isHeadline(product));
}

const isHeadline = (product: Product): boolean => (headlineProducts as readonly Product[]).includes(product);

function whatIsMissing(lines: readonly Line[]): ReplyOf<typeof api.getSubscriptionAnalytics>['lines'] {
  const count = (is: (line: Line) => boolean): number => lines.filter(is).length;
  return {
    all: lines.length,
    withoutSnapshot: count(({ asOf }) => asOf === null),
    withoutAssigned: count(({ asOf, assigned }) => asOf !== null && assigned === null),
    withoutUse: count(({ asOf, used }) => asOf !== null && used === null),
    usedFromLegs: count(({ usedFrom }) => usedFrom === 'call_legs'),
  };
}

const newestOf = (lines: readonly Line[]): string | null =>
  lines.reduce<string | null>(
    (newest, { asOf }) => (asOf !== null && (newest === null || asOf > newest) ? asOf : newest),
    null,
  );
