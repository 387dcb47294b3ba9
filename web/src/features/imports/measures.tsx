import type { ReactNode } from 'react';
import { useText } from '../../lib/i18n.ts';

interface Measure {
  label: string;
  /** null: not known yet, never 0. */
  value: string | null;
  unit?: string;
}

/** Large figures side by side, with what stands at their right. */
export function Measures({ items, children }: { items: readonly Measure[]; children?: ReactNode }) {
  const { t } = useText();
  return (
    <div className="measures">
      <dl>
        {items.map(({ label, value, unit }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">
              {value === null ? <span className="measure-unknown">{t('progress.unknown')}</span> : value}
              {value === null || unit === undefined ? null : <small> {unit}</small>}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}
