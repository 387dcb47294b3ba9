import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { defaultLowAssignmentRule, LowAssignmentRule } from '@hub/contract/low-assignment';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type Translate, useText } from '../../lib/i18n.ts';
import { ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { LowAssignmentPreview } from './low-assignment-preview.tsx';
import { lowAssignmentRuleQuery, useChangeLowAssignmentRule } from './low-assignment-queries.ts';
import { Section } from './section.tsx';

/** When the assignment of a subscription is low. */
export function LowAssignmentSection({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(lowAssignmentRuleQuery);
  return (
    <Section title={t('analytics.rule')} hint={t('analytics.rule.hint')}>
      {data === undefined && error === null ? <SkeletonRows rows={4} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : mayWrite ? <RuleForm rule={data} /> : <RuleFacts rule={data} />}
    </Section>
  );
}

const numbers = ['percentile', 'belowPercent', 'minimumAgeDays', 'minimumPeers', 'fallbackBelowPercent'] as const;
const limits: Record<(typeof numbers)[number], { min: number; max: number }> = {
  percentile: { min: 1, max: 50 },
  belowPercent: { min: 1, max: 100 },
  minimumAgeDays: { min: 0, max: 365 },
  minimumPeers: { min: 1, max: 1000 },
  fallbackBelowPercent: { min: 1, max: 100 },
};

function RuleFacts({ rule }: { rule: LowAssignmentRule }) {
  const { t, f } = useText();
  return (
    <>
      <dl className="facts">
        {numbers.map((key) => (
          <FactOf key={key} name={t(`analytics.rule.${key}`)} value={f.number(rule[key])} />
        ))}
        <FactOf name={t('analytics.rule.sizeBands')} value={bandsText(rule.sizeBands, t)} />
      </dl>
      <p className="help">{t('analytics.rule.readOnly')}</p>
    </>
  );
}

const FactOf = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd className="num">{value}</dd>
  </>
);

/** "1 to 24, 25 to 99, 100 or more". */
function bandsText(bands: readonly number[], t: Translate): string {
  const starts = [1, ...bands];
  return starts
    .map((from, at) => {
      const next = starts[at + 1];
      return next === undefined ? t('analytics.band.open', { from }) : t('analytics.band', { from, to: next - 1 });
    })
    .join(', ');
}

const whole = ({ min, max }: { min: number; max: number }) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/)
    .refine((text) => Number(text) >= min && Number(text) <= max);

const bandsOf = (text: string): number[] =>
  text.trim() === '' ? [] : text.split(/[\s,;]+/).flatMap((part) => (part === '' ? [] : [Number(part)]));

const Form = z.object({
  percentile: whole(limits.percentile),
  belowPercent: whole(limits.belowPercent),
  minimumAgeDays: whole(limits.minimumAgeDays),
  minimumPeers: whole(limits.minimumPeers),
  fallbackBelowPercent: whole(limits.fallbackBelowPercent),
  sizeBands: z.string().refine((text) => LowAssignmentRule.shape.sizeBands.safeParse(bandsOf(text)).success),
});
type Fields = z.infer<typeof Form>;

const fieldsOf = (rule: LowAssignmentRule): Fields => ({
  percentile: String(rule.percentile),
  belowPercent: String(rule.belowPercent),
  minimumAgeDays: String(rule.minimumAgeDays),
  minimumPeers: String(rule.minimumPeers),
  fallbackBelowPercent: String(rule.fallbackBelowPercent),
  sizeBands: rule.sizeBands.join(', '),
});

const ruleOf = ({ sizeBands, ...fields }: Fields): LowAssignmentRule => ({
  percentile: Number(fields.percentile),
  belowPercent: Number(fields.belowPercent),
  minimumAgeDays: Number(fields.minimumAgeDays),
  minimumPeers: Number(fields.minimumPeers),
  fallbackBelowPercent: Number(fields.fallbackBelowPercent),
  sizeBands: bandsOf(sizeBands),
});

function RuleForm({ rule }: { rule: LowAssignmentRule }) {
  const { t } = useText();
  const change = useChangeLowAssignmentRule();
  // The rule whose flags are looked at: as it was written when the preview was asked for.
  const [looked, setLooked] = useState<LowAssignmentRule | null>(null);
  const { register, handleSubmit, formState, reset } = useForm({ resolver: zodResolver(Form), values: fieldsOf(rule) });
  const { errors } = formState;
  const submit = handleSubmit((fields) =>
    change.mutate(ruleOf(fields), {
      onSuccess: () => toast({ title: t('state.saved'), body: t('analytics.rule.saved') }),
    }),
  );
  const look = handleSubmit((fields) => setLooked(ruleOf(fields)));
  return (
    <>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        {numbers.map((key) => (
          <TextInput
            key={key}
            {...register(key)}
            label={t(`analytics.rule.${key}`)}
            description={t(`analytics.rule.${key}.hint`)}
            inputMode="numeric"
            autoComplete="off"
            error={errors[key] === undefined ? null : t('analytics.rule.fault', limits[key])}
          />
        ))}
        <TextInput
          {...register('sizeBands')}
          label={t('analytics.rule.sizeBands')}
          description={t('analytics.rule.sizeBands.hint')}
          autoComplete="off"
          error={errors.sizeBands === undefined ? null : t('analytics.rule.sizeBands.fault')}
        />
        <InlineError error={change.error} />
        <div className="row">
          <Button type="submit" loading={change.isPending}>
            {t('action.save')}
          </Button>
          <Button variant="quiet" onClick={() => void look()}>
            {t('analytics.rule.look')}
          </Button>
          {/* What was saved fills the form once more when it comes back: over what is filled in before that. */}
          <Button
            variant="subtle"
            disabled={change.isPending}
            onClick={() => reset(fieldsOf(defaultLowAssignmentRule))}
          >
            {t('analytics.rule.defaults')}
          </Button>
        </div>
      </form>
      {looked === null ? null : <LowAssignmentPreview rule={looked} />}
    </>
  );
}
