import { Button, NativeSelect } from '@mantine/core';
import { Product, productNames } from '@hub/contract/products';
import { exportReconciliationRows } from '@hub/contract/reconciliation';
import type { RegionCode } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { ExportButton } from '../calling-usage/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { useTableChoices } from '../../lib/use-table-choices.ts';
import { ColumnChooser } from '../../ui/column-chooser.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SortControl } from '../../ui/sort-control.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Sorting } from '../../ui/table-columns.ts';
import { columnKeys, columnsOf, hiddenAtFirst, type Words } from './columns.tsx';
import { FindingChoice } from './finding-choice.tsx';
import { signedMoney } from './finding-words.ts';
import { PhoneRows } from './phone-rows.tsx';
import { type Reconciliation, type RowsPage, rowsQuery, rowsQuestion } from './queries.ts';
import type { Go, ReconciliationSearch } from './search.ts';

const firstSorting: Sorting = { key: 'finding', order: 'asc' };

/** The lines of a region: searched, narrowed, sorted and exported; each leads to its subscription and its invoices. */
export function Rows({
  region,
  search,
  products,
  go,
}: {
  region: RegionCode;
  search: ReconciliationSearch;
  products: Reconciliation['products'];
  go: Go;
}) {
  const { t, f, language } = useText();
  const isPhone = useIsPhone();
  const words = useMemo<Words>(() => ({ t, f, numbers: numbersFor(language) }), [t, f, language]);
  const choices = useTableChoices('reconciliation', hiddenAtFirst);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = useInfiniteQuery(
    rowsQuery(region, search),
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const find = useCallback((q: string) => go({ q: q === '' ? undefined : q }), [go]);
  const columns = useMemo(() => columnsOf(words), [words]);
  const { hidden } = choices;
  const drawn = useMemo(() => columns.filter(({ key }) => !hidden.includes(key)), [columns, hidden]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const sums = data?.pages[0]?.sums;
  const { sort, order = 'asc', product, finding, q } = search;
  const sorting = sort === undefined ? firstSorting : { key: sort, order };
  const onSort = (next: Sorting) => {
    const chosen = columnKeys.find((key) => key === next.key);
    if (chosen !== undefined) go({ sort: chosen, order: next.order });
  };
  const title = t('reconciliation.table');
  return (
    <>
      <div className="rows-bar">
        <div className="section-head">
          <h2>{title}</h2>
          <span className="quiet num" aria-live="polite">
            {sums === undefined ? null : <Sums sums={sums} />}
          </span>
        </div>
        <SearchField value={q ?? ''} label={t('reconciliation.search')} onChange={find} />
        <FindingChoice value={finding} onChange={(next) => go({ finding: next })} />
        <NativeSelect
          aria-label={t('reconciliation.product')}
          value={product ?? ''}
          data={[
            { value: '', label: t('reconciliation.product.all') },
            ...productsOf(products, product).map((one) => ({ value: one, label: productNames[one] })),
          ]}
          onChange={({ currentTarget: { value } }) => go({ product: Product.safeParse(value).data })}
        />
        <div className="rows-tools">
          {isPhone ? null : (
            <ColumnChooser
              choices={columns.slice(1).map(({ key, head }) => ({ key, label: head }))}
              hidden={hidden}
              onChange={choices.setHidden}
              onReset={choices.reset}
            />
          )}
          {sums === undefined ? null : (
            <ExportButton
              rows={sums.rows}
              href={addressOf(exportReconciliationRows, { query: rowsQuestion(region, search) })}
            />
          )}
        </div>
      </div>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <SkeletonRows rows={10} /> : null}
      {sums?.rows === 0 ? (
        <p className="quiet nothing-found">
          {t('reconciliation.noMatch')}{' '}
          <Button variant="subtle" onClick={() => go({ q: undefined, finding: undefined, product: undefined })}>
            {t('reconciliation.clear')}
          </Button>
        </p>
      ) : null}
      {sums === undefined || sums.rows === 0 ? null : isPhone ? (
        <>
          <SortControl columns={columns} sorting={sorting} onSort={onSort} />
          <PhoneRows
            name={title}
            rows={rows}
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
            rows={rows}
            rowCount={sums.rows}
            rowKey={({ key }) => key}
            rowHeight={36}
            asked={JSON.stringify([region, search])}
            sorting={sorting}
            onSort={onSort}
            onEnd={more}
          />
        </div>
      )}
    </>
  );
}

/** Those that there are, and the one that the address asks for. */
const productsOf = (products: Reconciliation['products'], chosen: Product | undefined): Product[] =>
  Product.options.filter((one) => one === chosen || products.some(({ product }) => product === one));

function Sums({ sums: { rows, customers, money } }: { sums: RowsPage['sums'] }) {
  const { t, f } = useText();
  const amounts = money.filter(({ amount }) => amount !== '0').map((one) => signedMoney(one, f));
  return (
    <>
      {t('reconciliation.sums', { rows, customers: t('count.customers', { count: customers }) })}
      {amounts.length === 0 ? null : ` · ${t('reconciliation.aMonth', { money: f.list(amounts) })}`}
    </>
  );
}
