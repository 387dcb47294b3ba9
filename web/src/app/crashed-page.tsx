import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiError } from '../lib/api.ts';
import { useText } from '../lib/i18n.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';

/** Whatever a page threw: a refusal with its tracking ID, or a fault of the page itself with what it said. */
export function CrashedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useText();
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={reset} />;
  return (
    <EmptyState
      title={t('error.crashed')}
      hint={t('error.crashed.hint', { message: error instanceof Error ? error.message : String(error) })}
    >
      <Button onClick={() => window.location.reload()}>{t('action.reload')}</Button>
    </EmptyState>
  );
}
