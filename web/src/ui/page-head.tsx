import type { ReactNode } from 'react';

/** Title, context, actions at the right. */
export function PageHead({
  title,
  context,
  children,
  intro,
}: {
  title: string;
  context?: ReactNode;
  children?: ReactNode;
  intro?: string;
}) {
  return (
    <header className="page-head">
      <div className="page-title">
        <h1>{title}</h1>
        {intro === undefined ? null : <p className="quiet">{intro}</p>}
      </div>
      {context}
      {children === undefined ? null : <div className="page-actions">{children}</div>}
    </header>
  );
}
