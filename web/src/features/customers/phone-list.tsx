import type { CustomerRow } from '@hub/contract/customers';
import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useText } from '../../lib/i18n.ts';
import type { Column, Sorting } from '../../ui/table-columns.ts';
import { RowList } from '../../ui/row-list.tsx';
import { SortControl } from '../../ui/sort-control.tsx';
import { sortOfColumn } from './customer-columns.tsx';
import { CustomerLines } from './customer-lines.tsx';
import type { Selection } from './use-selection.ts';

const rowKey = ({ id }: CustomerRow): string => id;

/** The list of a small window: rows of three lines, with boxes while somebody chooses. */
export function PhoneList({
  rows,
  today,
  columns,
  filter,
  sorting,
  onSort,
  onEnd,
  selection,
  onSelected,
  onExplain,
}: {
  rows: readonly CustomerRow[];
  today: string;
  columns: readonly Column<CustomerRow>[];
  filter: string;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  onEnd: () => void;
  /** Absent unless somebody chooses. */
  selection: Selection | undefined;
  /** Choosing ends. */
  onSelected: () => void;
  onExplain: (row: CustomerRow, button: HTMLElement) => void;
}) {
  const { t } = useText();
  const drawRow = useCallback(
    (row: CustomerRow, index: number) => (
      <CustomerLines row={row} today={today} choice={choiceOf(row, index, selection)} onExplain={onExplain} />
    ),
    [today, selection, onExplain],
  );
  return (
    <>
      {selection === undefined ? (
        <SortControl
          columns={columns.filter(({ key }) => sortOfColumn(key) !== undefined)}
          sorting={sorting}
          onSort={onSort}
        />
      ) : (
        <div className="list-band">
          <span className="quiet">{t('list.select.hint')}</span>
          <Button variant="subtle" className="push" onClick={onSelected}>
            {t('list.selected')}
          </Button>
        </div>
      )}
      <RowList
        name={t('customers.table')}
        rows={rows}
        rowKey={rowKey}
        rowHeight={96}
        asked={[filter, sorting.key, sorting.order].join('\n')}
        row={drawRow}
        onEnd={onEnd}
      />
    </>
  );
}

function choiceOf(row: CustomerRow, index: number, selection: Selection | undefined) {
  if (selection === undefined) return undefined;
  const { isSelected, toggle } = selection.table;
  return { isOn: isSelected(row), toggle: () => toggle(index, false) };
}
