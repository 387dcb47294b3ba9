import { CustomerId } from '@hub/contract/ids';
import type { HealthPolicy } from '@hub/contract/health-score';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { healthPreviewQuery } from './health-queries.ts';

/** Whose place among a region's customers would be another, those that move furthest first. */
export function HealthPreview({ policy }: { policy: HealthPolicy }) {
  const { t, f } = useText();
  const { regions, partner } = useSession();
  const [region, setRegion] = useState(partner.homeRegion);
  const { data, error, refetch } = useQuery(healthPreviewQuery(region, policy));
  const title = t('health.preview');
  const told = (score: number | null, place: number | null): string =>
    score === null || place === null
      ? t('health.none')
      : t('health.preview.place', { score: f.number(score), place: f.number(place) });
  return (
    <section className="stack preview" aria-label={title}>
      <h3>{title}</h3>
      <div className="row">
        <RegionSegments
          regions={regions}
          hasAll={false}
          value={region}
          onChange={(next) => (next === 'all' ? undefined : setRegion(next))}
        />
      </div>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <SkeletonRows rows={4} /> : null}
      {data === undefined ? null : (
        <>
          <p aria-live="polite">{t('health.preview.moved', { moved: data.moved, all: data.now })}</p>
          <ul className="preview-rows">
            {data.rows.map(({ customerId, customerName, before, after, placeBefore, placeAfter }) => (
              <li key={customerId}>
                <span className="grow">
                  <Link
                    to="/customers/$customerId"
                    params={{ customerId: CustomerId.parse(customerId) }}
                    className="strong wrap"
                    preload={false}
                  >
                    {customerName}
                  </Link>
                </span>
                <span className="help num">
                  {told(before, placeBefore)} → {told(after, placeAfter)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
