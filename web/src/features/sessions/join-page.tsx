import { Button } from '@mantine/core';
import type { readInvitation } from '@hub/contract/administrators';
import type { ReplyOf } from '@hub/contract/endpoint';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Doorway } from './doorway.tsx';
import { ApiError } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { JoinForm } from './join-form.tsx';
import { invitationQuery } from './join-queries.ts';

/** Where the link of an invitation leads. Its secret stands behind the #, and leaves the address bar at once. */
export function JoinPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const hash = useLocation({ select: (location) => location.hash });
  const [secret, setSecret] = useState(hash);
  useTitle(t('join.titleBare'));
  if (hash !== '' && hash !== secret) setSecret(hash);
  useEffect(() => {
    if (hash !== '') void navigate({ to: '/join', hash: '', replace: true });
  }, [hash, navigate]);
  return (
    <Doorway>{secret === '' ? <NotUsable sentence={t('join.incomplete')} /> : <Opened secret={secret} />}</Doorway>
  );
}

function Opened({ secret }: { secret: string }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(invitationQuery(secret));
  const [isUsedUp, setIsUsedUp] = useState(false);
  if (isUsedUp || (error instanceof ApiError && isInvalid(error)))
    return <NotUsable sentence={t('error.invitation_invalid')} />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} />;
  return <Invited invitation={data} secret={secret} onUsedUp={() => setIsUsedUp(true)} />;
}

function Invited({
  invitation,
  secret,
  onUsedUp,
}: {
  invitation: ReplyOf<typeof readInvitation>;
  secret: string;
  onUsedUp: () => void;
}) {
  const { t } = useText();
  const { partnerName, role, email, hasAccount } = invitation;
  return (
    <>
      <h1 className="wrap">{t('join.title', { partner: partnerName })}</h1>
      <dl className="facts join-facts">
        <dt>{t('join.as')}</dt>
        <dd>
          {t(`role.${role}`)}
          <p className="help">{t(`role.${role}.desc`)}</p>
        </dd>
        <dt>{t('common.email')}</dt>
        <dd>{email}</dd>
      </dl>
      <p className="quiet">{t(hasAccount ? 'join.known' : 'join.new')}</p>
      <JoinForm secret={secret} email={email} hasAccount={hasAccount} onUsedUp={onUsedUp} />
    </>
  );
}

const isInvalid = (error: ApiError): boolean => error.problem?.code === 'invitation_invalid';

function NotUsable({ sentence }: { sentence: string }) {
  const { t } = useText();
  return (
    <div className="stack" role="alert">
      <h1>{t('join.invalid')}</h1>
      <p className="notice">
        <Glyph name="struck" />
        <span>{sentence}</span>
      </p>
      <div>
        <Button renderRoot={(props: object) => <Link to="/sign-in" {...props} />}>{t('join.toSignIn')}</Button>
      </div>
    </div>
  );
}
