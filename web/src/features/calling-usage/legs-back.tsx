import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { RegionCode } from '@hub/contract/regions';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import type { Range } from './range.ts';

interface Search {
  back?: 'engagement' | undefined;
  customerId?: string | undefined;
  location?: string | undefined;
  filter?: string | undefined;
  zone?: string | undefined;
  policy?: QualityPolicy | undefined;
}

/** To the page whose number led here, with its customers and days. */
export function LegsBack({ search, region, range }: { search: Search; region: RegionCode; range: Range }) {
  const { t } = useText();
  const arrow = <IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />;
  const { back, customerId, location, filter, zone, policy } = search;
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
      search={{ region, ...range, customerId, location, filter, zone, policy }}
      className="with-icon back"
      preload={false}
    >
      {arrow}
      {t('nav.analytics.engagement')}
    </Link>
  );
}
