import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { type Period, shifted, type Span, zoneName } from './period.ts';

const PeriodPanel = lazy(async () => ({ default: (await import('./period-panel.tsx')).PeriodPanel }));

/** A week, the week so far, or two dates; arrows go by weeks. The zone is UTC unless another is chosen here. */
export function PeriodPicker({
  period,
  today,
  zone,
  onChange,
}: {
  period: Period;
  today: string;
  zone: string | undefined;
  onChange: (change: { from?: string; to?: string; zone?: string | undefined }) => void;
}) {
  const { t, f } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const earlier = shifted(period, -1, today);
  const later = shifted(period, 1, today);
  const choose = (span: Span) => {
    setIsOpen(false);
    onChange(span);
  };
  const name = {
    last: 'engagement.week.last',
    soFar: 'engagement.week.soFar',
    other: period.kind === 'week' ? 'engagement.week' : 'engagement.range',
  } as const;
  return (
    <div className="period">
      <Shift
        label={t('engagement.earlier', { range: f.dateRange(earlier.from, earlier.to) })}
        Icon={IconChevronLeft}
        onClick={() => onChange(earlier)}
      />
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button
            leftSection={<IconCalendar size={16} stroke={1.6} />}
            onClick={() => setIsOpen(!isOpen)}
            className="period-button"
          >
            <span className="num">{f.dateRange(period.from, period.to)}</span>{' '}
            <span className="period-name">
              {t(name[period.is])}
              {zone === undefined ? '' : `, ${zoneName(zone)}`}
            </span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('engagement.period')}>
          <Suspense fallback={null}>
            <PeriodPanel
              period={period}
              today={today}
              zone={zone}
              onChoose={choose}
              onZone={(next) => onChange({ zone: next })}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {later.from > today ? (
        <span className="period-end" />
      ) : (
        <Shift
          label={t('engagement.later', { range: f.dateRange(later.from, later.to) })}
          Icon={IconChevronRight}
          onClick={() => onChange(later)}
        />
      )}
    </div>
  );
}

function Shift({ label, Icon, onClick }: { label: string; Icon: typeof IconChevronLeft; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
