import { Button } from '@mantine/core';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { fieldText } from './renewal-words.ts';
import type { Conflict } from './use-work.ts';

/** Somebody else wrote the same field: both are shown, and nothing is saved before one is chosen. */
export function ConflictDialog({ conflict, onSettle }: { conflict: Conflict; onSettle: (takesMine: boolean) => void }) {
  const { t } = useText();
  useReturnFocus();
  const { row, field, change, theirs } = conflict;
  const shown = (text: string): string => (text === '' ? t('renewals.empty') : text);
  const name = t(`renewals.${field}`);
  return (
    <Dialog title={t('renewals.conflict', { reference: row.reference })} onClose={() => onSettle(false)}>
      <div className="stack">
        <p>{t('renewals.conflict.hint', { field: name, name: theirs.changedBy?.name ?? t('renewals.somebody') })}</p>
        <dl className="renewal-facts">
          <div>
            <dt>{t('renewals.conflict.theirs')}</dt>
            <dd className="wrap">{shown(fieldText(field, theirs, t))}</dd>
          </div>
          <div>
            <dt>{t('renewals.conflict.mine')}</dt>
            <dd className="wrap">{shown(fieldText(field, { ...theirs, ...change }, t))}</dd>
          </div>
        </dl>
        <div className="row">
          <Button variant="filled" onClick={() => onSettle(true)}>
            {t('renewals.conflict.takeMine')}
          </Button>
          <Button onClick={() => onSettle(false)}>{t('renewals.conflict.takeTheirs')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
