import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useReturnFocus } from '../../lib/use-return-focus.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';

interface Answer {
  count: number | undefined;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** Customers beside the page: searched by name, more of them on demand. The focus comes here, and goes back. */
export function PanelFrame({
  title,
  hint,
  q,
  onSearch,
  answer: { count, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch },
  tools,
  onClose,
  children,
}: {
  title: string;
  hint: string;
  q: string;
  onSearch: (q: string) => void;
  answer: Answer;
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <SidePanel title={title} name={title} onClose={onClose}>
      <FocusPlace>
        <p className="quiet">{hint}</p>
      </FocusPlace>
      <SearchField value={q} label={t('analytics.panel.search')} onChange={onSearch} />
      {tools}
      {count === undefined ? null : (
        <p className="help num" aria-live="polite">
          {t('count.customers', { count })}
        </p>
      )}
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {count === undefined && error === null ? <SkeletonRows rows={6} /> : null}
      {count === 0 ? (
        <p className="quiet">{t(q === '' ? 'analytics.panel.nobody' : 'analytics.panel.noMatch')}</p>
      ) : null}
      {children}
      {hasNextPage ? (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('action.showMore')}
        </Button>
      ) : null}
    </SidePanel>
  );
}

function FocusPlace({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useReturnFocus();
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return (
    <div className="focus-place" tabIndex={-1} ref={place}>
      {children}
    </div>
  );
}
