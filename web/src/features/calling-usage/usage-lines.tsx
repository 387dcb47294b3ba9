import { ActionIcon } from '@mantine/core';
import type { CallingUsageMeasure, CallingUsageRow, MeasureCells } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { useText } from '../../lib/i18n.ts';
import { LegsLink } from './legs-link.tsx';
import { cellText, measureKeys, measureName } from './measure-words.ts';
import type { Range } from './range.ts';

interface Opening {
  isOpen: boolean;
  onToggle: () => void;
}

/** A row on a phone: name, location, the three numbers asked for most, and all of them when opened. */
export function UsageLines({
  row,
  region,
  range,
  ...opening
}: { row: CallingUsageRow; region: RegionCode; range: Range } & Opening) {
  const { t } = useText();
  const location = row.location === '' ? t('usage.noLocation') : row.location;
  return (
    <Numbers
      name={`${row.customerName}, ${location}`}
      value={(measure) => <LegsLink row={row} measure={measure} region={region} range={range} />}
      {...opening}
    >
      <span className="usage-who">
        <Link
          to="/customers/$customerId"
          params={{ customerId: row.customerId }}
          className="strong wrap"
          preload={false}
        >
          {row.customerName}
        </Link>
        <Link
          to="/analytics/calling-usage/legs"
          search={{ region, ...range, customerId: row.customerId, location: row.location }}
          className="quiet wrap"
          preload={false}
        >
          {location}
        </Link>
      </span>
    </Numbers>
  );
}

export function UsageTotalLines({ name, totals, ...opening }: { name: string; totals: MeasureCells } & Opening) {
  const { f } = useText();
  return (
    <div className="usage-total">
      <Numbers name={name} value={(measure) => cellText(totals, measure, f)} {...opening}>
        <span className="usage-who strong">{name}</span>
      </Numbers>
    </div>
  );
}

const mostAsked = ['calls', 'callLegs', 'callMinutes'] as const;

function Numbers({
  name,
  value,
  isOpen,
  onToggle,
  children,
}: { name: string; value: (measure: CallingUsageMeasure) => ReactNode; children: ReactNode } & Opening) {
  const { t } = useText();
  const id = useId();
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <>
      <div className="usage-head">
        {children}
        <ActionIcon
          size={44}
          aria-label={t('usage.allNumbers', { name })}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
        >
          <Chevron size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      <dl id={id} className="usage-numbers" data-all={isOpen || undefined}>
        {(isOpen ? measureKeys : mostAsked).map((key) => (
          <div key={key}>
            <dt>{measureName(key, t)}</dt>
            <dd className="num">{value(key)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
