import type { FreshnessRow } from '@hub/contract/freshness';
import { useText } from '../../lib/i18n.ts';
import { cadenceName } from './cadence-words.ts';
import { CalendarLink, CustomerLink, expectedNumber, Lateness } from './freshness-columns.tsx';

/** A row on a phone: customer and lateness; feed and cadence; last record and gaps. */
export function FreshnessLines({ row }: { row: FreshnessRow }) {
  const { t, f } = useText();
  const gaps = expectedNumber(row, row.gaps, f);
  return (
    <div className="lines">
      <div>
        <CustomerLink row={row} />
        <Lateness row={row} />
      </div>
      <div>
        <CalendarLink row={row} />
        <span className="quiet">{cadenceName(row.cadence, t, f)}</span>
      </div>
      <div className="help num">
        <span>
          {t('fresh.col.lastDay')}: {f.date(row.lastDay)}
        </span>
        <span>{gaps === '' ? '' : `${t('fresh.col.gaps')}: ${gaps}`}</span>
      </div>
    </div>
  );
}
