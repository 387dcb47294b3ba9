import type { ReactNode } from 'react';

/** A number with its past. Its link fills the cell, so that the whole cell leads to what is counted. */
export function KpiCell({
  name,
  info,
  link,
  trend,
  children,
}: {
  name: string;
  /** The (i). */
  info: ReactNode;
  /** Of the class kpi-link; holds the value. */
  link: ReactNode;
  trend?: ReactNode;
  /** Below the value: its change, or why there is none. */
  children: ReactNode;
}) {
  return (
    <div className="kpi">
      <div className="kpi-label">
        <span>{name}</span>
        {info}
      </div>
      <div className="kpi-body">
        {link}
        {trend}
      </div>
      <p className="kpi-change num">{children}</p>
    </div>
  );
}

export function KpiValue({ text, unit }: { text: string; unit?: string | undefined }) {
  return (
    <span className="kpi-value num">
      {text}
      {unit === undefined ? null : <small> {unit}</small>}
    </span>
  );
}

/** Blocks in the place of numbers. They stand still. */
export function KpiSkeleton({ count }: { count: number }) {
  return (
    <div className="kpi-strip" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="kpi">
          <span className="block" style={{ width: 96, height: 12 }} />
          <span className="block" style={{ width: 72, height: 24, marginBlock: 10 }} />
          <span className="block" style={{ width: 128, height: 12 }} />
        </div>
      ))}
    </div>
  );
}
