import { productNames } from '@hub/contract/products';
import { useText } from '../../lib/i18n.ts';
import { LicenseBar } from '../../ui/license-bar.tsx';
import './subscriptions.css';
import type { LicenseShare } from './license-share.ts';

/** A product a row: its bar, and the numbers. What no feed tells is an empty cell. */
export function LicenseTable({
  name,
  lines,
  isTried = false,
}: {
  name: string;
  lines: readonly LicenseShare[];
  /** Some or all are tried, not purchased. */
  isTried?: boolean;
}) {
  const { t } = useText();
  const count = t(isTried ? 'trials.licenses' : 'lines.orderedCount');
  if (lines.length === 0) return <p className="quiet">{t('lines.none')}</p>;
  return (
    <table className="license-table" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">{t('lines.product')}</th>
          <th scope="col" className="license-bar-cell">
            {t(isTried ? 'trials.assignedOf' : 'lines.bar')}
          </th>
          <th scope="col" data-number>
            {t('lines.assignedCount')}
          </th>
          <th scope="col" data-number>
            {count}
          </th>
          <th scope="col" data-number>
            {t('lines.available')}
          </th>
          <th scope="col" data-number>
            {t('lines.overage')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.product} line={line} count={count} />
        ))}
      </tbody>
    </table>
  );
}

function Line({
  line: { product, ordered, assigned, available, over },
  count,
}: {
  line: LicenseShare;
  /** What the licenses are called. */
  count: string;
}) {
  const { t, f } = useText();
  const isOver = over !== null && over > 0;
  const label =
    assigned === null
      ? t('lines.label.unknown', { ordered })
      : t('lines.label', { assigned, ordered, over: over ?? 0 });
  return (
    <tr>
      <th scope="row">{productNames[product]}</th>
      <td className="license-bar-cell">
        <LicenseBar ordered={ordered} assigned={assigned} over={over ?? 0} label={label} />
      </td>
      <td data-number data-label={t('lines.assignedCount')} className={isOver ? 'bad strong' : undefined}>
        {assigned === null ? '' : f.number(assigned)}
      </td>
      <td data-number data-label={count}>
        {f.number(ordered)}
      </td>
      <td data-number data-label={t('lines.available')}>
        {available === null ? '' : f.number(available)}
      </td>
      <td data-number data-label={t('lines.overage')} className={isOver ? 'bad strong' : undefined}>
        {over === null ? '' : f.number(over)}
      </td>
    </tr>
  );
}
