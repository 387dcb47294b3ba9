import { Link } from '@tanstack/react-router';
import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { State } from '../../ui/glyph.tsx';
import { stateWords, storedRows } from './batch-words.ts';

/** As wide as their words in this language and these rows need. */
export function batchColumns(t: Translate, f: Format, rows: readonly ImportBatch[]): Column<ImportBatch>[] {
  const feedOf = ({ feed }: ImportBatch): string => t(feed === null ? 'feed.unknown' : `feed.${feed}`);
  const sourceOf = ({ source }: ImportBatch): string => t(`source.${source}`);
  const coversOf = ({ covers }: ImportBatch): string => (covers === null ? '' : f.dayRange(covers.from, covers.to));
  const stateOf = (batch: ImportBatch): string => stateWords(batch, t).word;
  const column = (
    key: string,
    head: string,
    textOf: (batch: ImportBatch) => string,
    more: Partial<Column<ImportBatch>> & { besides?: number } = {},
  ): Column<ImportBatch> => {
    const { besides = 0, ...rest } = more;
    const widest = Math.max(0, ...rows.map((batch) => textPixels(textOf(batch)) + besides));
    return {
      key,
      head,
      width: Math.ceil(cellPadding + Math.max(widest, ...head.split(' ').map((word) => textPixels(word) + besides))),
      cell: (batch) => <span title={textOf(batch)}>{textOf(batch)}</span>,
      ...rest,
    };
  };
  const number = (key: string, head: string, of: (batch: ImportBatch) => number | null): Column<ImportBatch> => {
    const text = (batch: ImportBatch): string => {
      const value = of(batch);
      return value === null ? '' : f.number(value);
    };
    return column(key, head, text, { isNumber: true, cell: text });
  };
  return [
    column('batch', t('imports.col.batch'), (batch) => `B-${batch.number}`, {
      besides: 14, // the edge of the page
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
    }),
    column('feed', t('imports.col.feed'), (batch) => `${feedOf(batch)} ${regionLabels[batch.region]}`, {
      besides: 4, // the feed stands in bold
      cell: (batch) => (
        <span className="batch-feed" title={`${feedOf(batch)} ${regionLabels[batch.region]}`}>
          <span className="strong cut">{feedOf(batch)}</span>{' '}
          <span className="quiet">{regionLabels[batch.region]}</span>
        </span>
      ),
    }),
    column('source', t('imports.col.source'), sourceOf),
    column('covers', t('imports.col.covers'), coversOf),
    number('rows', t('imports.col.rows'), (batch) => batch.counts?.read ?? batch.progress?.rowsDone ?? null),
    number('stored', t('imports.col.stored'), ({ counts }) => counts && storedRows(counts)),
    number('duplicates', t('imports.col.duplicates'), (batch) => batch.counts?.duplicate ?? null),
    ...(rows.some((batch) => (batch.counts?.replaced ?? 0) > 0)
      ? [number('replaced', t('imports.col.replaced'), (batch) => batch.counts?.replaced ?? null)]
      : []), // it is rare, and its room is scarce
    number('held', t('imports.col.held'), (batch) => batch.counts?.held ?? null),
    column('state', t('imports.col.state'), stateOf, {
      besides: 4, // the glyph, less the smaller words
      cell: (batch) => (
        <span title={stateOf(batch)}>
          <State {...stateWords(batch, t)} />
        </span>
      ),
    }),
    column('ended', t('imports.col.ended'), ({ endedAt }) => (endedAt === null ? '' : f.shortDateTime(endedAt)), {
      besides: 14, // the edge of the page
      unit: t('common.utc'),
      isNumber: true,
      cell: ({ endedAt }) =>
        endedAt === null ? null : <span title={`${f.seconds(endedAt)} UTC`}>{f.shortDateTime(endedAt)}</span>,
    }),
  ];
}

const cellPadding = 20;

/** About what a text takes at 13 px: enough to lay columns out by. */
function textPixels(text: string): number {
  let pixels = 0;
  for (const char of text) pixels += pixelsOf.find(([group]) => group.test(char))?.[1] ?? 7.6;
  return pixels;
}

const pixelsOf: readonly [RegExp, number][] = [
  [/[ .,:]/, 4],
  [/[0-9]/, 8.4],
  [/[a-z]/, 7],
  [/[\u0400-\u04ff]/, 7.9], // Cyrillic
  [/[\u1100-\uffff]/, 13], // Hangul
];
