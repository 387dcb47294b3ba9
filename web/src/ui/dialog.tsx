import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';

/**
 * A dialog with its name, a way to close it, and what it asks. Escape closes it, the focus returns to where it was.
 * The page behind is not locked: Mantine's lock writes a <style> element, which the page's policy forbids, and it is the sheet that scrolls.
 */
export function Dialog({
  title,
  onClose,
  isHeld = false,
  children,
}: {
  title: string;
  onClose: () => void;
  /** Shows what is shown once: a click beside it does not close it. */
  isHeld?: boolean;
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <Modal.Root opened onClose={onClose} centered lockScroll={false} closeOnClickOutside={!isHeld}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A div: Mantine's own head is a <header>, which a page has one of. */}
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('action.close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
