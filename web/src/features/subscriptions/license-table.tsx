import { productNames } from '@hub/contract/products';
import type { LicenseLine } from '@hub/contract/subscriptions';
import { useText } from '../../lib/i18n.ts';
import { LicenseBar } from '../../ui/license-bar.tsx';

/** A product a row: its bar, and the numbers. What no feed tells is an empty cell. */
export function LicenseTable({ name, lines }: { name: string; lines: readonly LicenseLine[] }) {
  const { t } = useText();
  if (lines.length === 0) return <p className="quiet">{t('lines.none')}</p>;
  return (
    <table className="license-table" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">{t('lines.product')}</th>
          <th scope="col" className="license-bar-cell">
            {t('lines.bar')}
          </th>
          <th scope="col" data-number>
            {t('lines.assignedCount')}
          </th>
          <th scope="col" data-number>
            {t('lines.orderedCount')}
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
          <Line key={line.product} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line: { product, ordered, assigned } }: { line: LicenseLine }) {
  const { t, f } = useText();
  const over = assigned === null ? 0 : Math.max(0, assigned - ordered);
  const available = assigned === null ? null : Math.max(0, ordered - assigned);
  const label =
    assigned === null ? t('lines.label.unknown', { ordered }) : t('lines.label', { assigned, ordered, over });
  return (
    <tr>
      <th scope="row">{productNames[product]}</th>
      <td className="license-bar-cell">
        <LicenseBar ordered={ordered} assigned={assigned} label={label} />
      </td>
      <td data-number data-label={t('lines.assignedCount')} className={over > 0 ? 'bad strong' : undefined}>
        {assigned === null ? '' : f.number(assigned)}
      </td>
      <td data-number data-label={t('lines.orderedCount')}>
        {f.number(ordered)}
      </td>
      <td data-number data-label={t('lines.available')}>
        {available === null ? '' : f.number(available)}
      </td>
      <td data-number data-label={t('lines.overage')} className={over > 0 ? 'bad strong' : undefined}>
        {assigned === null ? '' : f.number(over)}
      </td>
    </tr>
  );
}
