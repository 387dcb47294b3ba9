import { type Product, productNames } from '@hub/contract/products';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import { LinkFaults } from '../../ui/link-faults.tsx';
import type { AnalyticsSearch } from './analytics-search.ts';

/** Says what of the address cannot be shown, until something else is chosen. */
export function AnalyticsFaults({
  search,
  region,
  product,
}: {
  search: AnalyticsSearch;
  region: RegionCode | 'all';
  product: Product;
}) {
  const { t } = useText();
  const told = [
    ...(search.region === undefined || search.region === region
      ? []
      : [t('analytics.link.region', { region: search.region.slice(0, 40) })]),
    ...(search.product === undefined || search.product === product
      ? []
      : [t('analytics.link.product', { product: search.product.slice(0, 40) })]),
  ];
  return (
    <LinkFaults
      faults={told}
      shown={t('analytics.link.shown', {
        region: region === 'all' ? t('region.all') : regionLabels[region],
        product: productNames[product],
      })}
    />
  );
}
