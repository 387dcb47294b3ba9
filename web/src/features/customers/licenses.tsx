import type { CustomerRow } from '@hub/contract/customers';
import { useText } from '../../lib/i18n.ts';
import { LicenseBar } from '../../ui/license-bar.tsx';
import { licensesLabel } from './row-words.ts';

/** The bar of a row's licenses; nothing where it has none, or they are not the person's to see. */
export function LicensesBar({ row: { licenses } }: { row: CustomerRow }) {
  const { t } = useText();
  if (licenses === null) return null;
  const { ordered, assigned, over } = licenses;
  if (ordered === 0 && assigned === null) return null;
  return <LicenseBar ordered={ordered} assigned={assigned} over={over} label={licensesLabel(licenses, t)} />;
}

/** "1,094 · 1,200": assigned and total; what is over stands out. The assigned stays away where no feed tells it. */
export function LicensesNumbers({ row: { licenses } }: { row: CustomerRow }) {
  const { t, f } = useText();
  if (licenses === null) return null;
  const { ordered, assigned, over } = licenses;
  if (ordered === 0 && assigned === null) return null;
  return (
    <span className="num" title={licensesLabel(licenses, t)}>
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
