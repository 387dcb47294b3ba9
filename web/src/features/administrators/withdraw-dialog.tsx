import type { Invitation } from '@hub/contract/administrators';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { useWithdrawInvitation } from './queries.ts';

export function WithdrawDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useText();
  const { email } = invitation;
  const withdraw = useWithdrawInvitation();
  return (
    <ConfirmDialog
      isOpen
      title={t('invitations.withdraw.title', { email })}
      confirm={t('invitations.withdraw')}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() =>
        withdraw.mutate(invitation.id, {
          onSuccess: () => {
            toast({ title: t('invitations.withdrawn', { email }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {t('invitations.withdraw.body')}
    </ConfirmDialog>
  );
}
