import { useId } from 'react';
import type { Series, Tone } from './chart-data.ts';
import './charts.css';

/** The colour of a series, hatched where it stands for nothing. */
export function LegendMark({ tone }: { tone: Tone }) {
  const id = useId();
  const isPale = tone === 'none' || tone === 'unknown';
  return (
    <svg width="12" height="12" className="legend-mark" aria-hidden="true">
      {isPale ? (
        <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className="tone-none" />
          <line x1="0" y1="0" x2="0" y2="4" className="chart-hatch" />
        </pattern>
      ) : null}
      <rect
        x="1"
        y="1"
        width="10"
        height="10"
        className={isPale ? 'chart-pale' : `tone-${tone}`}
        {...(isPale ? { fill: `url(#${id})` } : {})}
      />
    </svg>
  );
}

/** A series and whether it is drawn; pressed while it is. */
export function LegendButton({
  series: { key, name, tone },
  hidden,
  onHide,
}: {
  series: Pick<Series, 'key' | 'name' | 'tone'>;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}) {
  const isHidden = hidden.includes(key);
  return (
    <button
      type="button"
      className="legend-item"
      aria-pressed={!isHidden}
      onClick={() => onHide(isHidden ? hidden.filter((other) => other !== key) : [...hidden, key])}
    >
      <LegendMark tone={tone} />
      {name}
    </button>
  );
}

export function Legend({
  series,
  label,
  ...choice
}: {
  series: readonly Pick<Series, 'key' | 'name' | 'tone'>[];
  label: string;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}) {
  return (
    <ul className="chart-legend" aria-label={label}>
      {series.map((one) => (
        <li key={one.key}>
          <LegendButton series={one} {...choice} />
        </li>
      ))}
    </ul>
  );
}
