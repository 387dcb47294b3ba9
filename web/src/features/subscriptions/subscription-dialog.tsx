import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import type { CustomerId } from '@hub/contract/ids';
import type { Subscription } from '@hub/contract/subscriptions';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { ApiError } from '../../lib/api.ts';
import { errorText } from '../../lib/error-text.ts';
import { faultText } from '../../lib/form-faults.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { isChangedMeanwhile, useConflict } from '../../ui/use-conflict.ts';
import { LineFields } from '../license-lines/index.ts';
import { useSaveSubscription, useSubscriptionNow } from './queries.ts';
import { conflictFields, formOf, newSubscription, SubscriptionForm, termsOf } from './subscription-form.ts';

/** Records a subscription, or changes one. */
export function SubscriptionDialog({
  customerId,
  customerName,
  today,
  subscription,
  onClose,
}: {
  customerId: CustomerId;
  customerName: string;
  today: string;
  /** Absent: a new one. */
  subscription?: Subscription;
  onClose: () => void;
}) {
  const { t, f } = useText();
  useReturnFocus();
  const save = useSaveSubscription(customerId);
  const readNow = useSubscriptionNow(customerId);
  const opened = useMemo(
    () => (subscription === undefined ? newSubscription(today) : formOf(subscription)),
    [subscription, today],
  );
  const form = useForm({ resolver: zodResolver(SubscriptionForm), defaultValues: opened });
  const { register, handleSubmit, formState, control, watch } = form;
  const { errors } = formState;
  const { version, conflict, set, meet } = useConflict(
    form,
    { values: opened, version: subscription?.version ?? 0 },
    useMemo(() => conflictFields(t, f), [t, f]),
  );
  const isEndless = watch('isEndless');
  const isTaken = save.error instanceof ApiError && save.error.problem?.code === 'contract_reference_taken';
  const submit = handleSubmit((values) =>
    save.mutate(
      { terms: termsOf(values), changed: subscription === undefined ? null : { id: subscription.id, version } },
      {
        onSuccess: ({ reference }) => {
          toast({ title: t(subscription === undefined ? 'subs.added' : 'subs.saved', { reference }) });
          onClose();
        },
        onError: (error) => {
          if (subscription === undefined || !isChangedMeanwhile(error)) return;
          void readNow(subscription.id).then((now) => {
            if (now !== undefined) meet({ values: formOf(now), version: now.version });
          });
        },
      },
    ),
  );
  const title =
    subscription === undefined
      ? t('subs.add.title', { name: customerName })
      : t('subs.edit.of', { reference: subscription.reference });
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('reference')}
          label={t('subs.id')}
          description={t('subs.id.hint')}
          data-autofocus
          autoComplete="off"
          error={isTaken ? errorText(save.error, t, f) : faultText(errors.reference, t)}
        />
        <LineFields control={control} name="lines" hasAssigned />
        <div className="form-pair">
          <TextInput
            {...register('startsOn')}
            type="date"
            label={t('subs.startDate')}
            error={faultText(errors.startsOn, t)}
          />
          <TextInput
            {...register('endsOn')}
            type="date"
            label={t('subs.endDate')}
            disabled={isEndless}
            error={isEndless ? null : faultText(errors.endsOn, t)}
          />
        </div>
        <Checkbox {...register('isEndless')} label={t('subs.isEndless')} />
        <TextInput
          {...register('termMonths')}
          label={`${t('subs.termMonths')} (${t('common.optional')})`}
          description={t('subs.termMonths.hint')}
          inputMode="numeric"
          autoComplete="off"
          error={errors.termMonths === undefined ? null : t('subs.termMonths.fault', { max: 120 })}
        />
        <Checkbox {...register('autoRenews')} label={t('subs.autoRenews')} />
        <div className="form-pair">
          <NativeSelect
            {...register('paymentState')}
            label={t('subs.payment')}
            data={PaymentState.options.map((value) => ({ value, label: t(`subs.payment.${value}`) }))}
          />
          <NativeSelect
            {...register('setupState')}
            label={t('subs.setup')}
            data={SetupState.options.map((value) => ({ value, label: t(`subs.setup.${value}`) }))}
          />
        </div>
        <Textarea
          {...register('setupNote')}
          label={`${t('subs.setupNote')} (${t('common.optional')})`}
          rows={2}
          error={faultText(errors.setupNote, t)}
        />
        <ConflictNotice form={form} conflict={conflict} onChoose={set} />
        {isTaken || isChangedMeanwhile(save.error) ? null : <InlineError error={save.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            {t(subscription === undefined ? 'subs.add' : 'action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
