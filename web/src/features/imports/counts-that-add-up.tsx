import type { ImportCounts } from '@hub/contract/imports';
import { useText } from '../../lib/i18n.ts';
import { countedParts } from './batch-words.ts';

/** read = new + duplicates + replaced + rejected + held, drawn as the sum that it is. */
export function CountsThatAddUp({ counts }: { counts: ImportCounts }) {
  const { t, f } = useText();
  return (
    <dl className="sum">
      <div className="sum-total">
        <dt>{t('batch.read')}</dt>
        <dd className="num">{f.number(counts.read)}</dd>
      </div>
      {countedParts.map((part) => (
        <div key={part} data-bad={(part === 'rejected' && counts.rejected > 0) || undefined}>
          <dt>
            {t(`batch.${part}`)} <span className="help">{t(`batch.${part}.hint`)}</span>
          </dt>
          <dd className="num">{f.number(counts[part])}</dd>
        </div>
      ))}
    </dl>
  );
}
