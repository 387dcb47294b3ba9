import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';
import { InlineError } from './states.tsx';

export interface ConfirmModalProps {
  title: string;
  children: ReactNode;
  confirm: string;
  keep?: string;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmModal({ title, children, confirm, keep, isBusy, error, onConfirm, onClose }: ConfirmModalProps) {
  const { t } = useText();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="stack">
        <div className="quiet">{children}</div>
        <InlineError error={error} />
        <div className="dialog-actions">
          <Button onClick={onClose} data-autofocus>
            {keep ?? t('action.cancel')}
          </Button>
          <Button variant="danger-filled" loading={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
