import type { Administrator } from '@hub/contract/administrators';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { useRemove } from './queries.ts';

/** Names the person and what ends. */
export function RemoveDialog({ person, onClose }: { person: Administrator; onClose: () => void }) {
  const { t } = useText();
  const { partner } = useSession();
  const remove = useRemove();
  const { personId, name, email, isYou } = person;
  return (
    <ConfirmDialog
      isOpen
      title={t('admins.remove.title', { name })}
      confirm={t('admins.remove')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(personId, {
          onSuccess: () => {
            if (isYou) window.location.assign('/sign-in');
            toast({ title: t('admins.removed', { name }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p className="wrap">{t('admins.remove.body', { name, email, partner: partner.name })}</p>
      {isYou ? <p className="strong">{t('admins.remove.self')}</p> : null}
    </ConfirmDialog>
  );
}
