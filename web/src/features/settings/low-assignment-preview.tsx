import { NativeSelect } from '@mantine/core';
import { CustomerId } from '@hub/contract/ids';
import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import { Product, productNames } from '@hub/contract/products';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import type { GlyphName } from '../../ui/glyph.tsx';
import { State } from '../../ui/glyph.tsx';
import { RegionSegments } from '../../ui/region-segments.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { previewQuery } from './low-assignment-queries.ts';

const glyphs: Record<'comes' | 'goes' | 'stays', GlyphName> = { comes: 'warning', goes: 'done', stays: 'disc' };

/** Who a rule would flag in a region, before it is saved: who comes in, who goes, who stays. */
export function LowAssignmentPreview({ rule }: { rule: LowAssignmentRule }) {
  const { t, f } = useText();
  const { regions, partner } = useSession();
  const [region, setRegion] = useState(regions.find((each) => each === partner.homeRegion) ?? regions[0] ?? 'eu');
  const [product, setProduct] = useState<Product>('meetings');
  const { data, error, refetch } = useQuery(previewQuery(region, product, rule));
  const title = t('analytics.preview');
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
        <NativeSelect
          aria-label={t('analytics.product')}
          value={product}
          data={Product.options.map((value) => ({ value, label: productNames[value] }))}
          onChange={({ currentTarget: { value } }) => setProduct(Product.parse(value))}
        />
      </div>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <SkeletonRows rows={4} /> : null}
      {data === undefined ? null : (
        <>
          <p aria-live="polite">
            {t('analytics.preview.now', data.now)} <strong>{t('analytics.preview.proposed', data.proposed)}</strong>
          </p>
          <ul className="preview-rows">
            {data.rows.map(({ key, customerId, customerName, reference, change, assignedShare, total, peers }) => (
              <li key={key}>
                <span className="grow">
                  <Link
                    to="/customers/$customerId"
                    params={{ customerId: CustomerId.parse(customerId) }}
                    search={{ tab: 'subscriptions' }}
                    className="strong wrap"
                    preload={false}
                  >
                    {customerName}
                  </Link>{' '}
                  <span className="mono quiet">{reference}</span>
                </span>
                <span className="help num">
                  {t('analytics.preview.share', {
                    share: assignedShare === null ? '' : f.decimal(assignedShare),
                    total,
                  })}
                  {peers === null ? '' : `, ${t('analytics.preview.median', { median: f.decimal(peers.median) })}`}
                </span>
                <State glyph={glyphs[change]} word={t(`analytics.preview.${change}`)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
