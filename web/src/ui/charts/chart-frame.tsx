import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconDownload, IconTable } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { toast } from '../toast.tsx';
import type { Bucket, Series } from './chart-data.ts';
import type { TableNumber } from './series-table.tsx';
import './charts.css';

// Asked for by a click.
const SeriesTable = lazy(async () => ({ default: (await import('./series-table.tsx')).SeriesTable }));

/** A chart with its title, the same numbers as a table, and both as files. */
export function ChartFrame({
  title,
  context,
  chip,
  tools,
  bucketHead,
  buckets,
  series,
  fileName,
  about,
  hasPicture = true,
  number,
  children,
}: {
  title: string;
  context?: string;
  chip?: ReactNode;
  /** What the picture and its table are of: a line of choices above both. */
  tools?: ReactNode;
  /** What a bucket is: Week. */
  bucketHead: string;
  buckets: readonly Bucket[];
  series: readonly Series[];
  fileName: string;
  /** Region, time and policy: what a picture must say when it is alone. */
  about: readonly string[];
  /** False: it is no drawing that could be saved as one. */
  hasPicture?: boolean;
  /** What a number of the table leads to; without it, nothing. Of 0 there is nothing to see. */
  number?: TableNumber | undefined;
  children: ReactNode;
}) {
  const { t } = useText();
  const [isTable, setIsTable] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const take = (kind: 'csv' | 'png') => {
    setIsOpen(false);
    import('./chart-export.ts')
      .then(({ saveChart }) => saveChart(kind, { title, about, fileName, bucketHead, buckets, series }, body.current))
      .catch(() => toast({ glyph: 'failed', title: t('chart.notSaved'), body: title }));
  };
  return (
    <section className="chart-frame" aria-label={title}>
      <div className="chart-frame-head">
        <h2>{title}</h2>
        {context === undefined ? null : <span className="quiet num">{context}</span>}
        {chip}
        <div className="chart-frame-tools">
          <Button
            variant="subtle"
            aria-pressed={isTable}
            leftSection={<IconTable size={16} stroke={1.6} />}
            onClick={() => setIsTable(!isTable)}
          >
            {t('chart.asTable')}
          </Button>
          <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus returnFocus>
            <Popover.Target>
              <ActionIcon aria-label={t('chart.download', { title })} onClick={() => setIsOpen(!isOpen)}>
                <IconDownload size={16} stroke={1.6} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown className="chart-files">
              <Button variant="subtle" onClick={() => take('csv')}>
                CSV
              </Button>
              {hasPicture && !isTable ? (
                <Button variant="subtle" onClick={() => take('png')}>
                  PNG
                </Button>
              ) : null}
            </Popover.Dropdown>
          </Popover>
        </div>
      </div>
      {tools}
      <div ref={body}>
        {isTable ? (
          <Suspense fallback={children}>
            <SeriesTable title={title} bucketHead={bucketHead} buckets={buckets} series={series} number={number} />
          </Suspense>
        ) : (
          children
        )}
      </div>
    </section>
  );
}
