import { useId } from 'react';

/** The share of the width that stands for what was bought; the rest is room for what is over it. */
const whole = 0.86;

/** Assigned of ordered, with the notch at what was bought and what is over beyond it, hatched. The words stand in `label`. */
export function LicenseBar({
  ordered,
  assigned,
  over,
  label,
}: {
  ordered: number;
  assigned: number | null;
  over: number;
  label: string;
}) {
  const hatch = useId();
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  const share = assigned === null || ordered === 0 ? 0 : Math.min(1, (assigned - over) / ordered);
  const beyond = over === 0 ? 0 : Math.max(0.03, Math.min(1 - whole, (over / Math.max(1, ordered)) * whole));
  return (
    <svg className="capacity license-bar" width="100%" height="15" role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className="capacity-beyond-ground" />
          <rect width="2" height="4" className="capacity-beyond" />
        </pattern>
      </defs>
      <rect x="0.5" y="2.5" width={percent(whole)} height="10" className="capacity-available" />
      {share > 0 ? <rect x="0" y="2" width={percent(share * whole)} height="11" className="capacity-used" /> : null}
      {over > 0 ? (
        <rect
          x={percent(whole)}
          y="2"
          width={percent(beyond)}
          height="11"
          fill={`url(#${hatch})`}
          className="capacity-over"
        />
      ) : null}
      <rect x={percent(whole)} y="0" width="2" height="15" className="capacity-notch" />
    </svg>
  );
}
