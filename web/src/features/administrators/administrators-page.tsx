import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Opened } from './acts.ts';
import './administrators.css';
import { InvitationList } from './invitation-list.tsx';
import { PeopleList } from './people-list.tsx';
import { administratorsQuery } from './queries.ts';

const AssignPanel = lazy(async () => ({ default: (await import('./assign-panel.tsx')).AssignPanel }));
const OpenedDialog = lazy(async () => ({ default: (await import('./opened-dialog.tsx')).OpenedDialog }));

/** Who may do what for this partner, and who is invited. */
export function AdministratorsPage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/administrators' });
  const { customersOf } = useSearch({ from: '/frame/administrators' });
  const { data, error, refetch } = useQuery(administratorsQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  useTitle(t('admins.title'));
  const mayWrite = session.may('administrators.write');
  const assigned = mayWrite ? data?.items.find(({ personId }) => personId === customersOf) : undefined;
  const closePanel = useCallback(() => void navigate({ search: {}, replace: true }), [navigate]);
  const isAlone = data?.items.length === 1 && data.invitations.length === 0;
  const invite = () => setOpened({ kind: 'invite' });
  return (
    <div className="page">
      <PageHead title={t('admins.title')} intro={t('admins.intro', { partner: session.partner.name })}>
        {mayWrite ? (
          <Button variant="filled" leftSection={<IconUserPlus size={16} stroke={1.6} />} onClick={invite}>
            {t('admins.invite')}
          </Button>
        ) : null}
      </PageHead>
      <div className="with-panel">
        <div>
          {mayWrite ? null : <p className="band quiet">{t('admins.readOnly')}</p>}
          {data === undefined && error === null ? <SkeletonRows rows={8} /> : null}
          {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
          {data === undefined ? null : (
            <PeopleList
              people={data.items}
              mayWrite={mayWrite}
              selected={assigned?.personId}
              onAct={(kind, person) => setOpened({ kind, person })}
            />
          )}
          {isAlone && mayWrite ? (
            <EmptyState title={t('admins.alone')} hint={t('admins.alone.hint')}>
              <Button onClick={invite}>{t('admins.invite')}</Button>
            </EmptyState>
          ) : null}
          {data === undefined || data.invitations.length === 0 ? null : (
            <InvitationList
              invitations={data.invitations}
              mayWrite={mayWrite}
              onAct={(kind, invitation) => setOpened({ kind, invitation })}
            />
          )}
        </div>
        <Suspense fallback={null}>
          {assigned === undefined ? null : (
            <AssignPanel key={assigned.personId} person={assigned} onClose={closePanel} />
          )}
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {opened === null ? null : <OpenedDialog opened={opened} onClose={() => setOpened(null)} />}
      </Suspense>
    </div>
  );
}
