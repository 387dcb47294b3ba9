import type { ReactNode } from 'react';

/** The parts of a page, each with its own address: links, so that they open in another window, too. */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="tab-bar" aria-label={label}>
      <ul>{children}</ul>
    </nav>
  );
}
