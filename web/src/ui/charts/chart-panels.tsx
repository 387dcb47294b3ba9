import type { Drawn, Panel, Plot, Series } from './chart-data.ts';
import { Grid, left, linesIn, placeOf } from './chart-plot.tsx';
import { gridOf, labelledOf, runsOf } from './chart-scale.ts';

export const headHeight = ({ head }: Panel): number => (head === undefined ? 18 : 34);

export function Hatches({ id }: { id: string }) {
  const pattern = (name: string) => ({
    id: `${id}${name}`,
    width: 5,
    height: 5,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  return (
    <defs>
      <pattern {...pattern('none')}>
        <rect width="5" height="5" className="tone-none" />
        <line x1="0" y1="0" x2="0" y2="5" className="chart-hatch" />
      </pattern>
      <pattern {...pattern('open')}>
        <line x1="0" y1="0" x2="0" y2="5" className="chart-hatch-open" />
      </pattern>
    </defs>
  );
}

export function ChartPanel({ panel, ...drawn }: { panel: Panel } & Drawn) {
  const top = headHeight(panel);
  return (
    <>
      {panel.head === undefined ? null : (
        <text x={0} y={12} className="chart-head">
          {panel.head}
        </text>
      )}
      <g transform={`translate(0 ${top})`}>
        {panel.kind === 'line' ? <Line panel={panel} {...drawn} /> : null}
        {panel.kind === 'lollipop' ? <Lollipops panel={panel} {...drawn} /> : null}
        {panel.kind === 'lines' ? <panel.draw panel={panel} {...drawn} /> : null}
        {panel.kind === 'stack' ? <Stack panel={panel} {...drawn} /> : null}
      </g>
    </>
  );
}

function Line({ panel: { series, height }, plot, hidden, buckets }: { panel: Panel & { kind: 'line' } } & Drawn) {
  if (hidden.includes(series.key)) return null;
  const known = series.values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const inset = 10;
  const y = (value: number): number =>
    high === low ? height / 2 : inset + ((high - value) / (high - low)) * (height - 2 * inset);
  const labelled = labelledOf(series.values);
  const x = (index: number): number => placeOf(plot, index).middle;
  return (
    <>
      {runsOf(series.values).map((run) => (
        <path
          key={run[0]?.index}
          d={`M${run.map(({ index, value }) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join(' L')}`}
          className="chart-line"
        />
      ))}
      {series.values.map((value, index) =>
        value === null ? null : (
          <g key={buckets[index]?.key}>
            <circle
              cx={x(index)}
              cy={y(value)}
              r={index === plot.count - 1 ? 4 : 2.5}
              className="chart-dot"
              data-strong={index === plot.count - 1 || undefined}
              data-open={buckets[index]?.isOpen || undefined}
            />
            {labelled.has(index) ? (
              <PointLabel x={x(index)} y={y(value) - 8} plot={plot} isStrong={index === plot.count - 1}>
                {series.text(value)}
              </PointLabel>
            ) : null}
          </g>
        ),
      )}
    </>
  );
}

function PointLabel({
  x,
  y,
  plot,
  isStrong,
  children,
}: {
  x: number;
  y: number;
  plot: Plot;
  isStrong: boolean;
  children: string;
}) {
  return (
    <text
      x={Math.min(x, plot.width - 16)}
      y={y}
      textAnchor="middle"
      className="chart-point"
      data-strong={isStrong || undefined}
    >
      {children}
    </text>
  );
}

function Lollipops({ panel, ...drawn }: { panel: Panel & { kind: 'lollipop' } } & Drawn) {
  const { series, height, unit, limit, isOver } = panel;
  const { plot, hidden, buckets } = drawn;
  const known = series.values.filter((value) => value !== null);
  const highest = Math.max(0, ...known, limit?.value ?? 0) * 1.1;
  const { top } = gridOf(highest, linesIn(height));
  const y = (value: number): number => height - (value / top) * height;
  const labelled = labelledOf(series.values);
  return (
    <>
      <Grid {...drawn} highest={highest} height={height} unit={unit} />
      {limit === undefined ? null : (
        <>
          <line x1={left} x2={plot.width} y1={y(limit.value)} y2={y(limit.value)} className="chart-limit" />
          <text x={plot.width} y={y(limit.value) - 5} textAnchor="end" className="chart-value">
            {limit.label}
          </text>
        </>
      )}
      {hidden.includes(series.key)
        ? null
        : series.values.map((value, index) => {
            if (value === null) return null;
            const x = placeOf(plot, index).middle;
            return (
              <g key={buckets[index]?.key}>
                <line
                  x1={x}
                  x2={x}
                  y1={height}
                  y2={y(value)}
                  className="chart-stem"
                  data-open={buckets[index]?.isOpen || undefined}
                />
                <circle cx={x} cy={y(value)} r={5} className="chart-ring" data-over={isOver[index] || undefined} />
                {labelled.has(index) ? (
                  <PointLabel x={x} y={y(value) - 11} plot={plot} isStrong={index === plot.count - 1}>
                    {series.text(value)}
                  </PointLabel>
                ) : null}
              </g>
            );
          })}
    </>
  );
}

function Stack({ panel, ...drawn }: { panel: Panel & { kind: 'stack' } } & Drawn) {
  const { height, unit } = panel;
  const { plot, hidden, buckets } = drawn;
  const shown = panel.series.filter(({ key }) => !hidden.includes(key));
  const sumAt = (index: number, some: readonly Series[]): number =>
    some.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
  const highest = Math.max(0, ...buckets.map((_, index) => sumAt(index, shown)));
  const { top } = gridOf(highest, linesIn(height));
  const tall = (value: number): number => (value / top) * height;
  return (
    <>
      <Grid {...drawn} highest={highest} height={height} unit={unit} />
      {buckets.map((bucket, index) => {
        const { columnLeft, column } = placeOf(plot, index);
        const sum = sumAt(index, shown);
        return (
          <g key={bucket.key}>
            {shown.map(({ key, tone, values }, at) => {
              const value = values[index] ?? null;
              if (value === null || value === 0) return null;
              const base = tall(sumAt(index, shown.slice(0, at)));
              const isPale = tone === 'none' || tone === 'unknown';
              return (
                <rect
                  key={key}
                  data-series={key}
                  x={columnLeft}
                  width={column}
                  y={height - base - tall(value)}
                  height={Math.max(0.5, tall(value) - (isPale || at === shown.length - 1 ? 0 : 1))}
                  className={`chart-segment ${isPale ? 'chart-pale' : `tone-${tone}`}`}
                  {...(isPale ? { fill: `url(#${plot.hatch}none)` } : {})}
                />
              );
            })}
            {bucket.isOpen && sum > 0 ? (
              <rect
                x={columnLeft}
                width={column}
                y={height - tall(sum)}
                height={tall(sum)}
                fill={`url(#${plot.hatch}open)`}
                className="chart-unfinished"
              />
            ) : null}
          </g>
        );
      })}
    </>
  );
}
