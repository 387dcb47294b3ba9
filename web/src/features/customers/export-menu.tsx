import type { BulkSelection } from '@hub/contract/bulk-jobs';
import { Button, Menu } from '@mantine/core';
import {
  exportChosenCustomersCsv,
  exportChosenCustomersXlsx,
  exportCustomersCsv,
  exportCustomersXlsx,
} from '@hub/contract/customers';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { addressOf } from '../../lib/api.ts';
import { saveFile } from '../../lib/download.ts';
import { errorText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { toast } from '../../ui/toast.tsx';
import type { ListQuestion } from './list-queries.ts';

/** CSV or a workbook of exactly what is selected, in the order of the list. */
export function ExportMenu({
  selection,
  order,
  count,
}: {
  selection: BulkSelection;
  order: Pick<ListQuestion, 'sort' | 'order'>;
  count: number;
}) {
  const { t } = useText();
  const { sort, order: direction } = order;
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
      {'filter' in selection ? (
        <Links question={{ filter: selection.filter, sort, order: direction }} />
      ) : (
        <Files body={{ ...selection, sort, order: direction }} />
      )}
    </Menu>
  );
}

function Links({ question }: { question: ListQuestion }) {
  const { t } = useText();
  return (
    <Menu.Dropdown>
      <Menu.Item component="a" href={addressOf(exportCustomersCsv, { query: question })} download>
        {t('export.csv')}
      </Menu.Item>
      <Menu.Item component="a" href={addressOf(exportCustomersXlsx, { query: question })} download>
        {t('export.xlsx')}
      </Menu.Item>
    </Menu.Dropdown>
  );
}

type Chosen = Extract<BulkSelection, { customerIds: unknown }> & Pick<ListQuestion, 'sort' | 'order'>;

/** Rows chosen one by one: more of them than an address can name. */
function Files({ body }: { body: Chosen }) {
  const { t, f } = useText();
  const save = useMutation({
    mutationFn: (endpoint: typeof exportChosenCustomersCsv) => saveFile(endpoint, { body }),
    onError: (error) => toast({ glyph: 'failed', title: t('error.title'), body: errorText(error, t, f) }),
  });
  return (
    <Menu.Dropdown>
      <Menu.Item onClick={() => save.mutate(exportChosenCustomersCsv)}>{t('export.csv')}</Menu.Item>
      <Menu.Item onClick={() => save.mutate(exportChosenCustomersXlsx)}>{t('export.xlsx')}</Menu.Item>
    </Menu.Dropdown>
  );
}
