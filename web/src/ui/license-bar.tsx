const width = 84;
const bought = 72; // where the notch stands; the rest is room for what is over
const least = 3; // of what is over and small: still to be seen

/** Assigned of what was bought, with the notch at what was bought; what is over stands beyond it, hatched. Scaled to its own total. */
export function LicenseBar({ ordered, assigned, label }: { ordered: number; assigned: number | null; label: string }) {
  const share = ordered === 0 ? 0 : Math.min(1, (assigned ?? 0) / ordered);
  const over = assigned === null ? 0 : Math.max(0, assigned - ordered);
  const beyond = over === 0 ? 0 : Math.min(width - bought - 2, Math.max(least, (over / Math.max(1, ordered)) * bought));
  return (
    <svg className="license-bar" width={width} height="17" role="img" aria-label={label}>
      <rect x="0.5" y="3.5" width={bought - 1} height="10" className="capacity-available" />
      {share === 0 && over === 0 ? null : (
        <rect x="0" y="3" width={ordered === 0 ? 0 : Math.max(1, share * bought)} height="11" className="capacity-used" />
      )}
      {beyond === 0 ? null : (
        <>
          <rect x={bought + 1} y="3" width={beyond} height="11" className="license-over" />
          <path d={`M${bought + 1} 14l${beyond} -${beyond}`} className="license-hatch" />
        </>
      )}
      <rect x={bought - 1} y="0" width="2" height="17" className="capacity-notch" />
    </svg>
  );
}
