import type { CallingUsageRow } from '@hub/contract/calling-usage';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { cellText, measureName } from './measure-words.ts';
import type { Range } from './range.ts';
import type { UsagePageReply } from './usage-columns.tsx';

/** A row on a phone: name, location, the three numbers asked for most. */
export function UsageLines({ row, region, range }: { row: CallingUsageRow; region: RegionCode; range: Range }) {
  const { t, f } = useText();
  return (
    <Link
      to="/analytics/calling-usage/legs"
      search={{ region, ...range, customerId: row.customerId, location: row.location }}
      className="lines usage-lines"
    >
      <div>
        <span className="strong cut">{row.customerName}</span>
        <span className="num strong">{cellText(row.cells, 'calls', f)}</span>
      </div>
      <div className="quiet">
        <span className="cut">{row.location === '' ? t('usage.noLocation') : row.location}</span>
        <span className="help">{measureName('calls', t)}</span>
      </div>
      <div className="help num">
        <span>
          {measureName('callLegs', t)}: {cellText(row.cells, 'callLegs', f)}
        </span>
        <span>
          {measureName('callMinutes', t)}: {cellText(row.cells, 'callMinutes', f)}
        </span>
      </div>
    </Link>
  );
}

export function UsageTotalLines({ first, region }: { first: UsagePageReply; region: RegionCode }) {
  const { t, f } = useText();
  return (
    <div className="lines usage-total">
      <div className="strong">
        <span>{t('usage.totals', { count: first.customers, region: regionLabels[region] })}</span>
        <span className="num">{cellText(first.totals, 'calls', f)}</span>
      </div>
      <div className="help num">
        <span>
          {measureName('callLegs', t)}: {cellText(first.totals, 'callLegs', f)}
        </span>
        <span>
          {measureName('callMinutes', t)}: {cellText(first.totals, 'callMinutes', f)}
        </span>
      </div>
    </div>
  );
}
