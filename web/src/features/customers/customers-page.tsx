import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { ImportRecordsDialog } from '../records/index.ts';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { useTitle } from '../../lib/use-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import type { BulkKind } from './bulk-words.ts';
import { CustomerRows } from './customer-rows.tsx';
import type { ListQuestion } from './list-queries.ts';
import { countQuery, viewsQuery } from './view-queries.ts';
import { QueryBar } from './query-bar.tsx';
import { conditionText, faultOf } from './query-text.ts';
import type { Selection } from './use-selection.ts';
import './customers.css';

const ExportMenu = lazy(async () => ({ default: (await import('./export-menu.tsx')).ExportMenu }));
const BulkProgress = lazy(async () => ({ default: (await import('./bulk-progress.tsx')).BulkProgress }));
const AddCustomerDialog = lazy(async () => ({
  default: (await import('./add-customer-dialog.tsx')).AddCustomerDialog,
}));
const SaveViewDialog = lazy(async () => ({ default: (await import('./save-view-dialog.tsx')).SaveViewDialog }));
const ViewsDialog = lazy(async () => ({ default: (await import('./views-dialog.tsx')).ViewsDialog }));
const GroupsDialog = lazy(async () => ({ default: (await import('./groups-dialog.tsx')).GroupsDialog }));
const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }));

type Opened =
  | { what: 'add' | 'import' | 'save' | 'views' | 'groups' }
  | { what: 'bulk'; kind: BulkKind; selection: Pick<Selection, 'given' | 'count' | 'clear'> };

/** The list that says who needs somebody today. Filter and order are in the address; without any, it opens with the person's default view. */
export function CustomersPage() {
  const { t } = useText();
  useTitle(t('customers.title'));
  const { may } = useSession();
  const search = useSearch({ from: '/frame/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const isBare = search.q === undefined && search.sort === undefined;
  const views = useQuery({ ...viewsQuery, enabled: isBare });
  const usual = views.data?.items.find(({ isDefault }) => isDefault);
  const isWaiting = isBare && views.isPending;
  const isToDefault = isBare && usual !== undefined;
  useEffect(() => {
    if (!isToDefault) return;
    void navigate({ search: { q: usual.filter, sort: usual.sort, order: usual.order }, replace: true });
  }, [isToDefault, usual, navigate]);
  if (isWaiting || isToDefault) return <SkeletonRows rows={16} />;
  // A shared view may be ordered by what is not told to everybody.
  const isUntold = (search.sort === 'licenses' || search.sort === 'unassigned') && !may('subscriptions.read');
  const sort = isUntold ? 'urgency' : (search.sort ?? 'urgency');
  return <CustomerList question={{ filter: search.q ?? '', sort, order: search.order ?? 'asc' }} />;
}

function CustomerList({ question }: { question: ListQuestion }) {
  const { t, f } = useText();
  const { may } = useSession();
  const isPhone = useIsPhone(); // files are rarely at hand there: only the empty list offers to import
  const navigate = useNavigate({ from: '/customers' });
  const [opened, setOpened] = useState<Opened | null>(null);
  const { filter } = question;
  const counts = useQuery({ ...countQuery(filter), enabled: faultOf(filter) === null });
  const go = useCallback(
    (change: Partial<ListQuestion>, isPassing = false) =>
      void navigate({
        search: (before) => ({
          q: change.filter ?? before.q ?? '',
          sort: change.sort ?? before.sort,
          order: change.order ?? before.order,
        }),
        replace: isPassing,
      }),
    [navigate],
  );
  const onFilter = useCallback((next: string, isPassing: boolean) => go({ filter: next }, isPassing), [go]);
  const close = () => setOpened(null);
  const matching = counts.data?.matching;
  const add = may('customers.write') ? () => setOpened({ what: 'add' }) : undefined;
  const importRecords = may('subscriptions.write') ? () => setOpened({ what: 'import' }) : undefined;
  return (
    <div className="page page-fixed customers">
      <PageHead
        title={t('customers.title')}
        context={
          counts.data === undefined ? null : (
            <span className="quiet num" aria-live="polite">
              {filter.trim() === ''
                ? f.number(counts.data.all)
                : t('count.shown', { shown: counts.data.matching, total: counts.data.all })}
            </span>
          )
        }
      >
        {may('customers.export') && matching !== undefined && matching > 0 ? (
          <Suspense fallback={null}>
            <ExportMenu selection={{ filter }} order={question} count={matching} />
          </Suspense>
        ) : null}
        {importRecords === undefined || isPhone ? null : (
          <Button onClick={importRecords}>{t('customers.import')}</Button>
        )}
        {add === undefined ? null : (
          <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={add}>
            {t('customers.add')}
          </Button>
        )}
      </PageHead>
      {may('customers.write') ? (
        <Suspense fallback={null}>
          <BulkProgress />
        </Suspense>
      ) : null}
      <div className="list-query">
        <QueryBar value={filter} onChange={onFilter} />
      </div>
      <CustomerRows
        question={question}
        counts={counts.data}
        onChange={go}
        onAdd={add}
        onImport={importRecords}
        onSave={() => setOpened({ what: 'save' })}
        onViews={() => setOpened({ what: 'views' })}
        onGroups={() => setOpened({ what: 'groups' })}
        onAct={(kind, selection) => setOpened({ what: 'bulk', kind, selection })}
      />
      <Suspense fallback={null}>
        {opened?.what === 'add' ? <AddCustomerDialog onClose={close} /> : null}
        {opened?.what === 'import' ? <ImportRecordsDialog onClose={close} /> : null}
        {opened?.what === 'save' ? <SaveViewDialog question={question} onClose={close} /> : null}
        {opened?.what === 'views' ? <ViewsDialog question={question} onClose={close} /> : null}
        {opened?.what === 'groups' ? (
          <GroupsDialog
            filter={filter}
            onShow={({ name }) => {
              close();
              go({ filter: conditionText({ name: 'group', kind: 'named' }, [name]) });
            }}
            onClose={close}
          />
        ) : null}
        {opened?.what === 'bulk' ? (
          <BulkDialog
            kind={opened.kind}
            selection={opened.selection.given}
            count={opened.selection.count}
            onStarted={opened.selection.clear}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
