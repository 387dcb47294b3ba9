import { Button } from '@mantine/core';
import { type Deletion, downloadReceipt, letInAgain, listDeletions } from '@hub/contract/deletions';
import type { DeletionId } from '@hub/contract/ids';
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Section } from './section.tsx';

const askMilliseconds = 3000;

const deletionsQuery = infiniteQueryOptions({
  queryKey: ['deletions'],
  queryFn: ({ signal, pageParam }) =>
    call(listDeletions, { query: pageParam === null ? { limit: 20 } : { after: pageParam, limit: 20 } }, signal),
  initialPageParam: null as DeletionId | null,
  getNextPageParam: ({ next }) => next,
  refetchInterval: (query) =>
    query.state.data?.pages.some(({ items }) => items.some(({ endedAt }) => endedAt === null)) === true
      ? askMilliseconds
      : false,
});

/** What was deleted of customers, and what still waits. */
export function DeletionsSection() {
  const { t } = useText();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(deletionsQuery);
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Section title={t('settings.deletions')} hint={t('settings.deletions.hint')}>
      {items === undefined && error === null ? <SkeletonRows rows={2} /> : null}
      {items === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {items?.length === 0 ? <p className="quiet">{t('settings.deletions.empty')}</p> : null}
      {items === undefined || items.length === 0 ? null : (
        <ul className="sessions" aria-label={t('settings.deletions')}>
          {items.map((deletion) => (
            <DeletionLine key={deletion.id} deletion={deletion} />
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('settings.deletions.more')}
        </Button>
      ) : null}
    </Section>
  );
}

function DeletionLine({ deletion }: { deletion: Deletion }) {
  const { t, f } = useText();
  const { subject, takesRecord, orgUuid, customerId, askedAt, askedBy, endedAt, letInAt } = deletion;
  return (
    <li>
      <div>
        <p className="wrap">
          {t(`settings.deletions.${subject === 'person' ? 'person' : takesRecord ? 'record' : 'data'}`, {
            organization: orgUuid ?? customerId,
          })}
        </p>
        <p className="help">
          {t('settings.deletions.asked', { date: f.dateTime(askedAt), name: askedBy ?? t('audit.operator') })}
        </p>
        <Progress deletion={deletion} />
        {letInAt === null ? null : <p className="help">{t('settings.deletions.letInAt', { date: f.date(letInAt) })}</p>}
      </div>
      {endedAt === null ? null : (
        <div className="row">
          {letInAt === null ? <LetInButton deletion={deletion} /> : null}
          <Button component="a" href={addressOf(downloadReceipt, { params: { deletionId: deletion.id } })} download>
            {t('settings.deletions.receipt')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Whoever comes back as a customer or colleague is let in by a click, having read what that means. */
function LetInButton({ deletion: { id, subject, orgUuid, customerId } }: { deletion: Deletion }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const letIn = useMutation({
    mutationFn: () => call(letInAgain, { params: { deletionId: id } }),
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries({ queryKey: deletionsQuery.queryKey }),
  });
  const whom = subject === 'person' ? 'person' : 'organization';
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        {t('settings.deletions.letIn')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t(`settings.deletions.letIn.${whom}`, { organization: orgUuid ?? customerId })}
        confirm={t('settings.deletions.letIn')}
        isHarmless
        isBusy={letIn.isPending}
        error={letIn.error}
        onConfirm={() => letIn.mutate()}
        onClose={() => {
          setOpen(false);
          letIn.reset();
        }}
      >
        {t(`settings.deletions.letIn.${whom}.hint`)}
      </ConfirmDialog>
    </>
  );
}

function Progress({ deletion: { endedAt, regions } }: { deletion: Deletion }) {
  const { t } = useText();
  if (endedAt !== null) {
    const rows = regions
      .flatMap(({ feeds }) => feeds)
      .reduce((sum, { stored, held, rejected }) => sum + stored + held + rejected, 0);
    return <State glyph="done" word={t('settings.deletions.done', { rows })} />;
  }
  return regions
    .filter((entry) => entry.endedAt === null)
    .map(({ region, isAway, waitsForImports }) => {
      const named = { region: t(`region.${region}`) };
      if (isAway) return <State key={region} glyph="late" word={t('settings.deletions.away', named)} />;
      if (waitsForImports > 0)
        return (
          <State
            key={region}
            glyph="dotted"
            word={t('settings.deletions.imports', { ...named, count: waitsForImports })}
          />
        );
      return <State key={region} glyph="running" word={t('settings.deletions.running', named)} />;
    });
}
