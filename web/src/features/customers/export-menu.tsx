import type { BulkSelection } from '@hub/contract/bulk-jobs';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useText } from '../../lib/i18n.ts';
import { exportCustomers } from './export-customers.ts';
import type { ListQuestion } from './list-queries.ts';

/** CSV or a workbook of exactly what is selected, in the order of the list. */
export function ExportMenu({
  selection,
  order: { sort, order },
  count,
}: {
  selection: BulkSelection;
  order: Pick<ListQuestion, 'sort' | 'order'>;
  count: number;
}) {
  const { t, f } = useText();
  const save = (format: 'csv' | 'xlsx') => void exportCustomers({ format, selection, sort, order }, { count, t, f });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={<IconDownload size={16} stroke={1.6} />}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
        >
          {t('export.count', { count })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('csv')}>{t('export.csv')}</Menu.Item>
        <Menu.Item onClick={() => save('xlsx')}>{t('export.xlsx')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
