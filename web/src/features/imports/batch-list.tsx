import { Button } from '@mantine/core';
import type { ImportBatch } from '@hub/contract/imports';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { State } from '../../ui/glyph.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { EmptyState, InlineError } from '../../ui/states.tsx';
import { batchColumns } from './batch-columns.tsx';
import { batchFacts, countedParts, countsOf, partsText, stateWords } from './batch-words.ts';
import { LedgerTools } from './ledger-tools.tsx';
import { isNarrowed, type LedgerFilter, olderImportsQuery } from './queries.ts';

/** What the open panel says of its batch leaves the room of the table. */
const inPanel: readonly string[] = countedParts;

/** Every import, newest first; the row's number opens it. */
export function BatchList({
  latest,
  total,
  next,
  selected,
  filter,
  onFilter,
}: {
  latest: readonly ImportBatch[];
  total: number;
  next: number | null;
  selected: string | undefined;
  filter: LedgerFilter;
  onFilter: (change: LedgerFilter) => void;
}) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const older = useInfiniteQuery(olderImportsQuery(filter, next));
  const rows = useMemo(() => {
    const known = new Set(latest.map((batch) => batch.id));
    const before = older.data?.pages.flatMap((page) => page.items) ?? [];
    return [...latest, ...before.filter((batch) => !known.has(batch.id))];
  }, [latest, older.data]);
  const isBesidePanel = selected !== undefined;
  const columns = useMemo(
    () => batchColumns(t, f, rows).filter((column) => !isBesidePanel || !inPanel.includes(column.key)),
    [t, f, rows, isBesidePanel],
  );
  const hasMore = older.data === undefined ? next !== null : older.hasNextPage;
  return (
    <section>
      <div className="section-head batches-head">
        <h2>{t('imports.batches')}</h2>
        {rows.length === 0 ? null : (
          <span className="quiet num">{t('imports.batches.count', { shown: rows.length, total })}</span>
        )}
      </div>
      {rows.length === 0 && !isNarrowed(filter) ? (
        <EmptyState title={t('imports.empty')} hint={t('imports.empty.hint')} />
      ) : (
        <LedgerTools filter={filter} onFilter={onFilter} />
      )}
      {rows.length === 0 && isNarrowed(filter) ? <EmptyState title={t('ledger.noMatch')} /> : null}
      {rows.length > 0 && isPhone ? (
        <RowList
          name={t('imports.batches')}
          rows={rows}
          rowKey={(batch) => batch.id}
          rowHeight={105}
          row={(batch) => <BatchLines batch={batch} />}
        />
      ) : null}
      {rows.length > 0 && !isPhone ? (
        <div className="batches">
          <DataTable
            name={t('imports.batches')}
            columns={columns}
            rows={rows}
            rowCount={total}
            rowKey={(batch) => batch.id}
            rowHeight={48}
            selectedKey={selected}
          />
        </div>
      ) : null}
      <InlineError error={older.error} />
      {hasMore ? (
        <div className="band">
          <Button
            loading={older.isFetching}
            onClick={() => void (older.data === undefined ? older.refetch() : older.fetchNextPage())}
          >
            {t('action.showMore')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function BatchLines({ batch }: { batch: ImportBatch }) {
  const { t, f } = useText();
  const counts = countsOf(batch);
  return (
    <Link from="/imports" to="/imports" search={(search) => ({ ...search, batch: batch.id })} className="lines plain">
      <div>
        <span className="strong cut" title={batch.fileName}>
          {batch.fileName}
        </span>
      </div>
      <div>
        <State {...stateWords(batch, t)} />
        <span className="mono">B-{batch.number}</span>
      </div>
      <div className="num quiet">
        <span className="cut">{batchFacts(batch, t, f)}</span>
      </div>
      {counts === null ? null : (
        <p className="num quiet">
          {t('count.rows', { count: counts.read })}
          {counts.read === 0 ? null : `: ${partsText(counts, t)}`}
        </p>
      )}
    </Link>
  );
}
