import { ActionIcon, Popover } from '@mantine/core';
import { IconInfoCircle, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../lib/i18n.ts';

/** The (i) of a number, chart or table. What it opens is made when it opens. */
export function FormulaPopover({
  name,
  label,
  children,
}: {
  name: string;
  /** Of the (i). */
  label: string;
  children: (close: () => void) => ReactNode;
}) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" width={416} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={label} onClick={() => setIsOpen(!isOpen)}>
          <IconInfoCircle size={15} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="formula" aria-label={name}>
        <div className="formula-head">
          <h3>{name}</h3>
          <ActionIcon aria-label={t('action.close')} onClick={close}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        {children(close)}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Facts of a formula: what, and how much or when. */
export function FormulaFacts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="formula-facts">
      {facts.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
