import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { Role } from '@hub/contract/permissions';
import { Email } from '@hub/contract/sessions';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { LinkOnce } from './link-once.tsx';
import { useInvite } from './queries.ts';
import { RoleChoices } from './role-choices.tsx';

const Form = z.object({ email: Email, role: Role });

/** Asks for address and role, then shows the link that is shown once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const invite = useInvite();
  const { register, handleSubmit, formState, control } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { email: '', role: 'partner_admin' as Role },
  });
  if (invite.data !== undefined) return <LinkOnce made={invite.data} onClose={onClose} />;
  const submit = handleSubmit((values) => invite.mutate(values));
  return (
    <Dialog title={t('admins.invite')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet">{t('admins.invite.hint')}</p>
        <TextInput
          {...register('email')}
          label={t('common.email')}
          type="email"
          autoComplete="off"
          data-autofocus
          error={formState.errors.email === undefined ? null : t('error.invalidEmail')}
        />
        <Controller
          control={control}
          name="role"
          render={({ field }) => <RoleChoices value={field.value} onChange={field.onChange} />}
        />
        <InlineError error={invite.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            {t('admins.invite.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
