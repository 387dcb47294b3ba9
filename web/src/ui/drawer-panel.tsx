import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';

/** A drawer of its own code: only small windows open one. */
export function DrawerPanel({ title, position, size, onClose, children }: {
  title: ReactNode;
  position: 'left' | 'right';
  size: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <Drawer opened onClose={onClose} position={position} size={size} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {children}
    </Drawer>
  );
}
