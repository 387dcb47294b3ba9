import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { problemText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { CancelButton } from './cancel-button.tsx';
import { MapColumnsLink } from './mapping/map-columns-link.tsx';
import type { Needs } from './needs.ts';
import { NeedsForm } from './needs-form.tsx';

/** An import that goes on once it is told whose rows it has, of which days, or what its columns mean. */
export function AskingImport({ batch, needs }: { batch: ImportBatch; needs: Needs }) {
  const { t, f } = useText();
  const facts = [batch.feed === null ? null : t(`feed.${batch.feed}`), regionLabels[batch.region]];
  return (
    <section className="work" aria-label={t('batch.title', { number: `B-${batch.number}` })}>
      <div className="work-head">
        <Glyph name="late" />
        <h2 className="wrap">{batch.fileName}</h2>
        <span className="quiet grow">{facts.filter((fact) => fact !== null).join(', ')}</span>
        <CancelButton batch={batch} />
      </div>
      {batch.failure === null ? null : <p className="wrap">{problemText(batch.failure, t, f)}</p>}
      {needs.columns ? <MapColumnsLink batch={batch} /> : <NeedsForm batch={batch} needs={needs} />}
    </section>
  );
}
