import type { Drawn, LinesPanel, Series } from './chart-data.ts';
import { Grid, linesIn, placeOf } from './chart-plot.tsx';
import { gridOf, runsOf } from './chart-scale.ts';

/** Lines on one scale from 0; those of licenses stand on a pale ground of their hue. A gap divides line and ground. */
export function Lines({ panel, ...drawn }: { panel: LinesPanel } & Drawn) {
  const { height, unit } = panel;
  const shown = panel.series.filter(({ key }) => !drawn.hidden.includes(key));
  const highest = Math.max(0, ...shown.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const { top } = gridOf(highest, linesIn(height));
  const y = (value: number): number => height - (value / top) * height;
  const now = shown.filter(({ isEarlier }) => isEarlier !== true);
  return (
    <>
      {now.map((series) => (
        <Ground key={series.key} series={series} height={height} y={y} plot={drawn.plot} />
      ))}
      <Grid {...drawn} highest={highest} height={height} unit={unit} />
      {shown.map((series) => (
        <Course key={series.key} series={series} y={y} {...drawn} />
      ))}
    </>
  );
}

interface Part {
  series: Series;
  y: (value: number) => number;
}

function Ground({ series, y, plot, height }: Part & Pick<Drawn, 'plot'> & { height: number }) {
  if (series.tone !== 'used' && series.tone !== 'assigned') return null;
  return runsOf(series.values).map((run) => {
    const [first] = run;
    const end = run.at(-1);
    if (first === undefined || end === undefined) return null;
    const x = (index: number): string => placeOf(plot, index).middle.toFixed(1);
    const points = run.map(({ index, value }) => `${x(index)} ${y(value).toFixed(1)}`);
    return (
      <path
        key={first.index}
        d={`M${x(first.index)} ${height} L${points.join(' L')} L${x(end.index)} ${height}Z`}
        className={`ground-${series.tone}`}
      />
    );
  });
}

function Course({ series: { values, tone, isEarlier = false }, y, plot, buckets }: Part & Drawn) {
  const last = plot.count - 1;
  const end = values[last] ?? null;
  return (
    <g className={`course-${tone}`} data-earlier={isEarlier || undefined}>
      {runsOf(values).map((run) => {
        const points = run.map(
          ({ index, value }) => `${placeOf(plot, index).middle.toFixed(1)} ${y(value).toFixed(1)}`,
        );
        const [first] = run;
        if (first === undefined) return null;
        return run.length === 1 ? (
          <circle
            key={first.index}
            cx={placeOf(plot, first.index).middle}
            cy={y(first.value)}
            r="2"
            className="course-dot"
          />
        ) : (
          <path key={first.index} d={`M${points.join(' L')}`} className="course-line" />
        );
      })}
      {end === null || isEarlier ? null : (
        <circle
          cx={placeOf(plot, last).middle}
          cy={y(end)}
          r="4"
          className="course-dot"
          data-open={buckets[last]?.isOpen || undefined}
        />
      )}
    </g>
  );
}
