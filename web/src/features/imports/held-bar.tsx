import { Button, NativeSelect } from '@mantine/core';
import { HeldReason } from '@hub/contract/imports';
import { regionLabels } from '@hub/contract/regions';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useText } from '../../lib/i18n.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { useSession } from '../sessions/index.ts';
import type { HeldFilter } from './queries.ts';

/** Which held organizations are listed; the filter stands in the address. */
export function HeldFilters({ filter }: { filter: HeldFilter }) {
  const { t } = useText();
  const { regions } = useSession();
  const navigate = useNavigate({ from: '/imports' });
  const set = useCallback(
    (change: { heldText?: string | undefined; heldRegion?: HeldFilter['region']; heldReason?: HeldFilter['reason'] }) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const find = useCallback((text: string) => set({ heldText: text === '' ? undefined : text }), [set]);
  return (
    <div className="held-filters">
      <SearchField value={filter.q ?? ''} label={t('held.search')} onChange={find} />
      {regions.length > 1 ? (
        <NativeSelect
          aria-label={t('common.region')}
          value={filter.region ?? ''}
          onChange={({ currentTarget }) => set({ heldRegion: regions.find((code) => code === currentTarget.value) })}
          data={[
            { value: '', label: t('region.all') },
            ...regions.map((code) => ({ value: code, label: regionLabels[code] })),
          ]}
        />
      ) : null}
      <NativeSelect
        aria-label={t('held.reason')}
        value={filter.reason ?? ''}
        onChange={({ currentTarget }) =>
          set({ heldReason: HeldReason.options.find((reason) => reason === currentTarget.value) })
        }
        data={[
          { value: '', label: t('held.reason.all') },
          ...HeldReason.options.map((reason) => ({
            value: reason,
            label: t(reason === 'unreadable' ? 'held.unreadable' : `held.reason.${reason}`),
          })),
        ]}
      />
      {filter.q === undefined && filter.region === undefined && filter.reason === undefined ? null : (
        <Button
          variant="quiet"
          onClick={() => set({ heldText: undefined, heldRegion: undefined, heldReason: undefined })}
        >
          {t('held.clear')}
        </Button>
      )}
    </div>
  );
}

interface Size {
  organizations: number;
  rows: number;
}

/** Stands in the place of the filters while something is chosen. */
export function HeldBulk({
  chosen,
  total,
  onAll,
  onClear,
  onDiscard,
}: {
  chosen: Size;
  total: Size;
  onAll: () => void;
  onClear: () => void;
  onDiscard: () => void;
}) {
  const { t } = useText();
  return (
    <div className="held-bulk">
      <span className="strong num" aria-live="polite">
        {t('held.selected', { ...chosen })}
      </span>
      {chosen.organizations < total.organizations ? (
        <Button variant="quiet" onClick={onAll}>
          {t('held.selectAll', { count: total.organizations })}
        </Button>
      ) : null}
      <Button variant="danger" onClick={onDiscard}>
        {t('held.discard')}
      </Button>
      <Button variant="quiet" onClick={onClear}>
        {t('held.clearSelection')}
      </Button>
    </div>
  );
}
