import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';
import { useReturnFocus } from '../lib/use-return-focus.ts';
import { Dialog } from './dialog.tsx';
import { InlineError } from './states.tsx';

export interface ConfirmModalProps {
  title: string;
  children: ReactNode;
  confirm: string;
  keep?: string;
  /** Nothing is lost that cannot be had again. */
  isHarmless?: boolean;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmModal({
  title,
  children,
  confirm,
  keep,
  isHarmless = false,
  isBusy,
  error,
  onConfirm,
  onClose,
}: ConfirmModalProps) {
  const { t } = useText();
  useReturnFocus();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        <div className="quiet">{children}</div>
        <InlineError error={error} />
        <div className="dialog-actions">
          <Button onClick={onClose} data-autofocus>
            {keep ?? t('action.cancel')}
          </Button>
          <Button variant={isHarmless ? 'filled' : 'danger-filled'} loading={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
