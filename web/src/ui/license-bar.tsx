import { useId } from 'react';

/** The share of the width that stands for what was bought; the rest is room for what is over it. */
const whole = 0.86;

/** Assigned of ordered, and of it the used where that is told, with the notch at what was bought and what is over beyond it, hatched. The words stand in `label`. */
export function LicenseBar({
  ordered,
  assigned,
  used,
  over,
  label,
}: {
  ordered: number;
  assigned: number | null;
  /** Null: not known. Absent: the bar is about assignment only. */
  used?: number | null;
  over: number;
  label: string;
}) {
  const hatch = useId();
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  const shareOf = (count: number | null): number =>
    count === null || ordered === 0 ? 0 : Math.min(1, count / ordered);
  const share = shareOf(assigned === null ? null : assigned - over);
  const dark = used === undefined ? share : shareOf(used);
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
      {share > dark ? (
        <rect
          x={percent(dark * whole)}
          y="2"
          width={percent((share - dark) * whole)}
          height="11"
          className="capacity-assigned"
        />
      ) : null}
      {dark > 0 ? <rect x="0" y="2" width={percent(dark * whole)} height="11" className="capacity-used" /> : null}
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
