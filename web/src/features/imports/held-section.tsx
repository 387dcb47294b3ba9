import type { HeldOrganization } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Suspense, useCallback, useMemo, useState } from 'react';
import { CreateCustomerDialog, LinkCustomerDialog } from '../customers/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { RowList } from '../../ui/row-list.tsx';
import { EmptyState, ErrorState, InlineError } from '../../ui/states.tsx';
import { DiscardHeldDialog } from './discard-held-dialog.tsx';
import { HeldBulk, HeldFilters } from './held-bar.tsx';
import { type HeldAct, HeldRow } from './held-row.tsx';
import { type HeldFilter, heldQuery } from './queries.ts';
import { useHeldChoice } from './use-held-choice.ts';

/** Organizations whose rows wait, most rows first, each with what can be done about it. Nothing waits: nothing is shown. */
export function HeldSection({ mayWrite }: { mayWrite: boolean }) {
  const { t, f } = useText();
  const { heldText, heldRegion, heldReason } = useSearch({ from: '/frame/imports' });
  const filter = useMemo<HeldFilter>(
    () => ({ q: heldText, region: heldRegion, reason: heldReason }),
    [heldText, heldRegion, heldReason],
  );
  const isFiltered = heldText !== undefined || heldRegion !== undefined || heldReason !== undefined;
  const held = useInfiniteQuery(heldQuery(filter));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = held;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const choice = useHeldChoice(filter, rows);
  const [act, setAct] = useState<Act | null>(null);
  const latest = data?.pages.at(-1);
  if (latest === undefined)
    return error === null ? null : <ErrorState error={error} title={t('held.title')} onRetry={() => void refetch()} />;
  const { total, unavailable } = latest;
  if (total.organizations === 0 && unavailable.length === 0 && !isFiltered) return null;
  const hasBar = total.organizations > 1 || isFiltered;
  const isAsked = !held.isPlaceholderData; // else what is seen are the rows of another filter
  const chosen = choice.isAll ? total : choice.size;
  const isChoosing = isAsked && chosen.organizations > 0;
  return (
    <section className="band held" id="held">
      <div className="section-head">
        <h2>{t('held.title')}</h2>
        <span className="quiet num">{t('held.count', { ...total })}</span>
      </div>
      <p className="quiet held-intro">{t('held.intro')}</p>
      {mayWrite ? null : <p className="help">{t('held.readOnly')}</p>}
      {unavailable.length === 0 ? null : (
        <p className="notice">
          <Glyph name="late" />
          {t('held.unavailable', { regions: f.list(unavailable.map((region) => regionLabels[region])) })}
        </p>
      )}
      {hasBar ? (
        <div className="held-bar" data-choosing={isChoosing || undefined}>
          <HeldFilters filter={filter} />
          {isChoosing ? (
            <HeldBulk
              chosen={chosen}
              total={total}
              onAll={choice.chooseAll}
              onClear={choice.clear}
              onDiscard={() => setAct({ kind: 'discard', held: choice.isAll ? filter : choice.rows, ...chosen })}
            />
          ) : null}
        </div>
      ) : null}
      {rows.length === 0 && isFiltered ? <EmptyState title={t('held.noMatch')} /> : null}
      {rows.length === 0 ? null : (
        <RowList
          name={t('held.title')}
          rows={rows}
          rowKey={({ region, orgUuid }) => `${region} ${orgUuid}`}
          rowHeight={61}
          isOwnScroller
          onEnd={more}
          row={(row) => (
            <HeldRow
              held={row}
              mayWrite={mayWrite}
              isChosen={choice.isChosen(row)}
              onChoose={mayWrite && hasBar && isAsked ? (isChosen) => choice.choose(row, isChosen) : undefined}
              onAct={(kind) =>
                setAct(
                  kind === 'discard' ? { kind, held: [row], organizations: 1, rows: row.rows } : { kind, held: row },
                )
              }
            />
          )}
        />
      )}
      <InlineError error={error} />
      <Suspense fallback={null}>
        {act === null ? null : <HeldDialog act={act} onClose={() => setAct(null)} onDiscarded={choice.clear} />}
      </Suspense>
    </section>
  );
}

type Act =
  | { kind: Exclude<HeldAct, 'discard'>; held: HeldOrganization }
  | { kind: 'discard'; held: readonly HeldOrganization[] | HeldFilter; organizations: number; rows: number };

function HeldDialog({ act, onClose, onDiscarded }: { act: Act; onClose: () => void; onDiscarded: () => void }) {
  if (act.kind === 'discard') {
    const { kind: _, ...what } = act;
    const done = () => {
      onDiscarded();
      onClose();
    };
    return <DiscardHeldDialog {...what} onClose={onClose} onDone={done} />;
  }
  const { orgUuid, region, rows } = act.held;
  if (orgUuid === null) return null;
  if (act.kind === 'link') return <LinkCustomerDialog orgUuid={orgUuid} region={region} onClose={onClose} />;
  return <CreateCustomerDialog orgUuid={orgUuid} region={region} rows={rows} onClose={onClose} />;
}
