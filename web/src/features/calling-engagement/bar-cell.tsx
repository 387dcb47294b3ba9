import type { ReactNode } from 'react';

/** A number with its bar before it; `share` of the longest, 0 to 1. */
export function BarCell({ share, children }: { share: number; children: ReactNode }) {
  return (
    <span className="bar-cell">
      <span className="bar-ground">
        {share > 0 ? <span className="bar-fill" style={{ width: `${share * 100}%` }} /> : null}
      </span>
      <span className="bar-number">{children}</span>
    </span>
  );
}
