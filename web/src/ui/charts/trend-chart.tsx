import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { type Bucket, type Panel, type Plot, type Series, seriesOf, valueText } from './chart-data.ts';
import { ChartPanel, Hatches, headHeight } from './chart-panels.tsx';
import { placeOf } from './chart-plot.tsx';
import { useWidth } from './use-width.ts';
import './charts.css';

const axisHeight = 22;
const leastLabel = 36; // CSS pixels
const ofLetter = 6; // at 11 pixels, of Latin and Cyrillic
const ofSyllable = 11;
const gap = 18; // between two strips, in CSS pixels

/** A click, Enter or Space on a bucket: what it leads to is said with its name. A click also tells on which segment of a column. */
interface Pick {
  key?: string | undefined;
  /** It leads elsewhere, and chooses nothing here. */
  isWay?: boolean;
  label: (bucket: Bucket) => string;
  onPick: (bucket: Bucket, series?: string) => void;
}

/** Strips over one time axis. One stop of the Tab key; arrow keys, Home and End go from bucket to bucket. */
export function TrendChart({
  summary,
  buckets,
  panels,
  hidden = [],
  compact,
  pick,
}: {
  /** One sentence: what the picture shows. */
  summary: string;
  buckets: readonly Bucket[];
  panels: readonly Panel[];
  /** Keys of series that are switched off. */
  hidden?: readonly string[];
  /** A number on the grid: short. */
  compact: (value: number) => string;
  pick?: Pick | undefined;
}) {
  const { t } = useText();
  const id = useId();
  const { box, width } = useWidth<HTMLDivElement>();
  const [current, setCurrent] = useState(buckets.length - 1);
  const [shown, setShown] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const here = Math.min(current, buckets.length - 1);
  const plot: Plot = { width: Math.max(width, 240), count: buckets.length, hatch: id };
  const tops = panels.map((_, index) =>
    panels.slice(0, index).reduce((sum, panel) => sum + headHeight(panel) + panel.height + gap, 0),
  );
  const height = panels.reduce((sum, panel) => sum + headHeight(panel) + panel.height + gap, axisHeight - gap);
  const series = seriesOf(panels).filter(({ key }) => !hidden.includes(key));
  const told = (one: Series, index: number): string => {
    const value = one.values[index] ?? null;
    return `${one.name}: ${value === null ? t('chart.nothing') : valueText(one, value)}`;
  };
  const wordsOf = (index: number): string =>
    [
      `${buckets[index]?.name ?? ''}${buckets[index]?.isOpen === true ? `, ${t('chart.open')}` : ''}`,
      ...series.map((one) => told(one, index)),
    ].join('; ');
  const onKeyDown = (event: KeyboardEvent) => {
    const next = placeAfter(event.key, here, buckets.length);
    if (event.key === 'Escape') setShown(null);
    const focused = buckets[here];
    if (pick !== undefined && focused !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      pick.onPick(focused);
    }
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    svg.current?.querySelector<SVGGElement>(`[data-bucket="${next}"]`)?.focus();
  };
  const step = placeOf(plot, 1).middle - placeOf(plot, 0).middle;
  const labelWidth = Math.max(leastLabel, ...buckets.map(({ label }) => widthOf(label)));
  const lastLabel = labelWidth / 2;
  // The last label is moved in where its bucket is narrow, towards the one before.
  const every = Math.max(1, Math.ceil((labelWidth + 10 + Math.max(0, lastLabel - step / 2)) / step));
  if (seriesOf(panels).every(({ values }) => values.every((value) => value === null)))
    return (
      <div className="chart" ref={box}>
        <p className="quiet">{t('chart.empty')}</p>
      </div>
    );
  return (
    <div className="chart" ref={box}>
      <svg
        ref={svg}
        className="chart-svg"
        width={plot.width}
        height={height}
        viewBox={`0 0 ${plot.width} ${height}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no other tag draws
        role="group"
        aria-label={summary}
      >
        <Hatches id={id} />
        {panels.map((panel, index) => (
          <g key={panelKey(panel)} transform={`translate(0 ${tops[index]})`}>
            <ChartPanel panel={panel} plot={plot} hidden={hidden} buckets={buckets} compact={compact} />
          </g>
        ))}
        {buckets.map((bucket, index) => {
          const { left, middle, step } = placeOf(plot, index);
          const isLast = index === buckets.length - 1;
          return (
            <g
              key={bucket.key}
              role={pick === undefined ? 'img' : pick.isWay === true ? 'link' : 'button'}
              aria-label={pick === undefined ? wordsOf(index) : `${wordsOf(index)}. ${pick.label(bucket)}`}
              aria-pressed={pick === undefined || pick.isWay === true ? undefined : pick.key === bucket.key}
              data-bucket={index}
              data-picked={pick?.key === bucket.key || undefined}
              onClick={pick === undefined ? undefined : (event) => pick.onPick(bucket, seriesAt(event))}
              tabIndex={index === here ? 0 : -1}
              className="chart-bucket"
              onKeyDown={onKeyDown}
              onFocus={() => {
                setCurrent(index);
                setShown(index);
              }}
              onBlur={() => setShown(null)}
              onMouseEnter={() => setShown(index)}
              onMouseLeave={() => setShown(null)}
            >
              <rect x={left} y={0} width={step} height={height} className="chart-hit" />
              {(buckets.length - 1 - index) % every === 0 ? (
                <text
                  x={Math.min(middle, plot.width - lastLabel)}
                  y={height - 5}
                  className="chart-label"
                  data-strong={isLast || undefined}
                  textAnchor="middle"
                >
                  {bucket.label}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      {shown === null || buckets[shown] === undefined ? null : (
        <div className="chart-tip" aria-hidden="true" style={tipPlace(placeOf(plot, shown).middle, plot.width)}>
          <strong>{buckets[shown].name}</strong>
          {buckets[shown].isOpen ? <span>{t('chart.open')}</span> : null}
          {series.map((one) => (
            <span key={one.key}>{told(one, shown)}</span>
          ))}
          {pick === undefined ? null : <span className="chart-tip-act">{pick.label(buckets[shown])}</span>}
        </div>
      )}
    </div>
  );
}

/** The segment under the pointer: what takes clicks lies above all of them. */
function seriesAt({ clientX: x, clientY: y, currentTarget }: MouseEvent<SVGElement>): string | undefined {
  const segments = currentTarget.ownerSVGElement?.querySelectorAll<SVGElement>('[data-series]') ?? [];
  const hit = [...segments].find((segment) => {
    const { left, right, top, bottom } = segment.getBoundingClientRect();
    return left < x && x < right && top < y && y < bottom;
  });
  return hit?.dataset['series'];
}

const widthOf = (label: string): number =>
  [...label].reduce((sum, letter) => sum + (letter > '\u2fff' ? ofSyllable : ofLetter), 0);

const panelKey = (panel: Panel): string => `${panel.kind} ${seriesOf([panel])[0]?.key}`;

/** On the side of the bucket that has more room. */
function tipPlace(x: number, width: number): { left: number } | { right: number } {
  return x < width / 2 ? { left: x + 12 } : { right: width - x + 12 };
}

function placeAfter(key: string, here: number, count: number): number | null {
  const places: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: count - 1 };
  const place = places[key];
  return place === undefined ? null : Math.min(count - 1, Math.max(0, place));
}
