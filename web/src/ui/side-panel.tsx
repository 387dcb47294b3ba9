import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useText } from '../lib/i18n.ts';
import { useIsNarrow } from '../lib/media.ts';

const DrawerPanel = lazy(async () => ({ default: (await import('./drawer-panel.tsx')).DrawerPanel }));

interface SidePanelProps {
  title: ReactNode;
  /** The title in plain words. */
  name: string;
  onClose: () => void;
  children: ReactNode;
}

/** Stands beside the page; a drawer below 1200. Escape closes both. */
export function SidePanel({ title, name, onClose, children }: SidePanelProps) {
  const isNarrow = useIsNarrow();
  if (isNarrow) {
    return (
      <Suspense fallback={null}>
        <DrawerPanel title={title} position="right" size="min(100vw, 440px)" onClose={onClose}>
          {children}
        </DrawerPanel>
      </Suspense>
    );
  }
  return (
    <StandingPanel title={title} name={name} onClose={onClose}>
      {children}
    </StandingPanel>
  );
}

function StandingPanel({ title, name, onClose, children }: SidePanelProps) {
  const { t } = useText();
  const wasCovered = useRef(false);
  useEffect(() => {
    // A dialog takes Escape first and is gone when it comes here: whether one was there is seen before.
    const look = () => {
      wasCovered.current = document.querySelector('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
    };
    window.addEventListener('keydown', look, true);
    return () => window.removeEventListener('keydown', look, true);
  }, []);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !wasCovered.current) onClose();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <aside className="side-panel" aria-label={name}>
      <div className="side-panel-inner">
        <div className="side-panel-head">
          <h2 className="grow wrap">{title}</h2>
          <ActionIcon aria-label={t('batch.close')} onClick={onClose}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        <div className="side-panel-body">{children}</div>
      </div>
    </aside>
  );
}
