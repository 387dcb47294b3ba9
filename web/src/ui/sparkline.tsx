/** The line alone; what it says stands in `label`. */
export function Sparkline({
  values,
  label,
  width = 200,
  height = 40,
}: {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
}) {
  const last = values.at(-1);
  if (values.length < 2 || last === undefined) return <svg width={width} height={height} aria-hidden="true" />;
  const top = Math.max(...values, 1);
  const point = (value: number, index: number): [number, number] => [
    (index / (values.length - 1)) * (width - 4),
    height - 2 - (value / top) * (height - 6),
  ];
  const points = values.map((value, index) =>
    point(value, index)
      .map((n) => n.toFixed(1))
      .join(' '),
  );
  const [x, y] = point(last, values.length - 1);
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="sparkline">
      <path d={`M0 ${height} L${points.join(' L')} L${width - 4} ${height}Z`} className="sparkline-ground" />
      <path d={`M${points.join(' L')}`} className="sparkline-line" />
      <circle cx={x} cy={y} r="2.5" className="sparkline-dot" />
    </svg>
  );
}
