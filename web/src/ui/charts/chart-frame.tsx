import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { toast } from '../toast.tsx';
import { type Bucket, type Series, valueText } from './chart-data.ts';
import './charts.css';

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
  children: ReactNode;
}) {
  const { t } = useText();
  const [isTable, setIsTable] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const file = { name: fileName, lines: [title, about.join(' · ')] };
  const save = async (kind: 'csv' | 'png'): Promise<void> => {
    const { csvOf, saveCsv, savePng } = await import('./chart-export.ts');
    if (kind === 'csv') saveCsv(file, csvOf(bucketHead, buckets, series));
    const svg = body.current?.querySelector<SVGSVGElement>('.chart-svg') ?? null;
    if (kind === 'png' && svg !== null) await savePng(file, svg);
  };
  const take = (kind: 'csv' | 'png') => {
    setIsOpen(false);
    save(kind).catch(() => toast({ glyph: 'failed', title: t('chart.notSaved'), body: title }));
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
        {isTable ? <SeriesTable title={title} bucketHead={bucketHead} buckets={buckets} series={series} /> : children}
      </div>
    </section>
  );
}

function SeriesTable({
  title,
  bucketHead,
  buckets,
  series,
}: {
  title: string;
  bucketHead: string;
  buckets: readonly Bucket[];
  series: readonly Series[];
}) {
  const { t } = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
    <section className="chart-table" tabIndex={0} aria-label={title}>
      <table className="plain-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{bucketHead}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket, index) => (
            <tr key={bucket.key}>
              <th scope="row">
                {bucket.name}
                {bucket.isOpen ? <span className="quiet"> {t('chart.open')}</span> : null}
              </th>
              {series.map((one) => {
                const value = one.values[index] ?? null;
                return <td key={one.key}>{value === null ? '' : valueText(one, value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
