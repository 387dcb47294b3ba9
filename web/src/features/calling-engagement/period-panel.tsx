import { Button, NativeSelect, TextInput } from '@mantine/core';
import { metricMaximumDays } from '@hub/contract/metrics';
import { useState } from 'react';
import { daysBetween } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { faultOf, type Period, type Span, weekSoFar, weeksBefore, zoneName } from './period.ts';

/** Weeks to choose from, two dates, and the zone whose days are counted. */
export function PeriodPanel({
  period,
  today,
  zone,
  onChoose,
  onZone,
}: {
  period: Period;
  today: string;
  zone: string | undefined;
  onChoose: (span: Span) => void;
  onZone: (zone: string | undefined) => void;
}) {
  const { t, f } = useText();
  const isChosen = (span: Span): boolean => span.from === period.from && span.to === period.to;
  return (
    <>
      <div className="period-choices">
        {[weekSoFar(today), ...weeksBefore(today, 8)].map((span, index) => (
          <button
            key={span.from}
            type="button"
            className="period-choice"
            aria-pressed={isChosen(span)}
            onClick={() => onChoose(span)}
          >
            <span className="num">{f.dayRange(span.from, span.to)}</span>
            {index > 1 ? null : (
              <span className="quiet">{t(index === 0 ? 'engagement.week.soFar' : 'engagement.week.last')}</span>
            )}
          </button>
        ))}
      </div>
      <SpanForm key={`${period.from} ${period.to}`} value={period} onChange={onChoose} />
      <ZoneChoice zone={zone} onChange={onZone} />
    </>
  );
}

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
