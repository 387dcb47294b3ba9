import { Link } from '@tanstack/react-router';
import type { ImportBatch } from '@hub/contract/imports';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { State } from '../../ui/glyph.tsx';
import { batchFacts, countedParts, countsOf, stateWords } from './batch-words.ts';

/** As wide as their words in this language and these rows need. */
export function batchColumns(t: Translate, f: Format, rows: readonly ImportBatch[]): Column<ImportBatch>[] {
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
  const part = (key: (typeof countedParts)[number]): Column<ImportBatch> =>
    number(key, t(`batch.${key}`), (batch) => countsOf(batch)?.[key] ?? null);
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
    {
      key: 'file',
      head: t('batch.file'),
      width: fileWidth,
      cell: (batch) => <FileCell name={batch.fileName} facts={batchFacts(batch, t, f)} />,
    },
    number('rows', t('imports.col.rows'), (batch) => countsOf(batch)?.read ?? batch.progress?.rowsDone ?? null),
    ...countedParts.map(part),
    column('state', t('imports.col.state'), stateOf, {
      besides: 20, // the glyph, and strong words
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

/** Which file, over what it holds. */
function FileCell({ name, facts }: { name: string; facts: string }) {
  return (
    <span className="batch-file">
      <span className="strong cut" title={name}>
        {name}
      </span>
      <span className="help cut" title={facts}>
        {facts}
      </span>
    </span>
  );
}

/** At least; it takes what the others leave (imports.css). Names are cut, numbers and states are not. */
const fileWidth = 280;
const cellPadding = 20;

/** About what a text takes at 13 px: enough to lay columns out by. */
function textPixels(text: string): number {
  let pixels = 0;
  for (const char of text) pixels += pixelsOf.find(([group]) => group.test(char))?.[1] ?? 7.6;
  return pixels;
}

const pixelsOf: readonly [RegExp, number][] = [
  [/[ .,:\u00a0\u202f]/, 4],
  [/[0-9]/, 8.4],
  [/[a-z]/, 7],
  [/[\u0400-\u04ff]/, 7.9], // Cyrillic
  [/[\u1100-\uffff]/, 13], // Hangul
];
