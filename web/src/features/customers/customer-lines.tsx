import type { CustomerRow } from '@hub/contract/customers';
import { regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import { CustomerLink } from './customer-columns.tsx';
import { LicensesBar, LicensesNumbers } from './licenses.tsx';
import { nextText } from './row-words.ts';
import { StatusBadges } from './status-badge.tsx';
import { signsOf } from './status-words.ts';

/** A row on a phone: name and region; status with its reason; bar, date, numbers. */
export function CustomerLines({
  row,
  today,
  choice,
  onExplain,
}: {
  row: CustomerRow;
  today: string;
  /** While rows are chosen. */
  choice: { isOn: boolean; toggle: () => void } | undefined;
  onExplain: (row: CustomerRow, button: HTMLElement) => void;
}) {
  const { t, f } = useText();
  return (
    <div className="customer-lines">
      {choice === undefined ? null : (
        <label className="customer-choice">
          <input
            type="checkbox"
            aria-label={t('customers.select', { name: row.name })}
            checked={choice.isOn}
            onChange={choice.toggle}
          />
        </label>
      )}
      <div>
        <CustomerLink row={row} />
        <span className="quiet region">{regionLabels[row.region]}</span>
      </div>
      <div>
        <StatusBadges
          signs={signsOf(row)}
          today={today}
          next={row.next}
          onExplain={(button) => onExplain(row, button)}
        />
      </div>
      <div>
        <LicensesBar row={row} />
        <span className="quiet grow">{nextText(row, today, t, f)}</span>
        <LicensesNumbers row={row} />
      </div>
    </div>
  );
}
