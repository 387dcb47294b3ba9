import { Button } from '@mantine/core';
import type { ImportBatch } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useState } from 'react';
import { problemText } from '../../lib/error-text.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { CancelButton } from './cancel-button.tsx';
import { MapColumnsLink } from './mapping/map-columns-link.tsx';
import { isOfRecords, type Needs } from './needs.ts';
import { NeedsForm } from './needs-form.tsx';
import { RecordsButton } from './records-button.tsx';

/**
 * An import that goes on once it is told whose rows it has, of which days, or what its columns mean. Beside others that ask it is one line until
 * it is answered, so that the list below stays in sight.
 */
export function AskingImport({ batch, needs, isAlone }: { batch: ImportBatch; needs: Needs; isAlone: boolean }) {
  const { t, f } = useText();
  const [isOpened, setIsOpened] = useState(false);
  const isOpen = isAlone || isOpened;
  const facts = [batch.feed === null ? null : t(`feed.${batch.feed}`), regionLabels[batch.region]];
  return (
    <section className="work" aria-label={t('batch.title', { number: `B-${batch.number}` })}>
      <div className="work-head">
        <Glyph name="late" />
        <h2 className="wrap">{batch.fileName}</h2>
        <span className="quiet grow">{facts.filter((fact) => fact !== null).join(', ')}</span>
        {isAlone ? null : (
          <Button aria-expanded={isOpen} onClick={() => setIsOpened(!isOpen)}>
            {t('imports.needs.answer')}
          </Button>
        )}
        {isOpen ? <CancelButton batch={batch} /> : null}
      </div>
      {isOpen && batch.failure !== null ? (
        <div className="wrap">
          {problemText(batch.failure, t, f)} {isOfRecords(batch) ? <RecordsButton /> : null}
        </div>
      ) : null}
      {isOpen && needs.columns ? <MapColumnsLink batch={batch} /> : null}
      {isOpen && !needs.columns ? <NeedsForm batch={batch} needs={needs} /> : null}
    </section>
  );
}
