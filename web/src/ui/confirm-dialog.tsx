import { lazy, Suspense } from 'react';
import type { ConfirmModalProps } from './confirm-modal.tsx';

const ConfirmModal = lazy(async () => ({ default: (await import('./confirm-modal.tsx')).ConfirmModal }));

/** Asks once before something is lost, and names it. Its code comes when it is first asked. */
export function ConfirmDialog({ isOpen, ...modal }: ConfirmModalProps & { isOpen: boolean }) {
  return <Suspense fallback={null}>{isOpen ? <ConfirmModal {...modal} /> : null}</Suspense>;
}
