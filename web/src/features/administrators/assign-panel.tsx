import { Button } from '@mantine/core';
import type { Administrator, AssignableCustomer } from '@hub/contract/administrators';
import type { CustomerId } from '@hub/contract/ids';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { AssignList } from './assign-list.tsx';
import { AssignAll } from './assign-all.tsx';
import { AssignGroups } from './assign-groups.tsx';
import { assignableQuery, useAssign } from './queries.ts';

/** What the person has marked and not saved: customers whose assignment is to change, with what it becomes. */
type Marks = ReadonlyMap<CustomerId, boolean>;

const noMarks: Marks = new Map();

/** Which customers an administrator has: marks are collected over any number of searches and saved together. */
export function AssignPanel({ person, onClose }: { person: Administrator; onClose: () => void }) {
  const { t } = useText();
  const { personId, name } = person;
  const [q, setQ] = useState('');
  const [marks, setMarks] = useState(noMarks);
  const [toSave, setToSave] = useState(0);
  const customers = useInfiniteQuery(assignableQuery(personId, q));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = customers;
  const first = data?.pages[0];
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const mark = useCallback((changed: readonly AssignableCustomer[], isAssigned: boolean) => {
    setMarks((before) => {
      const after = new Map(before);
      for (const customer of changed) {
        if (customer.isAssigned === isAssigned) after.delete(customer.id);
        else after.set(customer.id, isAssigned);
      }
      return after;
    });
  }, []);
  const assign = useAssign(personId, (saved) =>
    setMarks((before) => new Map([...before].filter(([id]) => !saved.includes(id)))),
  );
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => marks.size > 0 && next.pathname !== '/sign-in',
    enableBeforeUnload: () => marks.size > 0,
    withResolver: true,
  });
  const added = [...marks.values()].filter(Boolean).length;
  const isMarked = (customer: AssignableCustomer): boolean => marks.get(customer.id) ?? customer.isAssigned;
  const save = () => {
    setToSave(marks.size);
    assign.mutate(marks, { onSuccess: () => toast({ title: t('assign.saved', { name }) }) });
  };
  return (
    <SidePanel title={t('assign.title', { name })} name={t('assign.title', { name })} onClose={onClose}>
      <div>
        <p className="strong num">{t('assign.count', { count: first?.assigned ?? person.customers ?? 0 })}</p>
        <p className="help">{t(person.customers === null ? 'assign.seesAll' : 'assign.hint')}</p>
      </div>
      <AssignGroups person={person} />
      <SearchField value={q} label={t('assign.search')} onChange={setQ} />
      {first === undefined && error === null ? <SkeletonRows rows={10} height={32} /> : null}
      {first === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {first?.total === 0 ? (
        <EmptyState title={q === '' ? t('assign.empty') : t('assign.noMatch', { query: q })} />
      ) : null}
      {first === undefined || first.total === 0 ? null : (
        <div className="assign">
          <AssignAll key={q} query={customers} total={first.total} isMarked={isMarked} onMark={mark} />
          <AssignList
            key={`list ${q}`}
            rows={rows}
            total={first.total}
            isMarked={isMarked}
            onMark={(customer, isAssigned) => mark([customer], isAssigned)}
            onEnd={more}
          />
        </div>
      )}
      <InlineError error={assign.error} />
      {marks.size === 0 ? null : (
        <div className="assign-acts">
          <p className="num" aria-live="polite">
            {assign.isPending
              ? t('assign.progress', { done: toSave - marks.size, total: toSave })
              : t('assign.pending', { added, removed: marks.size - added })}
          </p>
          <div className="row">
            <Button variant="filled" loading={assign.isPending} onClick={save}>
              {t('assign.save', { count: marks.size })}
            </Button>
            <Button disabled={assign.isPending} onClick={() => setMarks(noMarks)}>
              {t('assign.discard')}
            </Button>
          </div>
        </div>
      )}
      <ConfirmDialog
        isOpen={blocker.status === 'blocked'}
        title={t('assign.discard.title')}
        confirm={t('assign.discard')}
        isBusy={false}
        error={null}
        onConfirm={() => blocker.proceed?.()}
        onClose={() => blocker.reset?.()}
      >
        {t('assign.discard.body', { count: marks.size })}
      </ConfirmDialog>
    </SidePanel>
  );
}
