import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { callingUsageMaximumDays } from '@hub/contract/calling-usage';
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { faultOf, presets, type Range, shifted } from './range.ts';

/** Whole UTC days: a preset, or two dates. The arrows move by the range's own length. */
export function RangePicker({
  value,
  today,
  onChange,
}: {
  value: Range;
  today: string;
  onChange: (range: Range) => void;
}) {
  const { t, f } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const preset = presets(today).find(({ range }) => range.from === value.from && range.to === value.to);
  const earlier = shifted(value, -1);
  const later = shifted(value, 1);
  const choose = (range: Range) => {
    setIsOpen(false);
    onChange(range);
  };
  return (
    <div className="range">
      <Shift
        label={t('usage.range.earlier', { range: f.dateRange(earlier.from, earlier.to) })}
        Icon={IconChevronLeft}
        onClick={() => onChange(earlier)}
      />
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button
            leftSection={<IconCalendar size={16} stroke={1.6} />}
            onClick={() => setIsOpen(!isOpen)}
            className="range-button"
          >
            <span className="num">{f.dateRange(value.from, value.to)}</span>{' '}
            <span className="range-name">{t(preset?.key ?? 'usage.range.custom')}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('usage.range')}>
          <div className="range-choices">
            {presets(today).map(({ key, range }) => (
              <button
                key={key}
                type="button"
                className="range-choice"
                aria-pressed={preset?.key === key}
                onClick={() => choose(range)}
              >
                <span>{t(key)}</span>
                <span className="quiet num">{f.dayRange(range.from, range.to)}</span>
              </button>
            ))}
          </div>
          <CustomRange key={`${value.from} ${value.to}`} value={value} onChange={choose} />
        </Popover.Dropdown>
      </Popover>
      {later.from > today ? (
        <span className="range-end" />
      ) : (
        <Shift
          label={t('usage.range.later', { range: f.dateRange(later.from, later.to) })}
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

function CustomRange({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const { t } = useText();
  const [draft, setDraft] = useState(value);
  const [isTried, setIsTried] = useState(false);
  const fault = faultOf(draft);
  const words = {
    invalid: () => t('usage.range.invalid'),
    reversed: () => t('usage.range.reversed'),
    tooLong: () =>
      t('usage.range.tooLong', { days: daysBetween(draft.from, draft.to), maximum: callingUsageMaximumDays }),
  };
  return (
    <form
      className="range-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (fault === null) onChange(draft);
      }}
    >
      <div className="range-dates">
        <TextInput
          type="date"
          label={t('usage.range.from')}
          value={draft.from}
          onChange={(event) => setDraft({ ...draft, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('usage.range.to')}
          value={draft.to}
          onChange={(event) => setDraft({ ...draft, to: event.currentTarget.value })}
        />
      </div>
      {isTried && fault !== null ? (
        <p className="range-fault" role="alert">
          {words[fault]()}
        </p>
      ) : null}
      <p className="help">{t('usage.range.utc', { days: callingUsageMaximumDays })}</p>
      <Button type="submit" variant="filled">
        {t('action.apply')}
      </Button>
    </form>
  );
}
