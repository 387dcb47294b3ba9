import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { type CallingPolicy, QualityPolicy } from '@hub/contract/calling-policy';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { Choices } from '../../ui/choices.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { callingPolicyQuery, useChangeCallingPolicy } from './calling-policy-queries.ts';
import { Section } from './section.tsx';

/** When a call leg is poor, and from how many legs a week use is regular and heavy. */
export function CallingSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(callingPolicyQuery);
  return (
    <Section title={t('settings.calling')} hint={t('settings.calling.hint')}>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : mayWrite ? <PolicyForm policy={data} /> : <PolicyFacts policy={data} />}
    </Section>
  );
}

function PolicyFacts({ policy: { qualityPolicy, bands } }: { policy: CallingPolicy }) {
  const { t, f } = useText();
  return (
    <>
      <dl className="facts">
        <dt>{t('quality.policy')}</dt>
        <dd>
          {t(`quality.policy.${qualityPolicy}`)}
          <p className="help">{t(`quality.policy.${qualityPolicy}.desc`)}</p>
        </dd>
        <dt>{t('settings.calling.regular')}</dt>
        <dd className="num">{f.number(bands.regularFrom)}</dd>
        <dt>{t('settings.calling.heavy')}</dt>
        <dd className="num">{f.number(bands.heavyFrom)}</dd>
      </dl>
      <p className="help">{t('settings.calling.readOnly')}</p>
    </>
  );
}

const whole = (from: number, to: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,5}$/)
    .refine((text) => Number(text) >= from && Number(text) <= to);

const Form = z
  .object({ qualityPolicy: QualityPolicy, regularFrom: whole(2, 1000), heavyFrom: whole(3, 10_000) })
  .refine(({ regularFrom, heavyFrom }) => Number(regularFrom) < Number(heavyFrom), { path: ['heavyFrom'] });

function PolicyForm({ policy }: { policy: CallingPolicy }) {
  const { t } = useText();
  const change = useChangeCallingPolicy();
  const { register, handleSubmit, formState, control } = useForm({
    resolver: zodResolver(Form),
    values: {
      qualityPolicy: policy.qualityPolicy,
      regularFrom: String(policy.bands.regularFrom),
      heavyFrom: String(policy.bands.heavyFrom),
    },
  });
  const { errors } = formState;
  const submit = handleSubmit(({ qualityPolicy, regularFrom, heavyFrom }) =>
    change.mutate(
      { qualityPolicy, bands: { regularFrom: Number(regularFrom), heavyFrom: Number(heavyFrom) } },
      { onSuccess: () => toast({ title: t('state.saved'), body: t('settings.calling.saved') }) },
    ),
  );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <Controller
        control={control}
        name="qualityPolicy"
        render={({ field }) => (
          <Choices
            label={t('quality.policy')}
            choices={QualityPolicy.options.map((value) => ({
              value,
              label: t(`quality.policy.${value}`),
              description: t(`quality.policy.${value}.desc`),
            }))}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <TextInput
        {...register('regularFrom')}
        label={t('settings.calling.regular')}
        inputMode="numeric"
        autoComplete="off"
        error={errors.regularFrom === undefined ? null : t('settings.calling.regular.fault')}
      />
      <TextInput
        {...register('heavyFrom')}
        label={t('settings.calling.heavy')}
        inputMode="numeric"
        autoComplete="off"
        error={errors.heavyFrom === undefined ? null : t('settings.calling.heavy.fault')}
      />
      <InlineError error={change.error} />
      <div>
        <Button type="submit" loading={change.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
