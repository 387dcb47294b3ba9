import { Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ImportRecordsDialog } from '../records/index.ts';

/** What is none of the reports has a way in of its own. */
export function RecordsHint() {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <p className="quiet">
      {t('imports.records')}{' '}
      <button type="button" className="linklike" onClick={() => setIsOpen(true)}>
        {t('imports.records.open')}
      </button>
      <Suspense fallback={null}>{isOpen ? <ImportRecordsDialog onClose={() => setIsOpen(false)} /> : null}</Suspense>
    </p>
  );
}
