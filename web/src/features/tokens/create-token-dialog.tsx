import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Permission } from '@hub/contract/permissions';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { useCreateToken } from './queries.ts';
import { TokenOnce } from './token-once.tsx';

const lifetimes = ['7', '30', '90', '365'];
const Form = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Permission).min(1),
  days: z.enum(lifetimes),
});

/** Name, scopes within the role, lifetime; then the secret that is shown once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const { permissions, partner } = useSession();
  const create = useCreateToken();
  const { register, handleSubmit, formState, control } = useForm({
    resolver: zodResolver(Form),
    defaultValues: { name: '', scopes: [] as Permission[], days: '90' },
  });
  if (create.data !== undefined) return <TokenOnce made={create.data} onClose={onClose} />;
  const submit = handleSubmit(({ days, ...values }) => create.mutate({ ...values, days: Number(days) }));
  const { errors } = formState;
  return (
    <Dialog title={t('tokens.create')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <p className="quiet">{t('tokens.hint', { partner: partner.name })}</p>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          description={t('tokens.name.hint')}
          maxLength={100}
          data-autofocus
          error={errors.name === undefined ? null : t('error.required')}
        />
        <Controller
          control={control}
          name="scopes"
          render={({ field }) => (
            <Checkbox.Group
              label={t('tokens.scopes')}
              description={t('tokens.scopes.hint')}
              value={field.value}
              onChange={field.onChange}
              error={errors.scopes === undefined ? null : t('tokens.scopes.needed')}
            >
              <div className="token-scopes">
                {Permission.options
                  .filter((scope) => permissions.includes(scope))
                  .map((scope) => (
                    <Checkbox key={scope} value={scope} label={t(`permission.${scope}`)} />
                  ))}
              </div>
            </Checkbox.Group>
          )}
        />
        <NativeSelect
          {...register('days')}
          label={t('tokens.days')}
          data={lifetimes.map((value) => ({ value, label: t('tokens.days.value', { days: Number(value) }) }))}
        />
        <InlineError error={create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('tokens.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
