/** Used, assigned, available, with the notch at the whole. Shares are 0 to 1; the words stand in `label`. */
export function CapacityBar({ used, assigned, label }: { used: number; assigned: number; label?: string }) {
  const first = Math.min(1, Math.max(0, used)) * 100;
  const second = Math.min(100 - first, Math.max(0, assigned) * 100);
  return (
    <svg
      className="capacity"
      width="100%"
      height="21"
      role={label === undefined ? 'presentation' : 'img'}
      aria-label={label}
    >
      <rect x="0.5" y="3.5" width="calc(100% - 1px)" height="14" className="capacity-available" />
      {second > 0 ? (
        <rect x={`${first}%`} y="3" width={`${second}%`} height="15" className="capacity-assigned" />
      ) : null}
      {first > 0 ? <rect x="0" y="3" width={`${first}%`} height="15" className="capacity-used" /> : null}
      <rect x="calc(100% - 2px)" y="0" width="2" height="21" className="capacity-notch" />
    </svg>
  );
}
