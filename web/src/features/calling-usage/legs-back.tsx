import type { QualityPolicy } from '@hub/contract/calling-policy';
import { CallFeature, CallingUsageMeasure, callingUsageMeasures, type LegMeasure } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import type { Range } from './range.ts';

interface Search {
  back?: 'engagement' | undefined;
  measure?: LegMeasure | undefined;
  customerId?: string | undefined;
  location?: string | undefined;
  filter?: string | undefined;
  zone?: string | undefined;
  policy?: QualityPolicy | undefined;
}

const features: readonly (LegMeasure | undefined)[] = [
  'autoAttendantCalls',
  'huntGroupCalls',
  'queueCalls',
  'queueStatistics',
];

/** The part of calling engagement that has the number. */
function viewOf(measure: LegMeasure | undefined): 'usage' | 'quality' | 'features' {
  const ofReport = CallingUsageMeasure.safeParse(measure).data;
  if (features.includes(measure) || CallFeature.safeParse(measure).success) return 'features';
  if (ofReport === undefined) return measure === undefined ? 'usage' : 'quality';
  const { feed } = callingUsageMeasures[ofReport];
  return feed === 'call_history' ? 'usage' : feed === 'media_quality' ? 'quality' : 'features';
}

/** To the page whose number led here, with its customers and days. */
export function LegsBack({ search, region, range }: { search: Search; region: RegionCode; range: Range }) {
  const { t } = useText();
  const arrow = <IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />;
  const { back, measure, customerId, location, filter, zone, policy } = search;
  if (back === undefined)
    return (
      <Link to="/analytics/calling-usage" search={{ region, ...range }} className="with-icon back">
        {arrow}
        {t('legs.back')}
      </Link>
    );
  return (
    <Link
      to="/analytics/calling-engagement"
      search={{ region, ...range, view: viewOf(measure), customerId, location, filter, zone, policy }}
      className="with-icon back"
      preload={false}
    >
      {arrow}
      {t('nav.analytics.engagement')}
    </Link>
  );
}
