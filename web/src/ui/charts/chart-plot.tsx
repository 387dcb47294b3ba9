import type { Drawn, Plot } from './chart-data.ts';
import { gridOf } from './chart-scale.ts';

export const left = 40; // where the values of the grid stand

/** Where a bucket stands; a column fills 66 % of its step. */
export function placeOf({ width, count }: Plot, index: number) {
  const step = (width - left) / Math.max(1, count);
  const start = left + step * index;
  return { left: start, step, middle: start + step / 2, columnLeft: start + step * 0.17, column: step * 0.66 };
}

// As many as have room for their numbers, in a strip of so many pixels.
export const linesIn = (height: number): number => (height < 90 ? 2 : 4);

export function Grid({
  highest,
  height,
  unit,
  plot,
  compact,
}: { highest: number; height: number; unit: string } & Drawn) {
  const { top, lines } = gridOf(highest, linesIn(height));
  return (
    <>
      {lines.map((value) => {
        const y = height - (value / top) * height;
        return (
          <g key={value}>
            <line x1={0} x2={plot.width} y1={y} y2={y} className="chart-grid" />
            <text x={0} y={y - 5} className="chart-value">
              {value === top ? `${compact(value)} ${unit}` : compact(value)}
            </text>
          </g>
        );
      })}
      <line x1={0} x2={plot.width} y1={height} y2={height} className="chart-base" />
    </>
  );
}
