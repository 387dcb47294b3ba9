import { Button, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useText } from '../lib/i18n.ts';
import { type Column, firstOrder, type Sorting } from './table-columns.ts';

/** Sorts on a phone, where a list has no heads to click. */
export function SortControl<Row>({
  columns,
  sorting,
  onSort,
}: {
  columns: readonly Column<Row>[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}) {
  const { t } = useText();
  const isAscending = sorting.order === 'asc';
  const Arrow = isAscending ? IconArrowUp : IconArrowDown;
  return (
    <div className="sort-control">
      <NativeSelect
        label={t('common.sortBy')}
        value={sorting.key}
        data={columns.map(({ key, head }) => ({ value: key, label: head }))}
        onChange={(event) => {
          const chosen = columns.find(({ key }) => key === event.currentTarget.value);
          if (chosen !== undefined) onSort({ key: chosen.key, order: firstOrder(chosen) });
        }}
      />
      <Button
        leftSection={<Arrow size={16} stroke={1.6} />}
        onClick={() => onSort({ key: sorting.key, order: isAscending ? 'desc' : 'asc' })}
      >
        {t(isAscending ? 'common.ascending' : 'common.descending')}
      </Button>
    </div>
  );
}
