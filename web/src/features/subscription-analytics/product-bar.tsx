import { NativeSelect } from '@mantine/core';
import { type Product, productNames } from '@hub/contract/products';
import { headlineProducts } from '@hub/contract/subscription-analytics';
import { sections } from '@hub/contract/subscription-metrics';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { Segments } from '../../ui/segments.tsx';
import { type AnalyticsSearch, closedPanel, type Go } from './analytics-search.ts';
import { analyticsQuery } from './queries.ts';
import type { Scope } from './scope.ts';

/** Which product everything below is about, and the ways to its sections. */
export function ProductBar({ scope, search, go }: { scope: Scope; search: AnalyticsSearch; go: Go }) {
  const { t } = useText();
  const { data } = useQuery(analyticsQuery(scope));
  const { product } = scope;
  const choose = (next: Product) => go({ ...closedPanel, counted: search.counted, product: next });
  const others = (data?.products ?? []).filter((each) => !headlineProducts.some((head) => head === each.product));
  const isOther = !headlineProducts.some((head) => head === product);
  const choices: { value: Product | ''; label: string }[] = [
    { value: '', label: t('analytics.product.others') },
    ...others.map((each) => ({ value: each.product, label: productNames[each.product] })),
    ...(isOther && others.every((each) => each.product !== product)
      ? [{ value: product, label: productNames[product] }]
      : []),
  ];
  return (
    <div className="product-bar">
      <Segments<Product>
        label={t('analytics.product')}
        segments={headlineProducts.map((value) => ({
          value,
          label: t(`analytics.product.${value}`),
        }))}
        value={product}
        onChange={choose}
      />
      {choices.length === 1 ? null : (
        <NativeSelect
          aria-label={t('analytics.product.others')}
          className="other-products"
          data-chosen={isOther || undefined}
          value={isOther ? product : ''}
          data={choices}
          onChange={({ currentTarget: { value } }) => {
            const chosen = choices.find((each) => each.value === value)?.value;
            choose(chosen === undefined || chosen === '' ? 'meetings' : chosen);
          }}
        />
      )}
      <p className="quiet product-note">
        {t(product === 'calling' ? 'analytics.product.note.calling' : 'analytics.product.note', {
          product: productNames[product],
        })}
      </p>
      <nav aria-label={t('analytics.sections')}>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <Link to="/analytics/subscriptions" search={search} hash={section} activeProps={{}}>
                {t(`analytics.section.${section}.short`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
