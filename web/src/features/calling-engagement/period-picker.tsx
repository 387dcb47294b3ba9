import { ActionIcon, Button, NativeSelect, Popover, TextInput, Tooltip } from '@mantine/core';
import { metricMaximumDays } from '@hub/contract/metrics';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { faultOf, type Period, shifted, weekSoFar, weeksBefore } from './period.ts';

interface Span {
  from: string;
  to: string;
}

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
  const isChosen = (span: Span): boolean => span.from === period.from && span.to === period.to;
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
          <div className="period-choices">
            {[weekSoFar(today), ...weeksBefore(today, 8)].map((span, index) => (
              <button
                key={span.from}
                type="button"
                className="period-choice"
                aria-pressed={isChosen(span)}
                onClick={() => choose(span)}
              >
                <span className="num">{f.dayRange(span.from, span.to)}</span>
                {index > 1 ? null : (
                  <span className="quiet">{t(index === 0 ? 'engagement.week.soFar' : 'engagement.week.last')}</span>
                )}
              </button>
            ))}
          </div>
          <SpanForm key={`${period.from} ${period.to}`} value={period} onChange={choose} />
          <ZoneChoice zone={zone} onChange={(next) => onChange({ zone: next })} />
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

const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

function ZoneChoice({ zone, onChange }: { zone: string | undefined; onChange: (zone: string | undefined) => void }) {
  const { t } = useText();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(['UTC', here, ...(zone === undefined ? [] : [zone])])];
  if (zones.length === 1) return <p className="help">{t('engagement.zone.utc')}</p>;
  return (
    <NativeSelect
      label={t('engagement.zone')}
      description={t('engagement.zone.hint')}
      value={zone ?? 'UTC'}
      data={zones.map((value) => ({ value, label: zoneName(value) }))}
      onChange={({ currentTarget: { value } }) => onChange(value === 'UTC' ? undefined : value)}
    />
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

function SpanForm({ value, onChange }: { value: Span; onChange: (span: Span) => void }) {
  const { t } = useText();
  const [draft, setDraft] = useState<Span>({ from: value.from, to: value.to });
  const [isTried, setIsTried] = useState(false);
  const fault = faultOf(draft);
  const words = {
    invalid: () => t('engagement.range.invalid'),
    reversed: () => t('engagement.range.reversed'),
    tooLong: () =>
      t('engagement.range.tooLong', { days: daysBetween(draft.from, draft.to), maximum: metricMaximumDays }),
  };
  return (
    <form
      className="period-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (fault === null) onChange(draft);
      }}
    >
      <div className="period-dates">
        <TextInput
          type="date"
          label={t('engagement.range.from')}
          value={draft.from}
          onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('engagement.range.to')}
          value={draft.to}
          onChange={(event) => setDraft({ ...draft, to: event.currentTarget.value })}
        />
      </div>
      {isTried && fault !== null ? (
        <p className="bad help" role="alert">
          {words[fault]()}
        </p>
      ) : null}
      <Button type="submit" variant="filled">
        {t('action.apply')}
      </Button>
    </form>
  );
}
