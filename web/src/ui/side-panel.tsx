import { ActionIcon, Drawer } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../lib/i18n.ts';
import { useIsNarrow } from '../lib/media.ts';

interface SidePanelProps {
  title: ReactNode;
  /** The title in plain words. */
  name: string;
  onClose: () => void;
  children: ReactNode;
}

/** Stands beside the page; a drawer below 1200. Escape closes both. */
export function SidePanel({ title, name, onClose, children }: SidePanelProps) {
  const { t } = useText();
  const isNarrow = useIsNarrow();
  if (isNarrow) {
    return (
      <Drawer opened onClose={onClose} title={title} size="min(100vw, 440px)" closeButtonProps={{ 'aria-label': t('batch.close') }}>
        {children}
      </Drawer>
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
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('[role="dialog"],[role="menu"],[role="listbox"]') === null) onClose();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <aside className="side-panel" aria-label={name} ref={panel} tabIndex={-1}>
      <div className="side-panel-head">
        <h2 className="grow wrap">{title}</h2>
        <ActionIcon aria-label={t('batch.close')} onClick={onClose}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      <div className="side-panel-body">{children}</div>
    </aside>
  );
}
