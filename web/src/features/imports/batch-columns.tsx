import { Link } from '@tanstack/react-router';
import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/data-table.tsx';
import { State } from '../../ui/glyph.tsx';
import { stateWords, storedRows } from './batch-words.ts';

export function batchColumns(t: Translate, f: Format): Column<ImportBatch>[] {
  const count = (of: (batch: ImportBatch) => number | null) => (batch: ImportBatch) => {
    const value = of(batch);
    return value === null ? null : f.number(value);
  };
  const number = (
    key: string,
    head: string,
    width: number,
    of: (batch: ImportBatch) => number | null,
  ): Column<ImportBatch> => ({
    key,
    head,
    width,
    isNumber: true,
    cell: count(of),
  });
  return [
    {
      key: 'batch',
      head: t('imports.col.batch'),
      width: 96,
      cell: (batch) => (
        <Link
          from="/imports"
          to="/imports"
          search={(search) => ({ ...search, batch: batch.id })}
          className="mono batch-link"
          title={batch.fileName}
        >
          B-{batch.number}
        </Link>
      ),
    },
    {
      key: 'feed',
      head: t('imports.col.feed'),
      width: 150,
      cell: (batch) => (
        <>
          <span className="strong">{batch.feed === null ? t('feed.unknown') : t(`feed.${batch.feed}`)}</span>{' '}
          <span className="quiet">{regionLabels[batch.region]}</span>
        </>
      ),
    },
    { key: 'source', head: t('imports.col.source'), width: 96, cell: (batch) => t(`source.${batch.source}`) },
    {
      key: 'covers',
      head: t('imports.col.covers'),
      width: 120,
      cell: (batch) => (batch.covers === null ? null : f.dayRange(batch.covers.from, batch.covers.to)),
    },
    number('rows', t('imports.col.rows'), 100, (batch) => batch.counts?.read ?? batch.progress?.rowsDone ?? null),
    number('stored', t('imports.col.stored'), 100, (batch) =>
      batch.counts === null ? null : storedRows(batch.counts),
    ),
    number('duplicates', t('imports.col.duplicates'), 96, (batch) => batch.counts?.duplicate ?? null),
    number('replaced', t('imports.col.replaced'), 92, (batch) => batch.counts?.replaced ?? null),
    number('held', t('imports.col.held'), 84, (batch) => batch.counts?.held ?? null),
    { key: 'state', head: t('imports.col.state'), width: 150, cell: (batch) => <State {...stateWords(batch, t)} /> },
    {
      key: 'ended',
      head: t('imports.col.ended'),
      unit: t('common.utc'),
      width: 132,
      isNumber: true,
      cell: (batch) =>
        batch.endedAt === null ? null : (
          <span title={`${f.seconds(batch.endedAt)} UTC`}>{f.shortDateTime(batch.endedAt)}</span>
        ),
    },
  ];
}
