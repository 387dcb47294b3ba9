import type { CustomerId } from '@hub/contract/ids';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { use } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { EngagementLink, ShownOn } from './engagement-link.tsx';
import { type EngagementSearch, freshRows } from './engagement-search.ts';
import type { Period } from './period.ts';
import { customerNameQuery } from './queries.ts';

/** How far down the page is, and the ways back and on to the call legs. */
export function Trail({
  region,
  customerId,
  location,
  period,
  search,
  name: given,
}: {
  region: RegionCode;
  customerId: CustomerId;
  location: string | undefined;
  period: Period;
  search: EngagementSearch;
  /** Where it is known already. */
  name?: string;
}) {
  const { t } = useText();
  const { may } = useSession();
  const shownOn = use(ShownOn);
  const { from, to } = period;
  const { data } = useQuery({ ...customerNameQuery(region, customerId, { from, to }), enabled: given === undefined });
  const name = given ?? data ?? t('engagement.by.customer');
  const arrow = <IconChevronRight size={14} stroke={1.6} aria-hidden="true" />;
  const up = { ...search, ...freshRows, location: undefined };
  return (
    <div className="trail">
      <nav aria-label={t('engagement.trail')}>
        <ol>
          <li>
            <Link to="/analytics/calling-engagement" search={{ ...up, customerId: undefined }}>
              {t('engagement.trail.all', { region: regionLabels[region] })}
            </Link>
          </li>
          <li>
            {arrow}
            {location === undefined ? (
              <h2 aria-current="page">{name}</h2>
            ) : (
              <EngagementLink search={up}>{name}</EngagementLink>
            )}
          </li>
          {location === undefined ? null : (
            <li>
              {arrow}
              <h2 aria-current="page">{location === '' ? t('usage.noLocation') : location}</h2>
            </li>
          )}
        </ol>
      </nav>
      <div className="trail-ways">
        {may('customers.read') && shownOn === undefined ? (
          <Link to="/customers/$customerId" params={{ customerId }} preload={false}>
            {t('engagement.openCustomer')}
          </Link>
        ) : null}
        {may('call_legs.read') ? (
          <Link
            to="/analytics/calling-usage/legs"
            search={{
              region,
              from,
              to,
              customerId,
              measure: 'callLegs',
              ...(location === undefined ? {} : { location }),
              ...(search.zone === undefined ? {} : { zone: search.zone }),
              back: 'engagement',
            }}
            preload={false}
          >
            {t('engagement.openLegs')}
          </Link>
        ) : null}
      </div>
    </div>
  );
}
