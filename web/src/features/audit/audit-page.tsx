import { Button, Tooltip } from '@mantine/core';
import { exportAuditEvents } from '@hub/contract/audit';
import { CustomerId, PersonId } from '@hub/contract/ids';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useSession } from '../sessions/index.ts';
import { addressOf } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditList } from './audit-list.tsx';
import { type AuditQuestion, auditQuery } from './queries.ts';

/** Everything that was done for this partner, newest first. */
export function AuditPage() {
  const { t } = useText();
  const session = useSession();
  const navigate = useNavigate({ from: '/audit-log' });
  const search = useSearch({ from: '/frame/audit-log' });
  useTitle(t('audit.title'));
  const question = useMemo(() => questionOf(search), [search]);
  const { data } = useInfiniteQuery(auditQuery(question));
  const events = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const filter = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {}, replace: true }), [navigate]);
  const hasFilters = Object.keys(question).length > 0;
  return (
    <div className="page audit">
      <PageHead title={t('audit.title')} intro={t('audit.intro')}>
        {session.may('audit.export') ? (
          <Tooltip label={t('audit.export.hint')}>
            <Button
              component="a"
              href={addressOf(exportAuditEvents, { query: question })}
              download
              leftSection={<IconDownload size={16} stroke={1.6} />}
            >
              {t('audit.export')}
            </Button>
          </Tooltip>
        ) : null}
      </PageHead>
      <AuditFilters
        search={search}
        actions={data?.pages[0]?.actions ?? []}
        events={events}
        onFilter={filter}
        onClear={hasFilters ? clear : undefined}
      />
      <AuditList
        question={question}
        search={search}
        empty={
          <EmptyState
            title={t(hasFilters ? 'audit.noMatch' : 'audit.empty')}
            hint={t(hasFilters ? 'audit.noMatch.hint' : 'audit.empty.hint')}
          >
            {hasFilters ? <Button onClick={clear}>{t('audit.filter.clear')}</Button> : null}
          </EmptyState>
        }
      />
    </div>
  );
}

/** The address as the contract wants it: an id that is none, and days in the wrong order, are left to the server to refuse. */
function questionOf({ personId, customerId, ...search }: Record<string, string | undefined>): AuditQuestion {
  const person = PersonId.safeParse(personId).data;
  const customer = CustomerId.safeParse(customerId).data;
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return {
    ...Object.fromEntries(given),
    ...(person === undefined ? {} : { personId: person }),
    ...(customer === undefined ? {} : { customerId: customer }),
  };
}
