import { Modal } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
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
        <Modal.Body onSubmit={focusFirstFault}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

const frames = 12; // a form may look at its values a moment later

/** A form that is refused leads to its first field with a fault. */
function focusFirstFault({ target }: SyntheticEvent): void {
  if (!(target instanceof HTMLFormElement)) return;
  const look = (left: number) => {
    const fault = target.querySelector<HTMLElement>('[aria-invalid="true"]:not(:disabled)');
    if (fault !== null) fault.focus();
    else if (left > 0) requestAnimationFrame(() => look(left - 1));
  };
  requestAnimationFrame(() => look(frames));
}
