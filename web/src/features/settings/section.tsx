import type { ReactNode } from 'react';

/** What it is about at the left, what is chosen at the right. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="band setting" aria-label={title}>
      <div>
        <h2>{title}</h2>
        {hint === undefined ? null : <p className="quiet">{hint}</p>}
      </div>
      <div className="setting-body">{children}</div>
    </section>
  );
}
