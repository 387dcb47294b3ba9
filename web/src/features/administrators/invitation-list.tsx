import { Button } from '@mantine/core';
import type { Invitation } from '@hub/contract/administrators';
import { useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';
import type { InvitationAct } from './acts.ts';

/** Who is invited and has not joined. */
export function InvitationList({
  invitations,
  mayWrite,
  onAct,
}: {
  invitations: readonly Invitation[];
  mayWrite: boolean;
  onAct: (act: InvitationAct, invitation: Invitation) => void;
}) {
  const { t, f } = useText();
  return (
    <section className="band invitations" aria-label={t('invitations.title')}>
      <div className="section-head">
        <h2>{t('invitations.title')}</h2>
        <span className="quiet num">{t('invitations.count', { count: invitations.length })}</span>
      </div>
      <ul className="invitation-list">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <div className="invitation-who">
              <p className="strong wrap">{invitation.email}</p>
              <p className="quiet">
                {t(`role.${invitation.role}`)}
                {invitation.invitedBy === null ? null : `, ${t('invitations.by', { name: invitation.invitedBy })}`}
              </p>
            </div>
            <div className="invitation-until">
              {invitation.isExpired ? (
                <State glyph="struck" word={t('invitations.expired')} reason={f.date(invitation.expiresAt)} />
              ) : (
                <span className="num">{t('invitations.until', { time: f.dateTime(invitation.expiresAt) })}</span>
              )}
            </div>
            {mayWrite ? (
              <div className="row invitation-acts">
                <Button
                  variant="quiet"
                  aria-label={t('invitations.renew.of', { email: invitation.email })}
                  onClick={() => onAct('renew', invitation)}
                >
                  {t('invitations.renew')}
                </Button>
                <Button
                  variant="danger"
                  aria-label={t('invitations.withdraw.of', { email: invitation.email })}
                  onClick={() => onAct('withdraw', invitation)}
                >
                  {t('invitations.withdraw')}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
