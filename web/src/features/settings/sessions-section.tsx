import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sessionsQuery, useSignOutEverywhere } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { browserOf } from './browser-of.ts';
import { Section } from './section.tsx';

export function SessionsSection() {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const [isAsking, setIsAsking] = useState(false);
  const everywhere = useSignOutEverywhere();
  return (
    <Section title={t('settings.sessions')}>
      {data === undefined && error === null ? <SkeletonRows rows={3} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <ul className="sessions">
          {data.items.map((entry) => (
            <li key={entry.id}>
              <div>
                <span className="strong" title={entry.userAgent}>
                  {browserOf(entry.userAgent)}
                </span>
                {entry.isThis ? <span className="quiet"> {t('settings.sessions.this')}</span> : null}
                <p className="help mono wrap">{entry.address}</p>
              </div>
              <div className="help num">
                <p>
                  {t('settings.sessions.since')}: {f.dateTime(entry.createdAt)} UTC
                </p>
                <p>
                  {t('settings.sessions.used')}: {f.dateTime(entry.lastUsedAt)} UTC
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button variant="danger" onClick={() => setIsAsking(true)}>
          {t('settings.sessions.everywhere')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('settings.sessions.everywhere.title')}
        confirm={t('settings.sessions.everywhere')}
        isBusy={everywhere.isPending}
        error={everywhere.error}
        onConfirm={() => everywhere.mutate(undefined, { onSuccess: () => window.location.assign('/sign-in') })}
        onClose={() => setIsAsking(false)}
      >
        {t('settings.sessions.everywhere.body', { count: data?.items.length ?? 1 })}
      </ConfirmDialog>
    </Section>
  );
}
