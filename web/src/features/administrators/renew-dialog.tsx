import type { Invitation } from '@hub/contract/administrators';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LinkOnce } from './link-once.tsx';
import { useRenewInvitation } from './queries.ts';

/** A new link for who lost theirs; the one before ends. */
export function RenewDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useText();
  useReturnFocus();
  const renew = useRenewInvitation();
  if (renew.data !== undefined) return <LinkOnce made={renew.data} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      title={t('invitations.renew.of', { email: invitation.email })}
      confirm={t('invitations.renew')}
      isHarmless
      isBusy={renew.isPending}
      error={renew.error}
      onConfirm={() => renew.mutate(invitation.id)}
      onClose={onClose}
    >
      {t('invitations.renew.body')}
    </ConfirmDialog>
  );
}
