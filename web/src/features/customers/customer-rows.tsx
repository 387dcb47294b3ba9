import type { countCustomers, CustomerRow } from '@hub/contract/customers';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useListRoom } from './use-list-room.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { type BulkKind, bulkKinds, bulkNeeds } from './bulk-words.ts';
import { columnOfSort, customerColumns, hiddenAtFirst, sortOfColumn } from './customer-columns.tsx';
import { customerListQuery, type ListQuestion } from './list-queries.ts';
import { faultOf } from './query-text.ts';
import { type Selection, useSelection } from './use-selection.ts';

// The rows are what the page is opened for: all that stands around them comes after them.
const ListTools = lazy(async () => ({ default: (await import('./list-tools.tsx')).ListTools }));
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }));
const CustomersEmpty = lazy(async () => ({ default: (await import('./customers-empty.tsx')).CustomersEmpty }));
const loadPhoneList = async () => ({ default: (await import('./phone-list.tsx')).PhoneList });
const PhoneList = lazy(loadPhoneList);
const StatusPopover = lazy(async () => ({ default: (await import('./status-popover.tsx')).StatusPopover }));
const RowMenu = lazy(async () => ({ default: (await import('./row-menu.tsx')).RowMenu }));

interface RowsProps {
  question: ListQuestion;
  counts: ReplyOf<typeof countCustomers> | undefined;
  onChange: (change: Partial<ListQuestion>) => void;
  onAdd: (() => void) | undefined;
  onImport: (() => void) | undefined;
  onSave: () => void;
  onViews: () => void;
  onGroups: () => void;
  onAct: (kind: BulkKind, selection: Pick<Selection, 'given' | 'count' | 'clear'>) => void;
}

/** What was pressed in which row. */
interface AtRow {
  row: CustomerRow;
  button: HTMLElement;
}

const rowKey = ({ id }: CustomerRow): string => id;

/** The tools, or the bulk bar in their place, and the customers. */
export function CustomerRows({
  question,
  counts,
  onChange,
  onAdd,
  onImport,
  onSave,
  onViews,
  onGroups,
  onAct,
}: RowsProps) {
  const { t, f, language } = useText();
  const { may } = useSession();
  const isPhone = useIsPhone();
  useEffect(() => {
    if (isPhone) void loadPhoneList(); // while its rows are on their way
  }, [isPhone]);
  const room = useListRoom();
  const choices = useTableChoices('customers', hiddenAtFirst[room]);
  const [menu, setMenu] = useState<AtRow | null>(null);
  const [explained, setExplained] = useState<AtRow | null>(null);
  const onExplain = useCallback((row: CustomerRow, button: HTMLElement) => setExplained({ row, button }), []);
  const [isSelecting, setIsSelecting] = useState(false);
  // What is wrong with a filter is told beside it: until it is right there is nothing to ask.
  const isReadable = faultOf(question.filter) === null;
  const list = useInfiniteQuery({ ...customerListQuery(question), enabled: isReadable });
  const { error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = list;
  const data = isReadable ? list.data : undefined;
  // Who was renamed meanwhile may stand on two pages: as it is now, where it stood first.
  const rows = useMemo(
    () => [...new Map(data?.pages.flatMap(({ items }) => items).map((row) => [row.id, row])).values()],
    [data],
  );
  const today = data?.pages[0]?.today;
  const matching = counts?.matching ?? rows.length;
  const selection = useSelection(rows, matching, question.filter);
  const tableSelection = useMemo(
    () => ({
      ...selection.table,
      nameAll: t('customers.selectShown'),
      nameOf: ({ name }: CustomerRow) => t('customers.select', { name }),
    }),
    [selection, t],
  );
  const mayAct = may('customers.write') && bulkKinds.some((kind) => may(bulkNeeds[kind]));
  const seesLicenses = may('subscriptions.read');
  const maySelect = mayAct || may('customers.export');
  const columns = useMemo(
    () =>
      today === undefined
        ? []
        : customerColumns(
            t,
            f,
            today,
            {
              onActs: maySelect ? (row, button) => setMenu({ row, button }) : undefined,
              onExplain,
              seesLicenses,
              room,
            },
            language,
          ),
    [t, f, today, maySelect, onExplain, seesLicenses, room, language],
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
  const choosable = columns.filter(({ key }) => key !== 'name' && key !== 'acts');
  const bulkBar = (
    <BulkBar selection={selection} matching={matching} question={question} onAct={(kind) => onAct(kind, selection)} />
  );
  const skeleton = <SkeletonRows rows={16} height={choices.isDense ? 28 : 36} />;
  const isEmpty = data !== undefined && rows.length === 0;
  return (
    <>
      <Suspense fallback={<div className="list-band" />}>
        {isPhone && isSelecting ? null : selection.count > 0 ? (
          bulkBar
        ) : (
          <ListTools
            question={question}
            choices={choices}
            columns={choosable.map(({ key, head }) => ({ key, label: head }))}
            onChange={onChange}
            onSave={onSave}
            onViews={onViews}
            onGroups={onGroups}
            onSelect={maySelect && rows.length > 0 ? () => setIsSelecting(true) : undefined}
          />
        )}
      </Suspense>
      {isReadable ? null : <EmptyState title={t('empty.unreadable')} hint={t('empty.unreadable.hint')} />}
      {isReadable && data === undefined && error === null ? skeleton : null}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      <Suspense fallback={skeleton}>
        {isEmpty ? (
          <CustomersEmpty
            filter={question.filter}
            all={counts?.all ?? 0}
            onChange={(filter) => onChange({ filter })}
            onAdd={onAdd}
            onImport={onImport}
          />
        ) : null}
        {isPhone && today !== undefined && !isEmpty ? (
          <PhoneList
            rows={rows}
            today={today}
            columns={columns}
            filter={question.filter}
            sorting={sorting}
            onSort={onSort}
            onEnd={more}
            selection={isSelecting ? selection : undefined}
            onSelected={() => {
              selection.clear();
              setIsSelecting(false);
            }}
            onExplain={onExplain}
          />
        ) : null}
      </Suspense>
      <Suspense fallback={null}>
        {isPhone && selection.count > 0 ? bulkBar : null}
        {menu === null ? null : (
          <RowMenu
            row={menu.row}
            button={menu.button}
            onAct={(kind) => onAct(kind, { given: { customerIds: [menu.row.id] }, count: 1, clear: () => {} })}
            onClose={() => setMenu(null)}
          />
        )}
        {explained === null || today === undefined ? null : (
          <StatusPopover {...explained} today={today} onClose={() => setExplained(null)} />
        )}
      </Suspense>
      {today === undefined || isEmpty || isPhone ? null : (
        <div className="customers-table" data-old={isPlaceholderData || undefined}>
          <DataTable
            name={t('customers.table')}
            columns={shown}
            rows={rows}
            rowCount={Math.max(matching, rows.length)}
            rowKey={rowKey}
            rowHeight={choices.isDense ? 28 : 36}
            asked={question.filter}
            sorting={sorting}
            onSort={onSort}
            selection={maySelect ? tableSelection : undefined}
            onEnd={more}
          />
        </div>
      )}
    </>
  );
}
