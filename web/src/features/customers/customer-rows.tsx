import { Button } from '@mantine/core';
import type { countCustomers, CustomerRow } from '@hub/contract/customers';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { DataTable, type Sorting } from '../../ui/data-table.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { SortControl } from '../../ui/sort-control.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { type BulkKind, bulkKinds, bulkNeeds } from './bulk-words.ts';
import { columnOfSort, customerColumns, hiddenAtFirst, sortOfColumn } from './customer-columns.tsx';
import { CustomerLines } from './customer-lines.tsx';
import { CustomersEmpty } from './customers-empty.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { customerListQuery, type ListQuestion } from './list-queries.ts';
import { RowMenu } from './row-menu.tsx';
import { type Selection, useSelection } from './use-selection.ts';
import { ViewsMenu } from './views-menu.tsx';

interface RowsProps {
  question: ListQuestion;
  counts: ReplyOf<typeof countCustomers> | undefined;
  onChange: (change: Partial<ListQuestion>) => void;
  onAdd: (() => void) | undefined;
  onSave: () => void;
  onViews: () => void;
  onGroups: () => void;
  onAct: (kind: BulkKind, selection: Pick<Selection, 'given' | 'count' | 'clear'>) => void;
}

const rowKey = ({ id }: CustomerRow): string => id;

/** The tools, or the bulk bar in their place, and the customers. */
export function CustomerRows({ question, counts, onChange, onAdd, onSave, onViews, onGroups, onAct }: RowsProps) {
  const { t, f, language } = useText();
  const { may } = useSession();
  const isPhone = useIsPhone();
  const choices = useTableChoices('customers', hiddenAtFirst);
  const [menu, setMenu] = useState<{ row: CustomerRow; button: HTMLElement } | null>(null);
  const list = useInfiniteQuery(customerListQuery(question));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = list;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const today = data?.pages[0]?.today;
  const matching = counts?.matching ?? rows.length;
  const selection = useSelection(rows, matching, question.filter);
  const mayAct = may('customers.write') && bulkKinds.some((kind) => may(bulkNeeds[kind]));
  const maySelect = mayAct || may('customers.export');
  const columns = useMemo(
    () =>
      today === undefined
        ? []
        : customerColumns(t, f, today, mayAct ? (row, button) => setMenu({ row, button }) : undefined, language),
    [t, f, today, mayAct, language],
  );
  const hidden = choices.hidden.join(' ');
  const shown = useMemo(() => columns.filter(({ key }) => !hidden.split(' ').includes(key)), [columns, hidden]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const sorting = { key: columnOfSort(question.sort), order: question.order };
  const onSort = ({ key, order }: Sorting) => {
    const sort = sortOfColumn(key);
    if (sort !== undefined) onChange({ sort, order });
  };
  const filters = (
    <FilterMenu filter={question.filter} onChange={(filter) => onChange({ filter })} onGroups={onGroups} />
  );
  const views = <ViewsMenu question={question} onOpen={onChange} onSave={onSave} onManage={onViews} />;
  const choosable = columns.filter(({ key }) => key !== 'name' && key !== 'acts');
  const isEmpty = data !== undefined && rows.length === 0;
  return (
    <>
      {selection.count > 0 && !isPhone ? (
        <BulkBar
          selection={selection}
          matching={matching}
          question={question}
          onAct={(kind) => onAct(kind, selection)}
        />
      ) : (
        <div className="list-band">
          {filters}
          {views}
          {isPhone ? null : (
            <div className="row push">
              <Button
                variant="subtle"
                aria-pressed={choices.isDense}
                onClick={() => choices.setIsDense(!choices.isDense)}
              >
                {t('common.density')}: {t(choices.isDense ? 'common.density.compact' : 'common.density.comfortable')}
              </Button>
              <ColumnChooser
                choices={choosable.map(({ key, head }) => ({ key, label: head }))}
                hidden={choices.hidden}
                onChange={choices.setHidden}
                onReset={choices.reset}
              />
            </div>
          )}
        </div>
      )}
      {data === undefined && error === null ? <SkeletonRows rows={16} height={choices.isDense ? 28 : 36} /> : null}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {isEmpty ? (
        <CustomersEmpty
          filter={question.filter}
          all={counts?.all ?? 0}
          onChange={(filter) => onChange({ filter })}
          onAdd={onAdd}
        />
      ) : null}
      {today === undefined || isEmpty ? null : isPhone ? (
        <>
          <SortControl
            columns={columns.filter(({ key }) => sortOfColumn(key) !== undefined)}
            sorting={sorting}
            onSort={onSort}
          />
          <RowList
            name={t('customers.table')}
            rows={rows}
            rowKey={rowKey}
            rowHeight={96}
            row={(row) => <CustomerLines row={row} today={today} />}
            onEnd={more}
          />
        </>
      ) : (
        <div className="customers-table" data-old={isPlaceholderData || undefined}>
          <DataTable
            name={t('customers.table')}
            columns={shown}
            rows={rows}
            rowCount={Math.max(matching, rows.length)}
            rowKey={rowKey}
            rowHeight={choices.isDense ? 28 : 36}
            sorting={sorting}
            onSort={onSort}
            selection={
              maySelect
                ? {
                    ...selection.table,
                    nameAll: t('customers.selectShown'),
                    nameOf: ({ name }) => t('customers.select', { name }),
                  }
                : undefined
            }
            onEnd={more}
          />
        </div>
      )}
      {menu === null ? null : (
        <RowMenu
          row={menu.row}
          button={menu.button}
          onAct={(kind) => onAct(kind, { given: { customerIds: [menu.row.id] }, count: 1, clear: () => {} })}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
