import { zodResolver } from '@hookform/resolvers/zod';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { healthFactors } from '@hub/contract/health-rules';
import { defaultHealthPolicy, type HealthPolicy } from '@hub/contract/health-score';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { HealthPreview } from './health-preview.tsx';
import { healthPolicyQuery, useChangeHealthPolicy } from './health-queries.ts';
import { Section } from './section.tsx';

/** How much each factor of the health score counts. */
export function HealthSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(healthPolicyQuery);
  return (
    <Section title={t('health.score')} hint={t('health.settings.hint')}>
      {data === undefined && error === null ? <SkeletonRows rows={4} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : mayWrite ? <PolicyForm policy={data} /> : <PolicyFacts policy={data} />}
    </Section>
  );
}

function PolicyFacts({ policy }: { policy: HealthPolicy }) {
  const { t, f } = useText();
  return (
    <>
      <dl className="facts">
        {healthFactors.map((factor) => (
          <Fact key={factor} name={t(`health.factor.${factor}`)} value={f.number(policy[factor])} />
        ))}
        <Fact name={t('health.trendWeeks')} value={f.number(policy.trendWeeks)} />
      </dl>
      <p className="help">{t('health.settings.readOnly')}</p>
    </>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd className="num">{value}</dd>
  </>
);

const weight = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/)
  .refine((text) => Number(text) <= 100);
const Form = z
  .object({
    use: weight,
    trend: weight,
    quality: weight,
    overage: weight,
    payment: weight,
    activity: weight,
    trendWeeks: z.enum(['4', '13']),
  })
  .refine((fields) => healthFactors.some((factor) => Number(fields[factor]) > 0), { path: ['use'] });
type Fields = z.infer<typeof Form>;

const fieldsOf = ({ trendWeeks, ...weights }: HealthPolicy): Fields => ({
  use: String(weights.use),
  trend: String(weights.trend),
  quality: String(weights.quality),
  overage: String(weights.overage),
  payment: String(weights.payment),
  activity: String(weights.activity),
  trendWeeks: trendWeeks === 13 ? '13' : '4',
});

const policyOf = (fields: Fields): HealthPolicy => ({
  use: Number(fields.use),
  trend: Number(fields.trend),
  quality: Number(fields.quality),
  overage: Number(fields.overage),
  payment: Number(fields.payment),
  activity: Number(fields.activity),
  trendWeeks: fields.trendWeeks === '13' ? 13 : 4,
});

function PolicyForm({ policy }: { policy: HealthPolicy }) {
  const { t } = useText();
  const change = useChangeHealthPolicy();
  // The weights whose effect is looked at: as they were written when the preview was asked for.
  const [looked, setLooked] = useState<HealthPolicy | null>(null);
  const { register, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(Form),
    values: fieldsOf(policy),
  });
  const { errors } = formState;
  const submit = handleSubmit((fields) =>
    change.mutate(policyOf(fields), {
      onSuccess: () => toast({ title: t('state.saved'), body: t('health.settings.saved') }),
    }),
  );
  const look = handleSubmit((fields) => setLooked(policyOf(fields)));
  return (
    <>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        {healthFactors.map((factor) => (
          <TextInput
            key={factor}
            {...register(factor)}
            label={t(`health.factor.${factor}`)}
            description={t(`health.${factor}.rule`)}
            inputMode="numeric"
            autoComplete="off"
            error={errors[factor] === undefined ? null : t('health.settings.fault')}
          />
        ))}
        <NativeSelect
          {...register('trendWeeks')}
          label={t('health.trendWeeks')}
          data={[
            { value: '4', label: t('health.weeks', { count: 4 }) },
            { value: '13', label: t('health.weeks', { count: 13 }) },
          ]}
        />
        <InlineError error={change.error} />
        <div className="row">
          <Button type="submit" loading={change.isPending}>
            {t('action.save')}
          </Button>
          <Button variant="quiet" onClick={() => void look()}>
            {t('health.settings.look')}
          </Button>
          <Button variant="subtle" disabled={change.isPending} onClick={() => reset(fieldsOf(defaultHealthPolicy))}>
            {t('health.settings.defaults')}
          </Button>
        </div>
      </form>
      {looked === null ? null : <HealthPreview policy={looked} />}
    </>
  );
}
