import { Button } from '@mantine/core';
import type { Token } from '@hub/contract/tokens';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { tokensQuery, useRevokeToken } from './queries.ts';
import './tokens.css';

/** The person's tokens for this partner, each with the way to end it. */
export function TokenList() {
  const { t } = useText();
  const { data, error, refetch } = useQuery(tokensQuery);
  const [asked, setAsked] = useState<Token | null>(null);
  if (data === undefined)
    return error === null ? <SkeletonRows rows={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="quiet">{t('tokens.empty')}</p>;
  return (
    <>
      <ul className="tokens" aria-label={t('tokens.title')}>
        {data.items.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
        ))}
      </ul>
      {asked === null ? null : <RevokeDialog token={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t, f } = useText();
  const { name, prefix, scopes, expiresAt, isExpired, lastUsedAt } = token;
  return (
    <li>
      <div className="grow">
        <p>
          <span className="strong wrap">{name}</span> <span className="mono quiet">{prefix}…</span>
        </p>
        <p className="help">{scopes.map((scope) => t(`permission.${scope}`)).join(' · ')}</p>
        <div className="help num token-times">
          {isExpired ? (
            <State glyph="struck" word={t('tokens.expired')} reason={f.date(expiresAt)} />
          ) : (
            <span>{t('tokens.expires', { date: f.date(expiresAt) })}</span>
          )}
          <span>{lastUsedAt === null ? t('tokens.unused') : t('tokens.used', { time: f.dateTime(lastUsedAt) })}</span>
        </div>
      </div>
      <Button variant="danger" aria-label={t('tokens.revoke.of', { name })} onClick={onRevoke}>
        {t('tokens.revoke')}
      </Button>
    </li>
  );
}

function RevokeDialog({ token: { id, name }, onClose }: { token: Token; onClose: () => void }) {
  const { t } = useText();
  const revoke = useRevokeToken();
  return (
    <ConfirmDialog
      isOpen
      title={t('tokens.revoke.title', { name })}
      confirm={t('tokens.revoke')}
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={() =>
        revoke.mutate(id, {
          onSuccess: () => {
            toast({ title: t('tokens.revoked', { name }) });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {t('tokens.revoke.body')}
    </ConfirmDialog>
  );
}
