import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../lib/i18n.ts';
import { useReturnFocus } from '../lib/use-return-focus.ts';

/** A drawer of its own code: only small windows open one. */
export function DrawerPanel({
  title,
  position,
  size,
  onClose,
  children,
}: {
  title: ReactNode;
  position: 'left' | 'right' | 'bottom';
  size: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  useReturnFocus();
  return (
    <Drawer.Root opened onClose={onClose} position={position} size={size} lockScroll={false}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="dialog-head">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('action.close')} />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
