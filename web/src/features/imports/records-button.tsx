import { Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ImportRecordsDialog } from '../records/index.ts';
import { useSession } from '../sessions/index.ts';

/** Opens the way in for records, in the midst of a sentence. */
export function RecordsButton() {
  const { t } = useText();
  const session = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!session.may('subscriptions.write')) return null;
  return (
    <>
      <button type="button" className="linklike" onClick={() => setIsOpen(true)}>
        {t('imports.records.open')}
      </button>
      <Suspense fallback={null}>{isOpen ? <ImportRecordsDialog onClose={() => setIsOpen(false)} /> : null}</Suspense>
    </>
  );
}
