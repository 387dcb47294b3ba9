import { Button } from '@mantine/core';
import { type Deletion, downloadReceipt, listDeletions } from '@hub/contract/deletions';
import type { DeletionId } from '@hub/contract/ids';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { addressOf, call } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
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
  const { subject, takesRecord, orgUuid, customerId, askedAt, askedBy, endedAt } = deletion;
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
      </div>
      {endedAt === null ? null : (
        <Button component="a" href={addressOf(downloadReceipt, { params: { deletionId: deletion.id } })} download>
          {t('settings.deletions.receipt')}
        </Button>
      )}
    </li>
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
