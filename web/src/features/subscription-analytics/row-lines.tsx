import type { SubscriptionRow } from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { LicensesCell } from './licenses-cell.tsx';
import { addedText, endText, type Words } from './row-columns.tsx';
import { SubscriptionLink } from './subscription-link.tsx';

/** A row on a phone: who and which; the bar with its numbers; what the section is about. */
export function RowLines({ section, row, words }: { section: Section; row: SubscriptionRow; words: Words }) {
  const { t, f, numbers } = words;
  const about: Record<Section, readonly string[]> = {
    recently_added: [addedText(row, words), changeText(row, words)],
    expiring: [endText(row, words), monthsText(row, words)],
    renewing: [endText(row, words), monthsText(row, words)],
    low_assignment: [
      told('assignedShare', row.assignedShare),
      row.peers === null ? '' : told('peerMedian', row.peers.median),
    ],
    over_limit: [endText(row, words), told('assignedShare', row.assignedShare)],
  };
  function told(key: 'assignedShare' | 'peerMedian', value: number | null): string {
    return value === null ? '' : `${t(`analytics.col.${key}`)}: ${numbers.fixed(value, 1)}`;
  }
  return (
    <li className="lines row-lines">
      <div>
        <SubscriptionLink line={row} className="strong wrap">
          {row.customerName}
        </SubscriptionLink>
        {section === 'expiring' || section === 'renewing' ? <TrendLine values={row.usageWeeks} width={64} /> : null}
      </div>
      <div>
        <span className="mono quiet wrap">{row.reference}</span>
        <span className="num">{t('analytics.held.total', { value: f.number(row.total) })}</span>
      </div>
      <div>
        <LicensesCell row={row} />
      </div>
      <div className="help num">
        {about[section].map((text) => (
          <span key={text}>{text}</span>
        ))}
      </div>
    </li>
  );
}

const changeText = ({ weeklyAssignmentChange: change }: SubscriptionRow, { t, numbers }: Words): string =>
  change === null ? '' : `${t('analytics.col.weeklyAssignmentChange')}: ${numbers.signed(change, 0)}`;

const monthsText = ({ lastThreeMonthsUsage: used }: SubscriptionRow, { t, f }: Words): string =>
  used === null ? '' : `${t('analytics.col.lastThreeMonthsUsage')}: ${f.number(used)}`;
