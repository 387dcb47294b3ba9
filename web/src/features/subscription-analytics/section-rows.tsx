import { exportSubscriptionRows } from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../calling-usage/index.ts';
import { addressOf } from '../../lib/api.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SortControl } from '../../ui/sort-control.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Column, Sorting } from '../../ui/table-columns.ts';
import type { Go } from './analytics-search.ts';
import { rowsQuery, rowsQuestion } from './queries.ts';
import { rowColumns, sumsText, type Words } from './row-columns.tsx';
import { groupName, type Item, itemsOf } from './row-items.ts';
import { RowChoices } from './row-choices.tsx';
import { PhoneRows } from './phone-rows.tsx';
import type { RegionScope } from './scope.ts';
import { choicesText, firstOrder, sortsOf, type TableChoices } from './table-choices.ts';

const none: readonly string[] = [];

/** The rows that a section counts: sorted, filtered, grouped and exported; each leads to its subscription. */
export function SectionRows({
  section,
  scope,
  choices,
  go,
}: {
  section: Section;
  scope: RegionScope;
  choices: TableChoices;
  go: Go;
}) {
  const { t, f, language } = useText();
  const isPhone = useIsPhone();
  const words = useMemo<Words>(() => ({ t, f, numbers: numbersFor(language) }), [t, f, language]);
  const columnChoices = useTableChoices(`analytics.${section}`, none);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = useInfiniteQuery(
    rowsQuery(scope, section, choices),
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const change = useCallback(
    (next: TableChoices) => go({ [section]: choicesText({ ...choices, ...next }) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- choices are made anew with every drawing; their text is what they say
    [go, section, choicesText(choices)],
  );
  const find = useCallback((q: string) => change({ q }), [change]);
  const first = data?.pages[0];
  const by = choices.group;
  const items = useMemo(() => itemsOf(data?.pages ?? [], (group) => groupName(group, by, t, f)), [data, by, t, f]);
  const columns = useMemo(
    () => (first === undefined ? [] : rowColumns(section, first.sums, first.weekDays, words)),
    [first, section, words],
  );
  const { hidden } = columnChoices;
  const drawn = useMemo(() => columns.filter(({ key }) => !hidden.includes(key)), [columns, hidden]);
  const { sort, order } = choices;
  const sorting: Sorting =
    sort === undefined || order === undefined
      ? { key: firstOrder[section].sort, order: firstOrder[section].order }
      : { key: sort, order };
  const onSort = (next: Sorting) => {
    const chosen = sortsOf(section).find((key) => key === next.key);
    if (chosen !== undefined) change({ sort: chosen, order: next.order });
  };
  const title = t(`analytics.table.${section}`);
  const isNarrowed = choices.q !== undefined || choices.kind !== undefined;
  const isEmpty = first !== undefined && first.sums.rows === 0;
  return (
    <>
      {isEmpty && !isNarrowed ? null : (
        <div className="rows-bar">
          <div className="section-head">
            <h3>{title}</h3>
            <span className="quiet num" aria-live="polite">
              {first === undefined ? null : sumsText(first.sums, t)}
            </span>
          </div>
          <SearchField value={choices.q ?? ''} label={t('analytics.rows.search')} onChange={find} />
          <RowChoices section={section} choices={choices} onChange={change} />
          <div className="rows-tools">
            {isPhone ? null : (
              <ColumnChooser
                choices={columns.slice(1).map(({ key, head }) => ({ key, label: head }))}
                hidden={hidden}
                onChange={columnChoices.setHidden}
                onReset={columnChoices.reset}
              />
            )}
            {first === undefined ? null : (
              <ExportButton
                rows={first.sums.rows}
                href={addressOf(exportSubscriptionRows, { query: rowsQuestion(scope, section, choices) })}
              />
            )}
          </div>
        </div>
      )}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {first === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {isEmpty ? (
        <p className="quiet section-note">
          {t(isNarrowed ? 'analytics.rows.noMatch' : `analytics.rows.none.${section}`)}{' '}
          {isNarrowed ? (
            <Button variant="subtle" onClick={() => change({ q: undefined, kind: undefined })}>
              {t('analytics.rows.clear')}
            </Button>
          ) : null}
        </p>
      ) : null}
      {first === undefined || isEmpty ? null : isPhone ? (
        <>
          <SortControl
            columns={sortsOf(section).map((key) => columns.find((column) => column.key === key) ?? overColumn(t))}
            sorting={sorting}
            onSort={onSort}
          />
          <PhoneRows
            section={section}
            name={title}
            items={items}
            words={words}
            hasMore={hasNextPage}
            isBusy={isFetchingNextPage}
            onMore={more}
          />
        </>
      ) : (
        <div className="rows-table" data-old={isPlaceholderData || undefined}>
          <DataTable
            name={title}
            columns={drawn}
            rows={items}
            rowCount={first.sums.rows + items.filter(({ is }) => is === 'group').length}
            rowKey={keyOf}
            rowHeight={36}
            isGroup={isGroup}
            asked={JSON.stringify([scope, choices])}
            sorting={sorting}
            onSort={onSort}
            hasTotals
            onEnd={more}
          />
        </div>
      )}
    </>
  );
}

const keyOf = ({ key }: Item): string => key;
const isGroup = ({ is }: Item): boolean => is === 'group';

/** What is over the limit has no column of its own: it stands in the bar. */
const overColumn = (t: Translate): Column<Item> => ({
  key: 'over',
  head: t('analytics.holding.over'),
  width: 0,
  isNumber: true,
  cell: () => null,
});
