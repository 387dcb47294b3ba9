import { Button, Checkbox, TextInput } from '@mantine/core';
import { CalendarDate } from '@hub/contract/ids';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import type { CustomerShown } from './customer-shown.ts';
import { useRecordSignIn } from './queries.ts';

/** When an administrator of the customer last signed in, where no feed tells. */
export function SignInDialog({ customer, onClose }: { customer: CustomerShown; onClose: () => void }) {
  const { t, f } = useText();
  useReturnFocus();
  const record = useRecordSignIn();
  const { id, today, lastSignIn } = customer;
  const [on, setOn] = useState(lastSignIn.on ?? today);
  const [isNever, setIsNever] = useState(lastSignIn.isKnown && lastSignIn.on === null);
  const [fault, setFault] = useState<'date' | 'future' | null>(null);
  const submit = () => {
    const wrong = isNever ? null : !CalendarDate.safeParse(on).success ? 'date' : on > today ? 'future' : null;
    setFault(wrong);
    if (wrong !== null) return;
    record.mutate(
      { params: { customerId: id }, body: { on: isNever ? null : on } },
      {
        onSuccess: (now) => {
          // An earlier date than the one known changes nothing: say what holds.
          toast({ title: now.on === null ? t('signin.saved.never') : t('signin.saved', { date: f.date(now.on) }) });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('signin.title')} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="quiet">{t('signin.hint')}</p>
        <TextInput
          type="date"
          label={t('signin.last')}
          data-autofocus
          max={today}
          disabled={isNever}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
          error={fault === null || isNever ? null : t(fault === 'date' ? 'form.fault.date' : 'signin.future')}
        />
        <Checkbox
          label={t('signin.never')}
          checked={isNever}
          onChange={(event) => setIsNever(event.currentTarget.checked)}
        />
        <InlineError error={record.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={record.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
