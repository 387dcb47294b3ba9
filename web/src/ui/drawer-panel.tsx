import { Drawer } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
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
  useOwnEscape(onClose);
  return (
    <Drawer.Root opened onClose={onClose} position={position} size={size} lockScroll={false} closeOnEscape={false}>
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

/** Escape closes the drawer unless something stands above it. Mantine's would close the drawer first, since it was there first, and with it what it opened. */
function useOwnEscape(onClose: () => void): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useEffect(() => {
    const press = ({ key, isComposing }: KeyboardEvent) => {
      const open = document.querySelectorAll('[role="dialog"],[role="menu"],[role="listbox"]').length;
      if (key === 'Escape' && !isComposing && open <= 1) latest.current();
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}
