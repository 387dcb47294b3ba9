import { isCalendarDate } from '../../lib/calendar.ts';
import { HeadlineKey } from '@hub/contract/subscription-analytics';
import { type Section, sections } from '@hub/contract/subscription-metrics';

export const trendWeeks = ['8', '13', '26', '52'] as const;
export const firstWeeks = '13';
export type TrendWeeks = (typeof trendWeeks)[number];

/** Everything the page shows, as its address has it. A section's parameter holds what its table shows. */
export interface AnalyticsSearch extends Partial<Record<Section, string | undefined>> {
  region?: string | undefined;
  product?: string | undefined;
  /** The header counts every product. */
  every?: 'true' | undefined;
  filter?: string | undefined;
  weeks?: TrendWeeks | undefined;
  bucket?: 'day' | undefined;
  unit?: 'percent' | undefined;
  previous?: 'true' | undefined;
  /** The card whose customers stand beside the page. */
  counted?: HeadlineKey | undefined;
  /** First day of the week or day whose movers stand there. */
  moved?: string | undefined;
}

const filterLength = 4000; // as the server takes it

/** What of an address the page understands; region and product stay as they are, so that the page can say what it does not know. */
export function searchOf(asked: { [Name in keyof AnalyticsSearch]?: string | undefined }): AnalyticsSearch {
  const { filter, moved } = asked;
  const isTrue = (value: string | undefined) => (value === 'true' ? value : undefined);
  return {
    region: asked.region,
    product: asked.product,
    every: isTrue(asked.every),
    filter: filter !== undefined && filter.length <= filterLength ? filter : undefined,
    weeks: trendWeeks.find((weeks) => weeks === asked.weeks),
    bucket: asked.bucket === 'day' ? asked.bucket : undefined,
    unit: asked.unit === 'percent' ? asked.unit : undefined,
    previous: isTrue(asked.previous),
    counted: HeadlineKey.safeParse(asked.counted).data,
    moved: moved !== undefined && isCalendarDate(moved) ? moved : undefined,
    ...Object.fromEntries(sections.map((section) => [section, asked[section]])),
  };
}

export type Go = (change: AnalyticsSearch) => void;

/** Another region, product or group has other customers: what stands beside the page closes. */
export const closedPanel = { counted: undefined, moved: undefined } as const;
