import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { CalendarDate, type CustomerId } from '@hub/contract/ids';
import { type Trial, trialMaximumDays } from '@hub/contract/trials';
import { useMemo } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { ApiError } from '../../lib/api.ts';
import { addDays, daysUntil } from '../../lib/calendar.ts';
import { errorText } from '../../lib/error-text.ts';
import { faultText } from '../../lib/form-faults.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segments } from '../../ui/segments.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { isChangedMeanwhile, useConflict } from '../../ui/use-conflict.ts';
import { LineFields } from '../license-lines/index.ts';
import { useSaveTrial, useTrialNow } from './queries.ts';
import { conflictFields, Duration, endOf, formOf, newTrial, termsOf, trialFormOf } from './trial-form.ts';

/** Starts a trial, or changes the dates and products of one. */
export function TrialDialog({
  customerId,
  customerName,
  today,
  trial,
  onClose,
}: {
  customerId: CustomerId;
  customerName: string;
  today: string;
  /** Absent: a new one. */
  trial?: Trial;
  onClose: () => void;
}) {
  const { t, f } = useText();
  useReturnFocus();
  const save = useSaveTrial(customerId);
  const readNow = useTrialNow(customerId);
  const opened = useMemo(() => (trial === undefined ? newTrial(today) : formOf(trial)), [trial, today]);
  const schema = useMemo(() => trialFormOf(today, trial), [today, trial]);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: opened });
  const { register, handleSubmit, formState, control, watch } = form;
  const { errors } = formState;
  const { version, conflict, set, meet } = useConflict(
    form,
    { values: opened, version: trial?.version ?? 0 },
    useMemo(() => conflictFields(t, f), [t, f]),
  );
  const typed = watch();
  const endsOn = endOf(typed);
  const days =
    CalendarDate.safeParse(endsOn).success && CalendarDate.safeParse(typed.startsOn).success
      ? daysUntil(typed.startsOn, endsOn)
      : null;
  const isTaken = save.error instanceof ApiError && save.error.problem?.code === 'contract_reference_taken';
  const submit = handleSubmit((values) =>
    save.mutate(
      {
        terms: termsOf(values),
        reference: values.reference,
        changed: trial === undefined ? null : { id: trial.id, version },
      },
      {
        onSuccess: (saved) => {
          toast({
            title: t(trial === undefined ? 'trials.started' : 'trials.saved', { reference: saved.reference }),
            body: t('trials.until', { date: f.date(saved.endsOn) }),
          });
          onClose();
        },
        onError: (error) => {
          if (trial === undefined || !isChangedMeanwhile(error)) return;
          void readNow(trial.id).then((now) => {
            if (now !== undefined) meet({ values: formOf(now), version: now.version });
          });
        },
      },
    ),
  );
  const endFault =
    errors.endsOn?.message === 'tooLong'
      ? t('trials.tooLong', { max: trialMaximumDays, date: f.date(addDays(typed.startsOn, trialMaximumDays)) })
      : errors.endsOn?.message === 'past'
        ? t('trials.inPast')
        : faultText(errors.endsOn, t);
  const title =
    trial === undefined
      ? t('trials.start.title', { name: customerName })
      : t('trials.edit.of', { reference: trial.reference });
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <LineFields
          control={control}
          name="lines"
          hasAssigned={trial !== undefined}
          countLabel={t('trials.licenses')}
          isFirst
        />
        <TextInput
          {...register('startsOn')}
          type="date"
          label={t('subs.startDate')}
          error={faultText(errors.startsOn, t)}
        />
        <div className="stack tight">
          <span className="field-name">{t('trials.duration')}</span>
          <Controller
            control={control}
            name="duration"
            render={({ field }) => (
              <Segments
                label={t('trials.duration')}
                value={field.value}
                onChange={(value) => {
                  if (value === 'date' && typed.endsOn === '') form.setValue('endsOn', endsOn);
                  field.onChange(value);
                }}
                segments={Duration.options.map((value) => ({
                  value,
                  label: value === 'date' ? t('trials.untilDate') : t('trials.days', { count: Number(value) }),
                }))}
              />
            )}
          />
        </div>
        {typed.duration === 'date' ? (
          <TextInput {...register('endsOn')} type="date" label={t('subs.endDate')} error={endFault} />
        ) : null}
        {typed.duration !== 'date' && errors.endsOn !== undefined ? (
          <p className="mantine-InputWrapper-error" role="alert">
            {endFault}
          </p>
        ) : null}
        {days === null || days < 0 ? null : (
          <p className="help" aria-live="polite">
            {t('trials.preview', { date: f.date(endsOn), days })}
          </p>
        )}
        {trial === undefined ? (
          <TextInput
            {...register('reference')}
            label={`${t('trials.id')} (${t('common.optional')})`}
            description={t('trials.id.hint')}
            autoComplete="off"
            error={isTaken ? errorText(save.error, t, f) : faultText(errors.reference, t)}
          />
        ) : null}
        <ConflictNotice form={form} conflict={conflict} onChoose={set} />
        {(isTaken && trial === undefined) || isChangedMeanwhile(save.error) ? null : <InlineError error={save.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {t(trial === undefined ? 'trials.startTrial' : 'action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
