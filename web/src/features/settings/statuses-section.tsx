import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Select, TextInput } from '@mantine/core';
import { StatusPolicy } from '@hub/contract/status-policy';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { dateIn } from '../../lib/calendar.ts';
import { now } from '../../lib/clock.ts';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { Section } from './section.tsx';
import { statusPolicyQuery, useChangeStatusPolicy } from './status-policy-queries.ts';

/** The windows that decide statuses, and the zone whose calendar says which day it is. */
export function StatusesSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(statusPolicyQuery);
  return (
    <Section title={t('settings.statuses')} hint={t('settings.statuses.hint')}>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : mayWrite ? <PolicyForm policy={data} /> : <PolicyFacts policy={data} />}
    </Section>
  );
}

function PolicyFacts({ policy: { expiresSoonDays, inactiveDays, timeZone } }: { policy: StatusPolicy }) {
  const { t, f } = useText();
  return (
    <>
      <dl className="facts">
        <dt>{t('settings.statuses.expires')}</dt>
        <dd>{t('settings.statuses.days', { count: expiresSoonDays })}</dd>
        <dt>{t('settings.statuses.inactive')}</dt>
        <dd>{t('settings.statuses.days', { count: inactiveDays })}</dd>
        <dt>{t('settings.statuses.zone')}</dt>
        <dd>
          {zoneName(timeZone)}
          <p className="help">{t('settings.statuses.today', { date: f.date(dateIn(timeZone, now())) })}</p>
        </dd>
      </dl>
      <p className="help">{t('settings.statuses.readOnly')}</p>
    </>
  );
}

const limits = { expiresSoonDays: { min: 1, max: 90 }, inactiveDays: { min: 7, max: 730 } };

const days = ({ min, max }: { min: number; max: number }) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/)
    .refine((text) => Number(text) >= min && Number(text) <= max);

const Form = z.object({
  expiresSoonDays: days(limits.expiresSoonDays),
  inactiveDays: days(limits.inactiveDays),
  timeZone: StatusPolicy.shape.timeZone,
});

function PolicyForm({ policy }: { policy: StatusPolicy }) {
  const { t, f } = useText();
  const change = useChangeStatusPolicy();
  const { register, handleSubmit, formState, control, watch } = useForm({
    resolver: zodResolver(Form),
    values: {
      expiresSoonDays: String(policy.expiresSoonDays),
      inactiveDays: String(policy.inactiveDays),
      timeZone: policy.timeZone,
    },
  });
  const { errors } = formState;
  const zones = useMemo(() => zoneChoices(policy.timeZone), [policy.timeZone]);
  const zone = watch('timeZone');
  const submit = handleSubmit((values) =>
    change.mutate(
      {
        expiresSoonDays: Number(values.expiresSoonDays),
        inactiveDays: Number(values.inactiveDays),
        timeZone: values.timeZone,
      },
      { onSuccess: () => toast({ title: t('state.saved'), body: t('settings.statuses.saved') }) },
    ),
  );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        {...register('expiresSoonDays')}
        label={t('settings.statuses.expires')}
        description={t('settings.statuses.expires.hint')}
        inputMode="numeric"
        autoComplete="off"
        error={errors.expiresSoonDays === undefined ? null : t('settings.statuses.fault', limits.expiresSoonDays)}
      />
      <TextInput
        {...register('inactiveDays')}
        label={t('settings.statuses.inactive')}
        description={t('settings.statuses.inactive.hint')}
        inputMode="numeric"
        autoComplete="off"
        error={errors.inactiveDays === undefined ? null : t('settings.statuses.fault', limits.inactiveDays)}
      />
      <Controller
        control={control}
        name="timeZone"
        render={({ field }) => (
          <Select
            label={t('settings.statuses.zone')}
            description={t('settings.statuses.zone.hint')}
            data={zones}
            searchable
            limit={60}
            value={field.value}
            onChange={(value) => field.onChange(value ?? policy.timeZone)}
            onBlur={field.onBlur}
            nothingFoundMessage={t('settings.statuses.zone.nothing')}
            error={errors.timeZone === undefined ? null : t('error.required')}
          />
        )}
      />
      <p className="help" aria-live="polite">
        {t('settings.statuses.today', { date: f.date(dateIn(zone, now())) })}
      </p>
      <InlineError error={change.error} />
      <div>
        <Button type="submit" loading={change.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

/** Zones are known by their IANA names in every language; spaces are found by whoever types them. */
const zoneName = (zone: string): string => zone.replaceAll('_', ' ');

function zoneChoices(present: string): { value: string; label: string }[] {
  const zones = new Set(['UTC', present, ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((value) => ({ value, label: zoneName(value) }));
}
