import { Checkbox } from '@mantine/core';
import type { AssignableCustomer } from '@hub/contract/administrators';
import { regionLabels } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../lib/i18n.ts';

const rowHeight = 36;
const pageRows = 10;

/** Checkboxes by the ten thousand: one stop for the Tab key, arrow keys move, Space marks. */
export function AssignList({
  rows,
  total,
  isMarked,
  onMark,
  onEnd,
}: {
  rows: readonly AssignableCustomer[];
  total: number;
  isMarked: (customer: AssignableCustomer) => boolean;
  onMark: (customer: AssignableCustomer, isAssigned: boolean) => void;
  onEnd: () => void;
}) {
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= rows.length - 40) onEnd();
  }, [lastIndex, rows.length, onEnd]);
  const stop = items.some(({ index }) => index === current) ? current : (items[0]?.index ?? 0);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = step(event.key, current, rows.length - 1);
    if (to === null) return;
    event.preventDefault();
    setCurrent(to);
    virtual.scrollToIndex(to);
    const find = () => scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"] input`)?.focus();
    requestAnimationFrame(() => requestAnimationFrame(find)); // the row is drawn after the scrolling
  };
  return (
    <div className="assign-scroller" ref={scroller}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys bubble up from the checkboxes */}
      <ul aria-label={t('assign.list')} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
        {items.map(({ index, start }) => {
          const customer = rows[index];
          if (customer === undefined) return null;
          const isOn = isMarked(customer);
          const through = customer.throughGroups.join(', ');
          return (
            <li
              key={customer.id}
              data-row={index}
              data-changed={isOn !== customer.isAssigned || undefined}
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
            >
              <Checkbox
                className="grow"
                label={customer.name}
                checked={isOn || through !== ''}
                // What a group gives is taken away at the group; what is assigned beside it can go.
                disabled={!isOn && through !== '' && !customer.isAssigned}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setCurrent(index)}
                onChange={(event) => onMark(customer, event.currentTarget.checked)}
              />
              <span className="help">
                {through === '' ? '' : `${t('assign.through', { groups: through })} · `}
                {regionLabels[customer.region]}
              </span>
              <Link
                to="/customers/$customerId"
                params={{ customerId: customer.id }}
                className="help"
                tabIndex={index === stop ? 0 : -1}
                aria-label={t('assign.openCustomer', { name: customer.name })}
                preload={false}
              >
                {t('assign.open')}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function step(key: string, at: number, last: number): number | null {
  const within = (to: number): number => Math.min(last, Math.max(0, to));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + pageRows);
    case 'PageUp':
      return within(at - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
