import { useText } from '../../lib/i18n.ts';
import { RecordsButton } from './records-button.tsx';

/** What is none of the reports has a way in of its own. */
export function RecordsHint() {
  const { t } = useText();
  return (
    <div className="quiet">
      {t('imports.records')} <RecordsButton />
    </div>
  );
}
