import { Button } from '@mantine/core';
import { type RegionCode, regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { EmptyState } from '../../ui/states.tsx';
import { heldRowsQuery } from './queries.ts';
import { lastDays, type Range } from './range.ts';
import type { UsagePageReply } from './usage-columns.tsx';

/** Says which of four it is: no data at all, none of a customer yet, none in the range, or none that matches. */
export function UsageEmpty({
  region,
  range,
  first,
  q,
  onSearch,
}: {
  region: RegionCode;
  range: Range;
  first: UsagePageReply;
  q: string | undefined;
  onSearch: (change: { q?: undefined; customerId?: undefined; filter?: undefined; from?: string; to?: string }) => void;
}) {
  const { t, f } = useText();
  const { today, may } = useSession();
  const held = useQuery({ ...heldRowsQuery(region), enabled: first.dataAsOf === null && may('imports.read') });
  const label = regionLabels[region];
  if (first.rowsUnfiltered > 0) {
    return (
      <EmptyState
        title={t('usage.noMatch', { query: q ?? '' })}
        hint={t('usage.noMatch.hint', { count: first.rowsUnfiltered })}
      >
        <Button onClick={() => onSearch({ q: undefined, customerId: undefined, filter: undefined })}>
          {t('usage.noMatch.action')}
        </Button>
      </EmptyState>
    );
  }
  if (held.isLoading) return null;
  const rows = held.data?.total.rows ?? 0;
  if (first.dataAsOf === null && rows > 0) {
    return (
      <EmptyState title={t('usage.held', { count: rows })} hint={t('usage.held.hint', { region: label })}>
        <Button
          variant="filled"
          renderRoot={(props: object) => <Link to="/imports" search={{ region }} hash="held" {...props} />}
        >
          {t('usage.held.action')}
        </Button>
      </EmptyState>
    );
  }
  if (first.dataAsOf === null) {
    return (
      <EmptyState title={t('usage.empty', { region: label })} hint={t('usage.empty.hint')}>
        <Button variant="filled" renderRoot={(props: object) => <Link to="/imports" search={{ region }} {...props} />}>
          {t('usage.empty.action')}
        </Button>
      </EmptyState>
    );
  }
  const wide = lastDays(today, 31);
  const isWide = wide.from === range.from && wide.to === range.to;
  return (
    <EmptyState
      title={t('usage.noRows', { range: f.dateRange(range.from, range.to) })}
      hint={t('usage.noRows.hint', { region: label, time: f.dateTime(first.dataAsOf) })}
    >
      {isWide ? null : <Button onClick={() => onSearch(wide)}>{t('usage.noRows.action')}</Button>}
    </EmptyState>
  );
}
