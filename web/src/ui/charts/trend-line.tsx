import { type MaybeNumber, runsOf } from './chart-scale.ts';
import './charts.css';

/** A row's course in small: between its own lowest and highest value, gaps as gaps. What it says stands in `label`. */
export function TrendLine({
  values,
  label,
  tone = 'accent',
  width = 80,
  height = 22,
  hasGround = false,
}: {
  values: readonly MaybeNumber[];
  /** Absent: the numbers stand beside it. */
  label?: string;
  tone?: 'accent' | 'over' | 'quiet';
  width?: number;
  height?: number;
  hasGround?: boolean;
}) {
  const known = values.filter((value) => value !== null);
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index: number): number => 3 + (index / Math.max(1, values.length - 1)) * (width - 6);
  const y = (value: number): number =>
    high === low ? height / 2 : 4 + ((high - value) / (high - low)) * (height - (hasGround ? 10 : 8));
  const last = values.at(-1) ?? null;
  return (
    <svg {...named} width={width} height={height} className="trend-line" data-tone={tone}>
      {runsOf(values).map((run) => {
        const points = run.map(({ index, value }) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
        const [first] = run;
        const end = run.at(-1);
        if (first === undefined || end === undefined) return null;
        return (
          <g key={first.index}>
            {hasGround ? (
              <path
                d={`M${x(first.index)} ${height} L${points.join(' L')} L${x(end.index)} ${height}Z`}
                className="trend-ground"
              />
            ) : null}
            {run.length === 1 ? (
              <circle cx={x(first.index)} cy={y(first.value)} r="1.5" className="trend-dot" />
            ) : (
              <path d={`M${points.join(' L')}`} className="trend-path" />
            )}
          </g>
        );
      })}
      {last === null ? null : <circle cx={x(values.length - 1)} cy={y(last)} r="2.5" className="trend-dot" />}
    </svg>
  );
}
