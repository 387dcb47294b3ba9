import type { CallingUsageMeasure, CallingUsageRow } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { cellText, measureName } from './measure-words.ts';
import type { Range } from './range.ts';

/** A number and the way to the call legs behind it. Empty and 0 lead nowhere. */
export function LegsLink({
  row,
  measure,
  region,
  range,
}: {
  row: CallingUsageRow;
  measure: CallingUsageMeasure;
  region: RegionCode;
  range: Range;
}) {
  const { t, f } = useText();
  const value = row.cells[measure];
  const text = cellText(row.cells, measure, f);
  if (value === null || value === 0) return text;
  const words = {
    measure: measureName(measure, t),
    value: text,
    customer: row.customerName,
    location: row.location === '' ? t('usage.noLocation') : row.location,
  };
  return (
    <Link
      to="/analytics/calling-usage/legs"
      search={{ region, ...range, customerId: row.customerId, location: row.location, measure }}
      className="count"
      preload={false}
      aria-label={t('usage.openLegs', words)}
    >
      {text}
    </Link>
  );
}
