import { Button, Menu } from '@mantine/core';
import { exportCustomersCsv, exportCustomersXlsx } from '@hub/contract/customers';
import { IconChevronDown, IconDownload, IconTag, IconUserPlus } from '@tabler/icons-react';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { type BulkKind, bulkKinds, bulkNeeds, bulkWord } from './bulk-words.ts';
import type { ListQuestion } from './list-queries.ts';
import type { Selection } from './use-selection.ts';

const icons: Partial<Record<BulkKind, typeof IconTag>> = { add_tags: IconTag, assign_administrator: IconUserPlus };

/** What can be done with the selected customers. It stands where the tools of the table stood, so that no row moves. */
export function BulkBar({
  selection,
  matching,
  question,
  onAct,
}: {
  selection: Selection;
  matching: number;
  question: ListQuestion;
  onAct: (kind: BulkKind) => void;
}) {
  const { t } = useText();
  const { may } = useSession();
  const { count } = selection;
  const allowed = may('customers.write') ? bulkKinds.filter((kind) => may(bulkNeeds[kind])) : [];
  const shown = allowed.filter((kind) => icons[kind] !== undefined);
  const further = allowed.filter((kind) => icons[kind] === undefined);
  const { filter } = selection;
  return (
    <section className="list-band bulk-bar" aria-label={t('bulk.title')}>
      <span className="strong num" aria-live="polite">
        {t('count.selected', { count })}
      </span>
      {shown.map((kind) => {
        const Icon = icons[kind] ?? IconTag;
        return (
          <Button key={kind} leftSection={<Icon size={16} stroke={1.6} />} onClick={() => onAct(kind)}>
            {bulkWord(kind, t)}
          </Button>
        );
      })}
      {further.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={14} stroke={1.6} />}>{t('action.more')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {further.map((kind) => (
              <Menu.Item key={kind} onClick={() => onAct(kind)}>
                {bulkWord(kind, t)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {may('customers.export') ? (
        filter === undefined ? (
          <span className="help">{t('bulk.export.tooMany')}</span>
        ) : (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button leftSection={<IconDownload size={16} stroke={1.6} />}>{t('export.count', { count })}</Button>
            </Menu.Target>
            <ExportItems question={{ ...question, filter }} />
          </Menu>
        )
      ) : null}
      <Button variant="subtle" onClick={selection.clear}>
        {t('bulk.clear')}
      </Button>
      {selection.isAll || matching <= count ? null : (
        <Button
          variant="subtle"
          className="push"
          title={t('count.selectAllMatching', { count: matching })}
          onClick={selection.selectAll}
        >
          {t('bulk.selectAll', { count: matching })}
        </Button>
      )}
    </section>
  );
}

/** CSV or a workbook of exactly what a filter leaves. */
export function ExportItems({ question }: { question: ListQuestion }) {
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
