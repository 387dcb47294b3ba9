import { zodResolver } from '@hookform/resolvers/zod';
import { Button, TextInput } from '@mantine/core';
import { PartnerName } from '@hub/contract/sessions';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useChangePartner, useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { Section } from './section.tsx';

const Form = z.object({ name: PartnerName });

/** For those who may rename the partner. */
export function PartnerSection() {
  const { t } = useText();
  const { partner } = useSession();
  const change = useChangePartner();
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(Form),
    values: { name: partner.name },
  });
  const submit = handleSubmit((values) =>
    change.mutate(values, { onSuccess: () => toast({ title: t('state.saved') }) }),
  );
  return (
    <Section title={t('settings.partner')} hint={t('settings.partner.hint')}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          label={t('common.name')}
          autoComplete="organization"
          error={formState.errors.name === undefined ? null : t('error.required')}
        />
        <InlineError error={change.error} />
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
