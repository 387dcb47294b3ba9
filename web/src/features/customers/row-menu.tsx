import { Menu } from '@mantine/core';
import type { CustomerRow } from '@hub/contract/customers';
import { Link } from '@tanstack/react-router';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { type BulkKind, bulkKinds, bulkNeeds, bulkWord } from './bulk-words.ts';
import { exportCustomers } from './export-customers.ts';

/** What can be done with one customer: one menu for all rows, at the button that asked for it. */
export function RowMenu({
  row,
  button,
  onAct,
  onClose,
}: {
  row: Pick<CustomerRow, 'id' | 'name'>;
  button: HTMLElement;
  onAct: (kind: BulkKind) => void;
  onClose: () => void;
}) {
  const { t, f } = useText();
  const { may } = useSession();
  const kinds = may('customers.write') ? bulkKinds.filter((kind) => may(bulkNeeds[kind])) : [];
  const { left, top, width, height } = button.getBoundingClientRect();
  const close = () => {
    onClose();
    button.focus({ preventScroll: true });
  };
  return (
    <Menu opened position="bottom-end" onChange={(isOpen) => (isOpen ? undefined : close())}>
      <Menu.Target>
        <span className="row-menu-place" aria-hidden="true" style={{ left, top, width, height }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('customers.acts', { name: row.name })}>
        <Menu.Item
          renderRoot={(props: object) => (
            <Link to="/customers/$customerId" params={{ customerId: row.id }} {...props} />
          )}
        >
          {t('customers.open')}
        </Menu.Item>
        {kinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAct(kind)}>
            {bulkWord(kind, t)}
          </Menu.Item>
        ))}
        {may('customers.export')
          ? (['csv', 'xlsx'] as const).map((format) => (
              <Menu.Item
                key={format}
                onClick={() =>
                  void exportCustomers({ format, selection: { customerIds: [row.id] } }, { count: 1, t, f })
                }
              >
                {t('export.as', { format: format.toUpperCase() })}
              </Menu.Item>
            ))
          : null}
      </Menu.Dropdown>
    </Menu>
  );
}
