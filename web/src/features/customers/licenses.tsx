import type { CustomerRow } from '@hub/contract/customers';
import { useText } from '../../lib/i18n.ts';
import { LicenseBar } from '../../ui/license-bar.tsx';
import { licensesLabel } from './row-words.ts';

/** The bar of a row's licenses; nothing where it has none. */
export function LicensesBar({ row }: { row: CustomerRow }) {
  const { t } = useText();
  const { ordered, assigned, over } = row.licenses;
  if (ordered === 0 && assigned === null) return null;
  return <LicenseBar ordered={ordered} assigned={assigned} over={over} label={licensesLabel(row, t)} />;
}

/** "1,094 · 1,200": assigned and total; what is over stands out. The assigned stays away where no feed tells it. */
export function LicensesNumbers({ row }: { row: CustomerRow }) {
  const { t, f } = useText();
  const { ordered, assigned, over } = row.licenses;
  if (ordered === 0 && assigned === null) return null;
  return (
    <span className="num" title={licensesLabel(row, t)}>
      {assigned === null ? null : (
        <>
          <span className={over > 0 ? 'license-number-over' : undefined}>{f.number(assigned)}</span>
          {' · '}
        </>
      )}
      {f.number(ordered)}
    </span>
  );
}
