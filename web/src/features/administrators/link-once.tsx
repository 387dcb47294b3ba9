import { Button } from '@mantine/core';
import type { inviteAdministrator } from '@hub/contract/administrators';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useText } from '../../lib/i18n.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { SecretField } from '../../ui/secret-field.tsx';

/** The link of an invitation, the one time it is known. */
export function LinkOnce({ made, onClose }: { made: ReplyOf<typeof inviteAdministrator>; onClose: () => void }) {
  const { t, f } = useText();
  const { invitation, secret, isSent } = made;
  const { email } = invitation;
  return (
    <Dialog title={t('admins.link.title', { email })} onClose={onClose} isHeld>
      <div className="stack">
        <SecretField
          label={t('admins.link.label')}
          value={`${window.location.origin}/join#${secret}`}
          copyWord={t('action.copyLink')}
        />
        <p className="notice">
          <Glyph name="late" />
          <span>{t('admins.link.once', { time: f.dateTime(invitation.expiresAt) })}</span>
        </p>
        <p className="quiet wrap">{t(isSent ? 'admins.link.sent' : 'admins.link.notSent', { email })}</p>
        <p className="quiet">
          {t('common.role')}: {t(`role.${invitation.role}`)}
        </p>
        <div className="dialog-actions">
          <Button variant="filled" onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
