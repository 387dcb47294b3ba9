import { Popover } from '@mantine/core';
import type { CustomerRow } from '@hub/contract/customers';
import { useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import { StatusExplained } from './status-explained.tsx';
import { signsOf } from './status-words.ts';

/** Every status of one customer in words, since when, and what to do next: one panel for all rows, at the badges that were pressed. */
export function StatusPopover({
  row,
  today,
  button,
  onClose,
}: {
  row: CustomerRow;
  today: string;
  button: HTMLElement;
  onClose: () => void;
}) {
  const { t } = useText();
  const head = useId();
  const { left, top, width, height } = button.getBoundingClientRect();
  const close = () => {
    onClose();
    button.focus({ preventScroll: true });
  };
  return (
    <Popover opened position="bottom-start" trapFocus shadow="md" onChange={(isOpen) => (isOpen ? undefined : close())}>
      <Popover.Target>
        <span className="row-menu-place" aria-hidden="true" style={{ left, top, width, height }} />
      </Popover.Target>
      <Popover.Dropdown className="status-panel" aria-labelledby={head}>
        <p id={head}>
          <span className="unseen">{t('customers.col.statuses')}:</span> <bdi className="strong">{row.name}</bdi>
        </p>
        {signsOf(row).map((entry) => (
          <StatusExplained key={entry.status} entry={entry} today={today} next={row.next} customerId={row.id} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
