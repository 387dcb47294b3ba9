import { Button, Checkbox, TextInput } from '@mantine/core';
import { ViewName } from '@hub/contract/saved-views';
import { useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { nameFault } from '../../lib/name-fault.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { type ListQuestion, useCreateView } from './list-queries.ts';

/** The present filter and order under a name. */
export function SaveViewDialog({ question, onClose }: { question: ListQuestion; onClose: () => void }) {
  const { t } = useText();
  const { may } = useSession();
  useReturnFocus();
  const create = useCreateView();
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  const [isPinned, setIsPinned] = useState(true);
  const [isDefault, setIsDefault] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const parsed = ViewName.safeParse(name);
  return (
    <Dialog title={t('view.save')} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setIsTried(true);
          if (!parsed.success) return;
          create.mutate(
            { ...question, name: parsed.data, isShared, isPinned, isDefault },
            {
              onSuccess: () => {
                toast({ title: t('view.savedAs', { name: parsed.data }) });
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label={t('common.name')}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isTried && !parsed.success ? nameFault(name, 60, t) : null}
        />
        <p className="mono quiet wrap">{question.filter === '' ? t('nav.allCustomers') : question.filter}</p>
        <Checkbox
          label={t('view.pin')}
          description={t('view.pin.hint')}
          checked={isPinned}
          onChange={(event) => setIsPinned(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('view.makeDefault')}
          description={t('view.makeDefault.hint')}
          checked={isDefault}
          onChange={(event) => setIsDefault(event.currentTarget.checked)}
        />
        {may('views.share') ? (
          <Checkbox
            label={t('view.share')}
            description={t('view.share.hint')}
            checked={isShared}
            onChange={(event) => setIsShared(event.currentTarget.checked)}
          />
        ) : null}
        <InlineError error={create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
